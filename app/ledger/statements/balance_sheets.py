"""Balance sheets: what an organization has and owes at the end of a term and at its year's beginning."""

from collections.abc import Callable, Sequence
from uuid import UUID

from app.kit.database import ReadSession
from app.ledger.statements import figures
from app.ledger.statements.figures import RESULTS, Figure
from app.ledger.statements.forms import Form, FormLine, Name
from app.ledger.statements.papers import Amounts, Column, Paper, Proof, add_up, laid_out
from app.ledger.statements.terms import Term

COLUMNS = (
    Column("opening", "年初余额", "At the beginning of the year"),
    Column("closing", "期末余额", "At the end of the period"),
)
Take = Callable[[Figure], int]
_AGENCY = ("agency_assets", "agency_liabilities")


async def draw(session: ReadSession, organization_id: UUID, form: Form, term: Term) -> Paper:
    """Return the balance sheet at the end of `term`; net assets hold the income and costs not closed yet."""
    found = await figures.of(session, organization_id, form.chart, term.so_far())
    columns = [column(form, found, lambda one: one.opening), column(form, found, lambda one: one.balance)]
    return Paper(
        Name.balance_sheet,
        form,
        term,
        COLUMNS,
        tuple(laid_out(form.balance_sheet, columns)),
        (*_proofs(form, found, columns[0], columns[1]),),
    )


def column(form: Form, found: Sequence[Figure], take: Take) -> Amounts:
    """Return one column of the balance sheet."""
    return add_up(form.balance_sheet, lambda line: _shown(form, found, take, line))


def net_assets(found: Sequence[Figure], take: Take, *, restricted: bool) -> int:
    """Return the net assets of one class with what is not closed yet: a credit is positive."""
    return -sum(
        take(one)
        for one in found
        if one.restricted is restricted and (one.kind in RESULTS or one.kind == "net_assets")
    )


def _shown(form: Form, found: Sequence[Figure], take: Take, line: FormLine) -> int:
    if line.key in ("unrestricted", "restricted"):
        return net_assets(found, take, restricted=line.key == "restricted")
    amount = sum(take(one) for one in found if one.on(line.codes))
    if line.key == "cash":
        return amount - _agency_cash(form, found, take)
    if line.key == "agency_assets":
        return amount + _agency_cash(form, found, take)
    return -amount if line.credit else amount


def _agency_cash(form: Form, found: Sequence[Figure], take: Take) -> int:
    """Return what of the cash is other people's: what is owed to them beyond the goods kept for them."""
    codes = {code for line in form.balance_sheet if line.key in _AGENCY for code in line.codes}
    return -sum(take(one) for one in found if one.on(codes))


def _proofs(form: Form, found: Sequence[Figure], opening: Amounts, closing: Amounts) -> list[Proof]:
    named = {code for line in form.balance_sheet for code in line.codes}
    astray = [one for one in found if one.kind in ("asset", "liability") and one.code not in named]
    return [
        *(
            Proof(
                f"balance_{when}",
                f"资产总计等于负债和净资产总计（{title_zh}）",
                f"Assets equal liabilities and net assets, {title}",
                amounts["assets"],
                amounts["liabilities_and_net_assets"],
            )
            for when, title_zh, title, amounts in (
                ("opening", "年初", "at the beginning of the year", opening),
                ("closing", "期末", "at the end", closing),
            )
        ),
        Proof(
            "every_account",
            "每个有余额的科目均已列入报表",
            "Every account with a balance stands on a line",
            sum(abs(one.balance) for one in astray),
            0,
        ),
    ]
