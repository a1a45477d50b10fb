"""Catalogue: the templates J1 to J28 of the chart of 2026, and those of an ordinary month."""

from app.accounting.vouchers.booked import BOOKED
from app.accounting.vouchers.elsewhere import DOORS
from app.accounting.vouchers.errors import TemplateUnknown
from app.accounting.vouchers.monthly import MONTHLY
from app.accounting.vouchers.templates import Template

TEMPLATES: dict[str, Template] = {one.code: one for one in (*DOORS, *BOOKED, *MONTHLY)}


def find(code: str) -> Template:
    """Return a template by its code, or refuse."""
    if code not in TEMPLATES:
        raise TemplateUnknown(template=code)
    return TEMPLATES[code]


def opened_by(code: str | None) -> frozenset[str]:
    """Return the accounts that only this template's vouchers may touch; none for a free voucher."""
    return TEMPLATES[code].opens if code in TEMPLATES else frozenset()


def documents_of(code: str | None) -> frozenset[str]:
    """Return the kinds of files of which a template's voucher needs one; none for a free voucher."""
    return TEMPLATES[code].documents if code in TEMPLATES else frozenset()


def is_fact(code: str | None) -> bool:
    """Return whether a template tells of what has happened anyway, and is booked whatever the fund holds."""
    return code in TEMPLATES and TEMPLATES[code].fact
