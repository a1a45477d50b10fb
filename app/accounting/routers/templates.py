"""Voucher templates over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.accounting.schemas.vouchers.templates import TemplateOut, TemplateQuery
from app.accounting.vouchers import catalogue
from app.kit.http import pages
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting/voucher-templates", tags=["vouchers"], route_class=LateRoute)

Reader = Annotated[Asking, may(Permission.books_read)]


@router.get("", operation_id="list_voucher_templates")
async def list_voucher_templates(
    caller: Reader, asked: Annotated[TemplateQuery, Query()]
) -> Page[TemplateOut]:
    """List the entries that recur, what each asks for, and where those are booked that are no vouchers."""
    caller.visible()
    wanted = [
        one
        for code, one in catalogue.TEMPLATES.items()
        if (asked.usable is None or asked.usable == (one.door is None))
        and (asked.q is None or asked.q.casefold() in f"{code} {one.title} {one.title_zh}".casefold())
    ]
    found = pages.cut(wanted, lambda one: one.code, asked)
    return found.told([TemplateOut.of(one) for one in found.items])
