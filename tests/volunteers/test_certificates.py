"""Certificates: all that the law asks for, numbered without gaps, checked by anyone, revoked visibly."""

import asyncio
import io
from typing import Any

from pypdf import PdfReader
from sqlalchemy import select

from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.organizations.access import Role
from app.transparency.models import Submission
from app.volunteers import records
from app.volunteers.models import Category, Certificate, RecordSource, TimeRecord
from app.volunteers.recognition import certificates, papers
from app.volunteers.recognition.contents import Issuer
from tests.factories import organizations as make
from tests.factories import volunteers as people
from tests.volunteers.calls import served
from tests.volunteers.office import Office, person

ISSUER = {"responsible": "王负责", "clerk": "李经办", "contact": "029-12345678"}


async def issue(desk: Office, who: dict[str, Any], **over: Any) -> Any:
    body = {"organization_id": str(desk.organization.id), "volunteer_id": who["id"]} | ISSUER
    return await desk.post("/certificates", body | over)


async def paper(desk: Office, certificate_id: str) -> str:
    answer = await desk.get(f"/certificates/{certificate_id}/paper")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


async def code_of(desk: Office, certificate_id: str) -> str:
    text = await paper(desk, certificate_id)
    return text.partition("验证码")[2][:20]


async def check(desk: Office, number: str, code: str) -> Any:
    return await desk.client.post("/v1/volunteers/certificate-checks", json={"number": number, "code": code})


async def test_a_certificate_says_all_that_the_law_asks_for(desk: Office) -> None:
    told = person()
    who = await desk.volunteer(**told)
    await served(desk, who, 90, place="莲湖区", served_group="独居老人")
    await served(desk, who, 119, served_on="2026-05-02", title="清理河道")

    made = await issue(desk, who, notes="备注内容")
    text = await paper(desk, made.json()["id"])

    assert made.status_code == 201, made.text
    shown = made.json()
    assert shown["number"] == f"{desk.organization.code}-FW-{today().year}-00001"
    assert (shown["minutes"], shown["hours"], shown["record_count"]) == (209, "3.4", 2)
    for word in (
        *("志愿服务记录证明", told["name"], "居民身份证", told["document_number"], who["number"]),
        *("3.4", "社区老人陪护", "清理河道", "莲湖区", "独居老人", "2026年3月5日", "2026年5月2日"),
        *(desk.organization.name.replace(" ", ""), "王负责", "李经办", "029-12345678", shown["number"]),
        *("备注内容", "免费", "盖章", f"{today().year}年{today().month}月{today().day}日"),
    ):
        assert word in text, word


async def test_anyone_checks_it_by_number_and_code_and_learns_no_more_than_it_says(desk: Office) -> None:
    told = person(address="某街道某小区", emergency_name="紧急联系人", emergency_phone="13511112222")
    who = await desk.volunteer(**told)
    await served(desk, who)
    made = (await issue(desk, who)).json()
    code = await code_of(desk, made["id"])

    answer = await check(desk, made["number"], code.lower())
    by_address = await desk.client.get(f"/v1/volunteers/certificate-checks/{made['number']}/{code}")
    wrong = await check(desk, made["number"], "0" * 20)
    other = await check(desk, made["number"].replace("00001", "00002"), code)

    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert by_address.json() == said
    assert (said["state"], said["name"], said["hours"]) == ("valid", told["name"], "2.0")
    for secret in ("document_number", "phone", "address", "emergency_name", "emergency_phone"):
        assert told[secret] not in answer.text
    assert said["document_number"].startswith("110*")
    assert (wrong.status_code, wrong.json()["code"]) == (404, "certificate-not-found")
    assert other.json()["code"] == "certificate-not-found"


async def test_a_certificate_is_revoked_and_replaced_for_all_to_see(
    desk: Office, session: WriteSession
) -> None:
    who = await desk.volunteer()
    record = await served(desk, who, 120)
    first = (await issue(desk, who)).json()
    codes = {first["id"]: await code_of(desk, first["id"])}
    fixed = await desk.post(f"/records/{record['id']}/corrections", {"minutes": 60, "reason": "x"})

    replaced = await desk.post(f"/certificates/{first['id']}/replacement", ISSUER | {"reason": "姓名更正"})
    second = replaced.json()
    codes[second["id"]] = await code_of(desk, second["id"])
    old = (await check(desk, first["number"], codes[first["id"]])).json()
    gone = await desk.post(f"/certificates/{second['id']}/revocation", {"reason": "时间有误"})
    again = await desk.post(f"/certificates/{second['id']}/revocation", {"reason": "x"})
    new = (await check(desk, second["number"], codes[second["id"]])).json()
    freed = (await desk.get(f"/records/{record['id']}")).json()

    assert (fixed.status_code, fixed.json()["code"]) == (409, "record-certified")
    assert replaced.status_code == 201, replaced.text
    assert (old["state"], old["replaced_by_number"]) == ("replaced", second["number"])
    assert (gone.json()["state"], new["state"], new["replaced_by_number"]) == ("revoked", "revoked", None)
    assert (again.status_code, again.json()["code"]) == (409, "certificate-revoked")
    assert (freed["state"], freed["certificate_id"]) == ("confirmed", None)
    assert "已撤销" in await paper(desk, second["id"])
    assert "已更换" in await paper(desk, first["id"])
    leaves = [
        bytes(one.body).decode()
        for one in await session.scalars(select(Submission).order_by(Submission.id))
        if one.kind == certificates.KIND
    ]
    assert [leaf.partition('"state":"')[2].partition('"')[0] for leaf in leaves] == [
        *("valid", "valid", "replaced", "revoked"),
    ]
    assert new["commitment"] in leaves[-1]
    assert not any(who["name"] in leaf for leaf in leaves)


