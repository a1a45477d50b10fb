"""Activities: what an organization earned and used in a term, restricted and unrestricted apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import text

from app.kit.database import ReadSession
from app.ledger.statements import balance_sheets, figures
from app.ledger.statements.figures import Figure
from app.ledger.statements.forms import Form, FormLine, Name
from app.ledger.statements.papers import Amounts, Column, Paper, PaperLine, Proof, add_up, laid_out
from app.ledger.statements.terms import Term

CLASSES = (
    ("unrestricted", "非限定性", "unrestricted"),
    ("restricted", "限定性", "restricted"),
    ("total", "合计", "total"),
)


@dataclass(frozen=True, slots=True)
class Reclassified:
    """What entries moved between the two classes of net assets, and what they put there directly, in fen."""

    released: int
    newly_restricted: int
    direct_unrestricted: int
    direct_restricted: int


# By entry: what left one class and reached the other was reclassified, the rest came from elsewhere.
_RECLASSIFIED = text(
    """
    with moved as (
      select e.id, sum(case when a.code = '3101' then x.amount else 0 end) as free,
             sum(case when a.code = '3102' then x.amount else 0 end) as bound
      from accounts a
      join lateral (
        select entry_id, -amount as amount from postings where debit_account_id = a.id
        union all select entry_id, amount from postings where credit_account_id = a.id) x on true
      join entries e on e.id = x.entry_id
      where a.organization_id = :organization and a.chart = :chart and a.code in ('3101', '3102')
        and e.kind not in ('closing', 'opening') and e.booked_on between :first and :until
      group by e.id
    ), split as (
      select free, bound, greatest(least(free, -bound), 0) as released,
             greatest(least(-free, bound), 0) as newly from moved
    )
    select coalesce(sum(released), 0)::bigint, coalesce(sum(newly), 0)::bigint,
           coalesce(sum(free - released + newly), 0)::bigint,
           coalesce(sum(bound + released - newly), 0)::bigint from split
    """
)


async def draw(session: ReadSession, organization_id: UUID, form: Form, term: Term) -> Paper:
    """Return the statement of activities: a month beside the year so far, or a year beside the one before."""
    terms = [
        (term, "本年数" if term.whole_year else "本月数", "This year" if term.whole_year else "This month")
    ]
    if not term.whole_year:
        terms.append((term.so_far(), "本年累计数", "Year to date"))
    elif term.first.year not in form.no_prior_year:
        terms.append((term.year_before(), "上年数", "Year before"))
    columns: list[Column] = []
    amounts: list[Amounts] = []
    proofs: list[Proof] = []
    projects: list[dict[str, int]] = []
    for which, title_zh, title in terms:
        found = await figures.of(session, organization_id, form.chart, which)
        moved = await _reclassified(session, organization_id, form.chart, which)
        drawn = [_column(form, found, moved, restricted) for restricted in (False, True)]
        drawn.append({key: drawn[0][key] + drawn[1][key] for key in drawn[0]})
        amounts += drawn
        for key, class_zh, class_en in CLASSES:
            key = f"{'period' if which is term else 'compared'}_{key}"  # noqa: PLW2901
            columns.append(Column(key, f"{title_zh}—{class_zh}", f"{title}, {class_en}"))
        projects += _by_project(form, found)
        if which is term:
            proofs = _proofs(found, moved, drawn)
    lines = _with_projects(laid_out(form.activities, amounts), projects)
    return Paper(Name.activities, form, term, tuple(columns), tuple(lines), tuple(proofs))


async def _reclassified(session: ReadSession, organization_id: UUID, chart: str, term: Term) -> Reclassified:
    asked = {"organization": organization_id, "chart": chart, "first": term.first, "until": term.until}
    return Reclassified(*(await session.execute(_RECLASSIFIED, asked)).one())


def _column(form: Form, found: Sequence[Figure], moved: Reclassified, restricted: bool) -> Amounts:
    sign = -1 if restricted else 1
    borne = _borne(form, found)

    def shown(line: FormLine) -> int:
        if line.key == "released":
            return sign * (moved.released + borne)
        if line.key == "newly_restricted":
            return -sign * moved.newly_restricted
        amount = sum(
            one.moved for one in _bearing(form, found) if one.restricted is restricted and one.on(line.codes)
        )
        return -amount if line.credit else amount

    return add_up(form.activities, shown)


def _bearing(form: Form, found: Sequence[Figure]) -> list[Figure]:
    """Return the figures with every cost in the class whose column shows it."""
    if not form.expenses_unrestricted:
        return list(found)
    return [replace(one, restricted=False) if one.kind == "expense" else one for one in found]


def _borne(form: Form, found: Sequence[Figure]) -> int:
    """Return what restricted money was released to bear costs, on a chart that shows it so."""
    if not form.expenses_unrestricted:
        return 0
    return sum(one.moved for one in found if one.kind == "expense" and one.restricted)


def _by_project(form: Form, found: Sequence[Figure]) -> list[dict[str, int]]:
    """Return per class column what the programmes cost by project."""
    costs = [one for one in _bearing(form, found) if one.code == "5101" and one.project]
    classes: list[dict[str, int]] = [{}, {}, {}]
    for one in costs:
        for place in (int(one.restricted), 2):
            classes[place][one.project or ""] = classes[place].get(one.project or "", 0) + one.moved
    return classes


def _with_projects(lines: list[PaperLine], columns: Sequence[dict[str, int]]) -> list[PaperLine]:
    codes = sorted({code for column in columns for code, amount in column.items() if amount})
    shown = [
        PaperLine(
            None,
            f"project:{code}",
            f"其中：项目 {code}",
            f"Of which: project {code}",
            2,
            total=False,
            amounts=tuple(column.get(code, 0) for column in columns),
        )
        for code in codes
    ]
    place = next(place for place, line in enumerate(lines) if line.key == "programmes") + 1
    return [*lines[:place], *shown, *lines[place:]]


def _proofs(found: Sequence[Figure], moved: Reclassified, drawn: Sequence[Amounts]) -> list[Proof]:
    """Compare with the change of net assets on the balance sheet, less what was put there directly."""
    direct = (moved.direct_unrestricted, moved.direct_restricted)
    proofs: list[Proof] = []
    for place, (key, class_zh, class_en) in enumerate(CLASSES[:2]):
        before = balance_sheets.net_assets(found, lambda one: one.opening, restricted=bool(place))
        after = balance_sheets.net_assets(found, lambda one: one.balance, restricted=bool(place))
        proofs.append(
            Proof(
                f"net_assets_{key}",
                f"{class_zh}净资产变动额等于资产负债表的变动（扣除直接计入净资产的金额）",
                f"{class_en} net assets change as on the balance sheet, less what was booked directly",
                drawn[place]["change"],
                after - before - direct[place],
            )
        )
    return proofs
