"""Every kind of publication: compiled, reviewed by another, published, and what it prepares."""

import hashlib
import json
from io import BytesIO
from uuid import UUID

import pytest
import rfc8785
from fastapi import FastAPI
from httpx import AsyncClient
from pypdf import PdfReader
from sqlalchemy import select

from app.disclosure.models import Publication, PublicationKind
from app.disclosure.publications.forms import FORMS
from app.kit.database import WriteSession
from app.transparency.models import Submission
from tests.accounting.office import VOUCHERS
from tests.disclosure.obligations.scenes import obligations
from tests.disclosure.publications import kinds
from tests.disclosure.publications.kinds import LARGE, MADE, MOVED, ORDER, Case
from tests.disclosure.publications.press import Press, value

WITHOUT_SOURCE = {
    PublicationKind.annual_work_report: {"foreign_cooperation", "audit_report"},
    PublicationKind.annual_financial_report: {"audit_report"},
}
"""What no table of ours tells yet: each is said to be missing, and none is left out."""


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> PublicationKind:
    return request.param


@pytest.fixture
async def case(app: FastAPI, client: AsyncClient, session: WriteSession, kind: PublicationKind) -> Case:
    return await MADE[kind](app, client, session)


every_kind = pytest.mark.parametrize("kind", PublicationKind, indirect=True)


def only(*wanted: PublicationKind) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kind", wanted, indirect=True)


def test_every_kind_has_something_to_publish() -> None:
    assert set(MADE) == set(ORDER) == set(PublicationKind)


@every_kind
async def test_each_kind_is_compiled_in_the_forms_order_and_published_by_two_people(
    case: Case, kind: PublicationKind, session: WriteSession
) -> None:
    here, form = case.here, FORMS[kind]
    draft = await here.draft(kind=kind.value, **case.wish)
    published = await here.publish(draft)
    row = await session.get_one(Publication, UUID(published["id"]))
    snapshot = await here.get(f"/{row.id}/snapshot")
    said, digest = json.loads(snapshot.content), hashlib.sha256(snapshot.content).hexdigest()

    assert tuple(one["code"] for one in draft["sections"]) == ORDER[kind]
    empty = {one["code"] for one in draft["sections"] if not one["fields"]}
    assert empty == WITHOUT_SOURCE.get(kind, set())
    assert {one["section"] for one in draft["missing"] if one["field"] is None} == empty
    assert row.compiled_by != row.reviewed_by
    # The snapshot is canonical, says what was reviewed, and is what the log and everybody else names.
    assert rfc8785.dumps(said) == snapshot.content
    assert digest == published["sha256"] == snapshot.headers["x-snapshot-sha256"]
    assert (said["kind"], said["publication"], said["title_zh"]) == (
        kind.value,
        published["id"],
        form.title_zh,
    )
    assert [one["code"] for one in said["sections"]] == [one["code"] for one in draft["sections"]]
    leaf = await session.get_one(Submission, row.submission_id)
    told = json.loads(leaf.body)
    assert (leaf.kind, told["sha256"], told["kind"]) == ("publication", digest, kind.value)
    assert (told["publication"], told["org"]) == (published["id"], here.organization.code)


@every_kind
async def test_each_kind_is_a_page_and_a_document_in_chinese(case: Case, kind: PublicationKind) -> None:
    published = await case.here.publish(await case.here.draft(kind=kind.value, **case.wish))
    page = await case.here.get(f"/{published['id']}/paper")
    document = await case.here.get(f"/{published['id']}/paper", format="pdf")
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(document.content)).pages)

    assert (page.status_code, document.status_code) == (200, 200)
    assert published["sha256"] in page.text
    assert FORMS[kind].title_zh in text
    for section in published["sections"]:
        assert section["title_zh"] in page.text
        # A line may break within a title.
        assert section["title_zh"] in text.replace("\n", "")


@every_kind
async def test_each_kind_prepares_every_obligation_that_it_answers_and_no_other(
    case: Case, kind: PublicationKind, session: WriteSession
) -> None:
    here = case.here
    before = await kinds.prepared(session, here.organization)
    draft = await here.draft(kind=kind.value, **case.wish)
    published = await here.publish(draft)
    after = await kinds.prepared(session, here.organization)
    owed = {one.id: one for one in await obligations(session, here.organization)}

    assert before == {}
    assert {where for _, where in after.values()} == {f"publication:{published['id']}"}
    assert {rule for rule, _ in after.values()} >= case.rules
    assert {rule for rule, _ in after.values()} <= {*case.rules, "OB-B2-change"}
    assert UUID(draft["obligation_id"]) in after
    assert owed[UUID(draft["obligation_id"])].rule_id == FORMS[kind].rules[0]
    # It lies ready: published where the law wants it, it is not.
    assert {owed[one].filed_on for one in after} == {None}


@only(PublicationKind.basic_information)
async def test_what_an_organization_is_on_a_day_answers_the_changes_until_then(
    case: Case, session: WriteSession
) -> None:
    here = case.here
    changes = [one for one in await obligations(session, here.organization) if one.rule_id == "OB-B2-change"]
    days = sorted(one.trigger_on for one in changes)
    assert len(set(days)) == len(days) > 1
    wish = {"kind": "basic_information", "subject_id": None}
    await here.publish(await here.draft(**wish, period_to=days[0].isoformat()))
    early = await kinds.prepared(session, here.organization)
    first = {rule for rule, _ in early.values()}
    later = await here.publish(await here.draft(**wish, period_to=None))
    after = await kinds.prepared(session, here.organization)

    assert [row[0] for row in value(later, "changed_information", "changes")] == [str(day) for day in days]
    assert first == {"OB-B2", "OB-B2-change"}
    assert len(early) == 2
    assert {rule for rule, _ in after.values()} == {"OB-B2", "OB-B2-change"}
    assert len(after) == 1 + len(days)
    added = {where for one, (_, where) in after.items() if one not in early}
    assert added == {f"publication:{later['id']}"}