async def test_only_the_identified_and_only_own_confirmed_records_are_certified(
    desk: Office, session: WriteSession, app: Any
) -> None:
    unseen = await desk.volunteer(checked=False)
    await served(desk, unseen)
    told = person()
    who = await desk.volunteer(**told)
    other = await make.organization(session)
    elsewhere = Office(
        client=desk.client,
        headers=await make.sign_in(app, session, Role.volunteer_coordinator, other),
        organization=other,
        codes=desk.codes,
    )
    await elsewhere.volunteer(**told)
    await served(elsewhere, who)

    unchecked = await issue(desk, unseen)
    nothing = await issue(desk, who)
    theirs = await issue(elsewhere, who)

    assert (unchecked.status_code, unchecked.json()["code"]) == (409, "identity-unchecked")
    assert (nothing.status_code, nothing.json()["code"]) == (422, "nothing-to-certify")
    assert theirs.status_code == 201
    twice = await issue(elsewhere, who)
    assert twice.json()["code"] == "nothing-to-certify"


async def test_the_erased_are_named_by_no_certificate(desk: Office) -> None:
    who = await desk.volunteer()
    await served(desk, who)
    made = (await issue(desk, who)).json()
    code = await code_of(desk, made["id"])
    own = await desk.sign_in(who["phone"])
    mine = (await own.get("/me/certificates")).json()["items"]
    printed = await own.get(f"/me/certificates/{made['id']}/paper")

    await own.post("/me/erasure")
    answer = await check(desk, made["number"], code)

    assert [one["number"] for one in mine] == [made["number"]]
    assert printed.content.startswith(b"%PDF")
    assert (answer.status_code, answer.json()["code"]) == (404, "certificate-forgotten")
    assert who["name"] not in answer.text


async def test_numbers_have_no_gaps_however_many_are_issued_at_once(committed: Database) -> None:
    async with committed.writing() as session:
        place = await make.organization(session)
        everybody = [(await people.volunteer(session, place)).id for _ in range(20)]
        for who in everybody:
            record = TimeRecord(
                organization_id=place.id,
                volunteer_id=who,
                category=Category.elderly,
                title="陪护",
                served_on=today(),
                minutes=60,
                source=RecordSource.hand,
                reported_by="test",
            )
            await records.confirm(session, [await records.report(session, record)], actor="test")

    class BrokenError(RuntimeError):
        pass

    async def one(number: int) -> None:
        async with committed.writing() as session:
            volunteer = await people.volunteers.get(session, everybody[number])
            found = await certificates.certifiable(session, place.id, volunteer.id, (None, None))
            issuer = Issuer(responsible="x", clerk="x", contact="x")
            await certificates.issue(session, (place, volunteer), found, issuer, actor="test")
            if number % 4 == 0:
                raise BrokenError

    outcomes = await asyncio.gather(*map(one, range(20)), return_exceptions=True)

    assert sum(isinstance(outcome, BrokenError) for outcome in outcomes) == 5
    async with committed.reading() as session:
        serials = list(await session.scalars(select(Certificate.serial).order_by(Certificate.serial)))
    assert serials == list(range(1, 16))


def test_hours_are_never_more_than_were_given() -> None:
    assert [papers.hours(minutes) for minutes in (0, 5, 6, 59, 60, 119, 6000)] == [
        *("0.0", "0.0", "0.1", "0.9", "1.0", "1.9", "100.0"),
    ]


async def test_stars_follow_the_organizations_own_rule(desk: Office) -> None:
    who = await desk.volunteer()
    for day in range(1, 6):
        await served(desk, who, 1440, served_on=f"2026-03-{day:02d}")
    at = str(desk.organization.id)

    default = (await desk.get(f"/{who['id']}/stars", organization_id=at)).json()
    rule = {"organization_id": at, "valid_from": "2026-01-01", "hours": [30, 60, 120], "basis": "本会办法"}
    made = await desk.post("/star-rules", rule)
    twice = await desk.post("/star-rules", rule)
    unordered = await desk.post("/star-rules", rule | {"valid_from": "2026-02-01", "hours": [60, 30]})
    later = await desk.post("/star-rules", rule | {"valid_from": "2999-01-01", "hours": [1]})
    own = (await desk.get(f"/{who['id']}/stars", organization_id=at)).json()

    assert (default["hours"], default["stars"]) == ("120.0", 1)
    assert default["star_hours"] == [100, 300, 600, 1000, 1500]
    assert (made.status_code, later.status_code) == (201, 201)
    assert (twice.status_code, twice.json()["code"]) == (409, "star-rule-taken")
    assert (unordered.status_code, unordered.json()["code"]) == (422, "star-hours-unordered")
    assert (own["stars"], own["star_hours"]) == (3, [30, 60, 120])
    assert len((await desk.get("/star-rules")).json()["items"]) == 2
