"""Documents: papers by which a person is known once, and what their numbers say."""

import enum
import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from app.kit.persons.errors import BirthDateDiffers, DocumentInvalid


class DocumentKind(enum.StrEnum):
    """The document by which a person is known to be that person."""

    resident_id = "resident_id"
    residence_permit = "residence_permit"
    travel_permit = "travel_permit"
    passport = "passport"


WORDS = {
    "居民身份证": DocumentKind.resident_id,
    "身份证": DocumentKind.resident_id,
    "居住证": DocumentKind.residence_permit,
    "通行证": DocumentKind.travel_permit,
    "护照": DocumentKind.passport,
} | {one.value: one for one in DocumentKind}
"""What people write for a kind of document."""

_SHAPES = {
    DocumentKind.travel_permit: re.compile(r"[HM]\d{8}(\d{2})?|\d{8}"),
    DocumentKind.passport: re.compile(r"[A-Z0-9]{5,20}"),
}
# Residents of Hong Kong, Macao and Taiwan hold permits whose numbers are made like those of citizens.
_PERMITS = ("81", "82", "83")
NUMBERED = frozenset({DocumentKind.resident_id, DocumentKind.residence_permit})
"""Kinds whose numbers tell the date of birth and end in a check character (GB 11643-1999)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose number has been checked, in its official spelling."""

    kind: DocumentKind
    number: str

    @property
    def index_text(self) -> str:
        """What the blind index is made of: one number may exist among several kinds."""
        return f"{self.kind.value}:{self.number}"


def read(kind: DocumentKind, number: str) -> Document:
    """Return a document by its number, or refuse; the number itself stands in no refusal.

    The region in a citizen's number is not looked up: codes of counties that were abolished stay in it.
    """
    text = re.sub(r"[\s-]", "", number).upper()
    if kind in NUMBERED:
        permit = text.startswith(_PERMITS)
        fits = re.fullmatch(r"\d{17}[\dX]", text) and permit == (kind is DocumentKind.residence_permit)
        if not fits or not text.isascii() or text[-1] != ric.calc_check_digit(text) or not _born_on(text):
            raise DocumentInvalid(kind=kind)
    elif not text.isascii() or not _SHAPES[kind].fullmatch(text):
        raise DocumentInvalid(kind=kind)
    return Document(kind, text)


def _born_on(number: str) -> date | None:
    try:
        return ric.get_birth_date(number)
    except ValidationError:
        return None


def birth(document: Document, stated: date | None) -> date:
    """Return the date of birth that a document's number tells, or the stated one where it tells none."""
    told = _born_on(document.number) if document.kind in NUMBERED else stated
    if told is None or (stated is not None and stated != told):
        raise BirthDateDiffers
    return told


def gender(document: Document, stated: str | None) -> str | None:
    """Return `male` or `female` as a number tells it (odd is male), or what was stated."""
    if document.kind in NUMBERED:
        return "male" if int(document.number[16]) % 2 else "female"
    return stated


def age(born_on: date, on: date) -> int:
    """Return how many years somebody has completed on a day; born on 29 February counts from 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def masked(number: str) -> str:
    """Return a document's number with only its first three and last two characters."""
    return f"{number[:3]}{'*' * max(0, len(number) - 5)}{number[-2:]}"
