"""Calendars: what RFC 5545 asks of a file, and what a calendar of obligations holds."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.disclosure.calendars import icalendar
from app.disclosure.calendars.icalendar import WholeDay
from app.disclosure.models import Obligation
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.access import Role
from tests.disclosure.obligations.project_scenes import project
from tests.disclosure.obligations.scenes import association, made
from tests.factories import organizations as members

PATH = "/v1/disclosure/obligations.ics"
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)


def unfolded(text: str) -> list[str]:
    """Read a file as a calendar program does: lines end in CRLF, and a blank continues the one before."""
    assert text.endswith("\r\n")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75, line
        assert "\n" not in line
        assert "\r" not in line
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], value)


def plain(text: str) -> str:
    """What of a text a calendar can hold."""
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n"))


@given(texts)
def test_a_line_is_cut_between_characters_and_comes_back_whole(text: str) -> None:
    line = f"SUMMARY:{icalendar.escaped(text)}"
    folded = icalendar.folded(line)
    assert unfolded(f"{folded}\r\n") == [line]
    assert unescaped(line.removeprefix("SUMMARY:")) == plain(text)


def test_seventy_five_octets_are_one_line_and_seventy_six_are_two() -> None:
    assert icalendar.folded("x" * 75) == "x" * 75
    assert icalendar.folded("x" * 76) == f"{'x' * 75}\r\n x"
    # Twenty-five characters of three octets; with the blank at its head the second line holds one less.
    assert icalendar.folded("桥" * 50) == f"{'桥' * 25}\r\n {'桥' * 24}\r\n 桥"


def test_a_day_is_written_as_the_standard_has_it() -> None:
    day = WholeDay(
        uid="019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
        stamped_at=datetime(2026, 11, 27, 8, 0, tzinfo=UTC),
        on=date(2026, 12, 31),
        title="结项; 公开, 备查",
        words="第一行\n第二行\\",
        category="OB-B8-final",
        sure=True,
    )
    assert unfolded(icalendar.written("义务", [day])) == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zhengxinlu//Obligations//ZH"),
        *("CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:义务"),
        *("BEGIN:VEVENT", "UID:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002", "DTSTAMP:20261127T080000Z"),
        *("DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"),
        *("SUMMARY:结项\\; 公开\\, 备查", "DESCRIPTION:第一行\\n第二行\\\\", "CATEGORIES:OB-B8-final"),
        *("STATUS:CONFIRMED", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR"),
    ]


async def test_staff_subscribe_to_what_their_organizations_owe(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    member, other = await association(session), await association(session)
    ends = today() + timedelta(days=300)
    rows = [
        await project(session, one, today() - timedelta(days=20), ends, title=f"示例桥，{number}")
        for number, one in enumerate((member, other))
    ]
    for one in (member, other):
        await made(session, one, today())
    headers = await members.sign_in(app, session, Role.disclosure_officer, member)

    answer = await client.get(PATH, headers=headers | {"Accept-Language": "zh"})

    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["cache-control"] == "private, no-cache"
    lines = unfolded(answer.text)
    told = [unescaped(line) for line in lines if line.startswith("SUMMARY:")]
    assert not [one for one in told if rows[1].code in one]
    assert len([line for line in lines if line.startswith("UID:")]) == len(told) > 3
    reports = [one for one in told if "年度工作报告" in one]
    assert reports
    english = await client.get(PATH, headers=headers, params={"organization": member.code})
    assert "Annual work report and financial report" in english.text.replace("\r\n ", "")
    hidden = await client.get(PATH, headers=headers, params={"organization": other.code})
    assert hidden.status_code == 404
    assert (await client.get(PATH)).status_code == 401


async def test_a_calendar_is_of_one_or_of_all_below_it(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    head = await association(session)
    below = await members.organization(session, parent=head, books_from=date(2026, 1, 1))
    beside = await association(session)
    for one in (head, below, beside):
        await made(session, one, today())
    headers = await members.sign_in(app, session, Role.disclosure_officer, head)
    query = select(Obligation.id, Obligation.organization_id)
    owners = {str(row[0]): row[1] for row in await session.execute(query)}

    async def whose(**asked: str) -> set[UUID]:
        answer = await client.get(PATH, headers=headers, params=asked)
        assert answer.status_code == 200, answer.text
        uids = [line.removeprefix("UID:") for line in unfolded(answer.text) if line.startswith("UID:")]
        return {owners[uid] for uid in uids}

    assert await whose(within=head.code) == {head.id, below.id}
    assert await whose(organization=head.code) == {head.id}
    assert await whose(within=head.code, organization=below.code) == {below.id}
    assert await whose(within=below.code) == {below.id}
    other = await client.get(PATH, headers=headers, params={"within": beside.code})
    assert other.status_code == 404


async def test_a_project_is_in_the_calendar_before_its_report_is_due(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    member = await association(session)
    begun = today() - timedelta(days=70)
    row = await project(session, member, begun, begun + timedelta(days=400), title="示例桥")
    await made(session, member, today())
    headers = await members.sign_in(app, session, Role.disclosure_officer, member)

    lines = unfolded((await client.get(PATH, headers=headers | {"Accept-Language": "zh"})).text)

    [place] = [number for number, line in enumerate(lines) if line.endswith(f"{row.code} 示例桥")]
    assert lines[place] == f"SUMMARY:慈善项目进展情况 {row.code} 示例桥"
    due = date(begun.year + (begun.month + 2) // 12, (begun.month + 2) % 12 + 1, 1)
    assert lines[place - 2].startswith(f"DTSTART;VALUE=DATE:{due:%Y%m}")
