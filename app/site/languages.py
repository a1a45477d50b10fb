"""Languages: in which one a page is written, and how it writes money, days and counts."""

import enum
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

from starlette.requests import Request

from app.disclosure.figures import told
from app.disclosure.figures.definitions import MISSING, FigureUnit, Missing
from app.disclosure.schemas.complaints import labels as complaints
from app.disclosure.schemas.events import labels as events
from app.disclosure.schemas.figures import labels as figures
from app.disclosure.schemas.governance import labels as governance
from app.disclosure.schemas.publications import labels as publications
from app.kit import labels
from app.kit.clock import LEGAL_ZONE, legal_day
from app.kit.http import negotiation
from app.kit.money import yuan
from app.organizations.schemas import labels as organizations
from app.projects.schemas import labels as projects
from app.projects.schemas import work_labels as project_work
from app.site.words import WORDS

COOKIE = "lang"
LABELS = labels.merged(
    (organizations, projects, project_work, governance, publications, figures, events, complaints)
)
"""What the codes are called that pages show."""

COOKIE_SECONDS = 365 * 24 * 3600
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class Language(enum.StrEnum):
    """The languages of the page; the first is the one for who names neither."""

    zh = "zh"
    en = "en"


def chosen(request: Request) -> Language | None:
    """Return the language that the address itself asks for, if it names one of ours."""
    asked = request.query_params.get(COOKIE, "")
    return Language(asked) if asked in set(Language) else None


def of(request: Request) -> Language:
    """Return the reader's language: the address decides, then the cookie, then the browser, then Chinese."""
    kept = request.cookies.get(COOKIE, "")
    if language := chosen(request):
        return language
    if kept in set(Language):
        return Language(kept)
    return Language(negotiation.language(request) or Language.zh)


_SIZES = {
    Language.zh: ((100_000_000, "亿"), (10_000, "万"), (1, "")),
    Language.en: ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k"), (1, "")),
}


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes what a page says in one language; templates know it as `t`."""

    language: Language

    def __call__(self, key: str, **facts: object) -> str:
        """Return the words behind a key, with the facts filled in."""
        zh, en = WORDS[key]
        if self.language is Language.zh:
            return zh.format(**facts)
        # Of one thing English says another word than of many.
        return en.format(**facts, s="" if str(facts.get("count")) == "1" else "s")

    def label(self, name: str, value: str) -> str:
        """Return what a code of the list `name` is called."""
        return LABELS.code(name, value, self.language)

    def figure(self, value: int, unit: FigureUnit) -> str:
        """Write a figure of the year with its unit."""
        return self.said(*told.written(value, unit))

    def missing(self, why: Missing) -> str:
        """Write why a figure of the year is not known."""
        return self.said(MISSING[why].text_zh, MISSING[why].text)

    def money(self, minor: int) -> str:
        """Write fen as yuan: 123456 -> "¥1,234.56"; a negative amount with a true minus sign."""
        return ("\N{MINUS SIGN}" if minor < 0 else "") + "¥" + yuan(abs(minor))

    def about(self, minor: int) -> str:
        """Write round fen as briefly as an axis needs it: 120000000 -> ¥120万, ¥1.2M."""
        sign = "\N{MINUS SIGN}" if minor < 0 else ""
        whole = abs(minor) / 100
        size, unit = next((size, unit) for size, unit in _SIZES[self.language] if whole >= size or size == 1)
        return f"{sign}¥{whole / size:g}{unit}"

    def day(self, day: date) -> str:
        """Write a day: 2026年5月1日, 1 May 2026."""
        if self.language is Language.zh:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def short_day(self, day: date) -> str:
        """Write a day without its year, for an axis: 5月1日, 1 May."""
        if self.language is Language.zh:
            return f"{day.month}月{day.day}日"
        return f"{day.day} {self.month(day.month)}"

    def month(self, number: int) -> str:
        """Write a month of the year: 5月, May."""
        return f"{number}月" if self.language is Language.zh else _MONTHS[number - 1][:3]

    def said(self, zh: str, en: str | None) -> str:
        """Return which of two spellings is this language's; the Chinese one where there is no other."""
        return zh if self.language is Language.zh else en or zh

    def moment(self, moment: datetime) -> str:
        """Write a moment with its minute, in the zone of the books."""
        here = moment.astimezone(LEGAL_ZONE)
        return f"{self.day(here.date())} {here:%H:%M}"

    def between(self, first: datetime, last: datetime) -> str:
        """Write a time from one moment to another; its day once, if both are of the same."""
        begins, ends = (one.astimezone(LEGAL_ZONE) for one in (first, last))
        if begins.date() == ends.date():
            return f"{self.day(begins.date())} {begins:%H:%M}–{ends:%H:%M}"
        return self("period_both", first=self.moment(first), last=self.moment(last))

    def date_of(self, moment: datetime) -> str:
        """Write the day of a moment, in the zone of the books."""
        return self.day(legal_day(moment))

    def short(self, moment: datetime) -> str:
        """Write the day of a moment in figures, for narrow columns: 2026-05-01."""
        return legal_day(moment).isoformat()

    def code(self, code: str) -> str:
        """Write a code in groups of five, as it is easiest to copy."""
        return "-".join(code[at : at + 5] for at in range(0, len(code), 5))

    def percent(self, basis_points: int) -> str:
        """Write basis points as percent, without needless zeros: 1050 -> "10.5%"."""
        return f"{basis_points / 100:.2f}".rstrip("0").rstrip(".") + "%"

    def per_mille(self, share: int) -> str:
        """Write thousandths as percent, without needless zeros: 66 -> "6.6%"."""
        return self.percent(10 * share)

    def growth(self, basis_points: int) -> str:
        """Write by how much something grew, always with its sign: 1050 -> "+10.5%"."""
        sign = "+" if basis_points >= 0 else "\N{MINUS SIGN}"
        return sign + self.percent(abs(basis_points))

    def count(self, number: int) -> str:
        """Write a count with grouped thousands."""
        return f"{number:,}"


def address_in(request: Request, language: Language) -> str:
    """Return the address of this same page in another language; it can't lead to another host."""
    return _address(request, [(COOKIE, language)])


def address_of(request: Request) -> str:
    """Return the address of this same page in whatever language its reader has."""
    return _address(request, [])


def _address(request: Request, more: list[tuple[str, str]]) -> str:
    # A browser takes `//host` and `/\\host` for another host's address.
    path = "/" + quote(request.scope["path"].lstrip("/"))
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != COOKIE]
    query = urlencode([*asked, *more])
    return f"{path}?{query}" if query else path
