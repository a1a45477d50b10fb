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
    after = pages.decode(asked.cursor, 1)[0] if asked.cursor else ""
    found = [
        one
        for code, one in sorted(catalogue.TEMPLATES.items())
        if code > after
        and (asked.usable is None or asked.usable == (one.door is None))
        and (asked.q is None or asked.q.casefold() in f"{code} {one.title} {one.title_zh}".casefold())
    ]
    shown = found[: asked.limit]
    more = pages.encode([shown[-1].code]) if len(found) > len(shown) else None
    return Page(items=[TemplateOut.of(one) for one in shown], next_cursor=more)