@only(PublicationKind.emergency_receipts)
async def test_every_five_days_of_an_emergency_are_prepared_one_after_another(
    case: Case, session: WriteSession
) -> None:
    here = case.here
    for number, until in enumerate(("2026-05-06", "2026-05-11", "2026-05-16"), start=1):
        published = await here.publish(await here.draft(kind="emergency_receipts", period_to=until))
        rows = await obligations(session, here.organization)
        turns = {one.number: one for one in rows if one.rule_id == "OB-C1"}
        assert str(turns[number].due_on) == until
        assert turns[number].preparation == f"publication:{published['id']}"
        assert all(one.preparation is None for one in turns.values() if one.number > number)


@only(PublicationKind.related_parties)
async def test_whoever_may_not_ask_the_public_tells_of_major_projects_in_the_same_report(
    case: Case, session: WriteSession
) -> None:
    published = await case.here.publish(await case.here.draft(kind="annual_work_report", **case.wish))

    rules = {rule for rule, _ in (await kinds.prepared(session, case.here.organization)).values()}
    assert rules == {"OB-B4", "OB-B9"}
    sections = {one["code"]: one["title_zh"] for one in published["sections"]}
    assert sections["project_implementation"] == "慈善项目实施情况"


@only(PublicationKind.major_event)
async def test_a_major_event_tells_what_moved_and_not_in_whose_words(case: Case) -> None:
    draft = await case.here.draft(kind="major_event", **case.wish)

    assert value(draft, "event_amount", "day") == "2026-05-08"
    assert value(draft, "event_amount", "standing") == "有效"
    assert value(draft, "event_amount", "amount") == str(MOVED)
    assert value(draft, "event_amount", "threshold") == str(MOVED // 2)
    assert value(draft, "event_amount", "lines") == [
        ["借 5301 管理费用", str(MOVED)],
        ["贷 1002 银行存款", str(MOVED)],
    ]
    assert "测试凭证" not in json.dumps(draft, ensure_ascii=False)


@only(PublicationKind.major_event)
async def test_a_reversed_major_event_is_corrected_and_never_told_of_anew(case: Case) -> None:
    at, here = case.office, case.here
    assert at is not None
    first = await here.publish(await here.draft(kind="major_event", **case.wish))
    path = f"{VOUCHERS}/{case.wish['subject_id']}/reversal"
    assert (await at.post(path, {"reason": "录错"}, by="ray")).status_code == 200
    differs = (await here.get(f"/{first['id']}/difference", here.officer)).json()["changes"]
    corrected = await here.publish(await here.correct(first, "凭证冲销"))
    anew = await here.ask(kind="major_event", **case.wish)

    [change] = differs
    assert (change["field"], change["old"]) == ("standing", "有效")
    assert change["new"].endswith("冲销")
    assert corrected["correction"]["changes"] == differs
    assert (anew.status_code, anew.json()["code"]) == (422, "subject-unfit")


@only(PublicationKind.related_party_event)
async def test_a_dealing_names_an_organization_and_no_person_without_consent(
    case: Case, session: WriteSession
) -> None:
    here = case.here
    first = await here.draft(kind="related_party_event", **case.wish)
    person = await kinds.deal(session, here.organization, person="李大力", relation="influencing")
    second = await published(here, str(person.id))

    assert value(first, "event_amount", "party") == [["被投资方", "某物业公司", None]]
    assert value(first, "event_amount", "kind") == "交易"
    assert value(first, "event_amount", "amount") == str(LARGE)
    [[relation, name, who]] = value(second, "event_amount", "party")
    assert (relation, name, who["name"]) == ("施加重大影响方", None, None)
    assert "李大力" not in json.dumps(second, ensure_ascii=False)


@only(PublicationKind.related_party_event)
async def test_a_dealing_recorded_by_mistake_is_corrected(case: Case, session: WriteSession) -> None:
    here = case.here
    first = await here.publish(await here.draft(kind="related_party_event", **case.wish))
    path = f"/v1/disclosure/governance/related-events/{case.wish['subject_id']}/withdrawal"
    gone = await here.client.post(path, json={"reason": "重复登记"}, headers=here.officer)
    assert gone.status_code == 200, gone.text
    second = await here.publish(await here.correct(first, "重复登记"))
    history = (await here.get(f"/{second['id']}/history")).json()["publications"]
    kept = (await session.scalars(select(Publication.reason).order_by(Publication.id))).all()

    [change] = second["correction"]["changes"]
    assert (change["field"], change["old"]) == ("standing", "有效")
    assert [one["id"] for one in history] == [first["id"], second["id"]]
    assert kept == [None, "重复登记"]
    anew = await here.ask(kind="related_party_event", **case.wish)
    assert anew.json()["code"] == "subject-unfit"


async def published(here: Press, event_id: str) -> dict[str, object]:
    wish = {"subject_id": event_id, "period_to": None}
    return await here.publish(await here.draft(kind="related_party_event", **wish))
