"""Icalendar: whole days with a title, as calendar programs read them (RFC 5545)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar"
LINE_OCTETS_MAX = 75
_PRODUCT = "-//Zhengxinlu//Obligations//ZH"
_ESCAPED = {
    # What no line may hold (3.1): a stray carriage return would end it.
    **dict.fromkeys((*range(0x20), 0x7F)),
    ord("\\"): "\\\\",
    ord(";"): "\\;",
    ord(","): "\\,",
    ord("\n"): "\\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDay:
    """Something that falls on a day; `sure` of what will not move or go away any more."""

    uid: str
    stamped_at: datetime
    on: date
    title: str
    words: str
    category: str
    sure: bool = False


def written(name: str, days: Iterable[WholeDay]) -> str:
    """Return a calendar of this name with these days, each line ended and folded as RFC 5545 asks."""
    return "".join(f"{folded(line)}\r\n" for line in _lines(name, days))


def _lines(name: str, days: Iterable[WholeDay]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}")
    for day in days:
        yield from ("BEGIN:VEVENT", f"UID:{escaped(day.uid)}")
        yield f"DTSTAMP:{day.stamped_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        # The end is the first day that is no longer meant (3.6.1).
        yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{escaped(day.title)}"
        yield f"DESCRIPTION:{escaped(day.words)}"
        yield f"CATEGORIES:{escaped(day.category)}"
        yield from (f"STATUS:{'CONFIRMED' if day.sure else 'TENTATIVE'}", "TRANSP:TRANSPARENT", "END:VEVENT")
    yield "END:VCALENDAR"


def escaped(text: str) -> str:
    r"""Return a text as a value of type TEXT (3.3.11): `\`, `;`, `,` and line ends are written out."""
    return text.replace("\r\n", "\n").translate(_ESCAPED)


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none of them cut inside a character (3.1)."""
    pieces, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > LINE_OCTETS_MAX:
            # The blank at its head is the first octet of what continues.
            pieces.append("")
            size = 1
        pieces[-1] += char
        size += octets
    return "\r\n ".join(pieces)
