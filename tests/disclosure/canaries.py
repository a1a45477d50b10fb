"""People whose names, numbers and addresses nobody may read: one for every way into our books."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.accounting.models import CounterpartyKind
from app.accounting.parties import counterparties
from app.accounting.parties.counterparties import NewCounterparty
from app.kit.database import WriteSession
from app.kit.ids import new_code
from tests.disclosure.projects.works import budgeted, line, pay, published
from tests.disclosure.scenes import Scene, scene
from tests.factories import organizations as members
from tests.kit.attachments.pictures import photo
from tests.projects.helped import beneficiary, give, given
from tests.projects.helped import id_number as helped_number
from tests.projects.relief import STORY, opened, relief
from tests.projects.test_villages import book, tick, village
from tests.projects.till import DAY, Till, money, till
from tests.volunteers.calls import activity, moment, served
from tests.volunteers.office import Office as VolunteerOffice
from tests.volunteers.office import id_number, office

DONOR, MESSAGE = "金丝雀捐赠人", "金丝雀祝福"
HELPED, SERVING = helped_number("19750505"), id_number("19760606")
CANARIES = (
    *(DONOR, MESSAGE, "金丝雀抬头", "canary.donor@example.org", "canary-open-id-4711"),
    *("金丝雀受益人", HELPED, "13577770001", "金丝雀村一组4711号", "金丝雀监护人", "13577770002"),
    *("金丝雀志愿者", SERVING, "13577770003", "金丝雀路4712号", "金丝雀紧急联系人", "13577770004"),
    *("金丝雀职员", "金丝雀收款户", "金丝雀工匠", "金丝雀村民", "金丝雀照片"),
    *("金丝雀投诉人", "金丝雀投诉内容", "金丝雀来宾", "13577770005", "金丝雀讲者", "金丝雀患者"),
    *STORY.values(),
)
# Words that stand for a story here and are no name: they are said of public things as well.
PLAIN = {"女儿", "手术"}


def told(haystack: str) -> list[str]:
    """Which of the canaries sing in a text, in any of their spellings."""
    birds = [one for one in CANARIES if one not in PLAIN]
    return [one for one in birds if one in haystack or json.dumps(one)[1:-1] in haystack]


def spelled(answer: Response) -> str:
    """All that an answer says: its headers, its text, and what is packed in a workbook."""
    words = [unquote(f"{name}: {value}") for name, value in answer.headers.items()]
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            words += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    return "\n".join([*words, answer.content.decode("utf-8", "replace")])


@dataclass(frozen=True, kw_only=True)
class Lived:
    """Where everybody left traces, and by what each public address is filled in."""

    it: Scene
    at: Till
    donation_id: str
    known: dict[str, dict[str, list[str]]]

    def addresses(self, template: str) -> Iterator[str]:
        """Every address that a template stands for here; the longest known beginning fills it in."""
        names = re.findall(r"\{(\w+)\}", template)
        begins = max((one for one in self.known if template.startswith(one)), key=len)
        values = {name: self.known[begins].get(name, ["0"]) for name in names}
        for place in range(max([len(one) for one in values.values()], default=1)):
            filled = {name: one[place % len(one)] for name, one in values.items()}
            yield template.format(**filled)

    async def update(self, client: AsyncClient, **consent: bool) -> None:
        """The platform tells what its donor agrees to from now on."""
        data = {"donation_id": self.donation_id, "consent": consent}
        event = {"type": "donation.updated", "timestamp": "2026-06-01T08:00:00+08:00", "data": data}
        answer = await self.it.partner.post(client, event)
        assert answer.status_code == 200, answer.text


async def lived(app: FastAPI, client: AsyncClient, session: WriteSession, folder: Path) -> Lived:
    """Let everybody live: give, serve, be helped, work, complain and come, without agreeing to anything."""
    it = await scene(session)
    case = await _ill(app, client, session, folder)
    at = await till(app, client, session, it.partner.organization, name="金丝雀职员")
    donation_id, lookup_code = await _gives(client, it)
    project, picture = await _built(app, at)
    serving = await _serves(app, client, session, folder / "codes.jsonl")
    complaint = await _complains(client, at)
    event_id, initiative_id = await _comes(app, client, at)
    home = await tick(at, await village(at), "fund")
    await book(at, home, "income", 100)
    place = {"organization_id": [str(at.organization.id), str(case)], "year": ["2026"]}
    known: dict[str, dict[str, list[str]]] = {
        "/": {"code": [it.campaign.code], "lookup_code": [lookup_code], "number": ["0"]},
        "/projects/": {"code": [project["code"]]},
        "/organizations/": {"code": [at.organization.code]},
        "/v1/attachments/": {"attachment_id": [picture]},
        "/v1/fundraising/": {"campaign_id": [str(it.campaign.id)], "number": ["0" * 12], "code": ["0" * 20]},
        "/v1/volunteers/": {"activity_id": [serving], "number": ["0" * 12], "code": ["0" * 20], **place},
        "/v1/projects/villages/": {"village_id": [home["id"]]},
        "/v1/disclosure/organizations/": place,
        "/v1/disclosure/governance/": place,
        "/v1/disclosure/campaigns/": {"code": [it.campaign.code]},
        "/v1/disclosure/projects/": {"code": [project["code"]]},
        "/v1/disclosure/donations/": {"lookup_code": [lookup_code]},
        "/v1/disclosure/complaints/": {"lookup_code": [complaint]},
        "/v1/disclosure/events/": {"event_id": [event_id]},
        "/v1/disclosure/initiatives/": {"initiative_id": [initiative_id]},
        "/v1/disclosure/open-data/": {"dataset": ["campaigns", "projects", "donations", "disbursements"]},
    }
    return Lived(it=it, at=at, donation_id=donation_id, known=known)


async def _ill(app: FastAPI, client: AsyncClient, session: WriteSession, folder: Path) -> object:
    here = await relief(app, client, session, folder)
    await opened(here)
    await here.noticed()
    return here.desk.organization.id


async def _gives(client: AsyncClient, it: Scene) -> tuple[str, str]:
    event = it.partner.event(
        donor={"external_id": "canary-open-id-4711", "display_name": DONOR, "publish_consent": False},
        message=f"{MESSAGE}，电话13577770001",
        receipt_request={"title": "金丝雀抬头", "email": "canary.donor@example.org"},
    )
    answer = await it.partner.post(client, event)
    assert answer.json()["outcome"] == "posted", answer.text
    return event["data"]["donation_id"], answer.json()["lookup_code"]


async def _built(app: FastAPI, at: Till) -> tuple[dict[str, Any], str]:
    fund = await at.fund(90_000_00)
    project = await budgeted(at, line(80_000_00, fund))
    guardian = {"name": "金丝雀监护人", "phone": "13577770002", "relation": "母亲"}
    guardian["agreed_at"] = "2026-03-01T10:00:00+08:00"
    told = {"phone": "13577770001", "address": "金丝雀村一组4711号", "guardian": guardian}
    who = await beneficiary(at, name="金丝雀受益人", document_number=HELPED, **told)
    await give(at, project, given(who))
    await pay(at, project, fund, 1_000_00)
    new = NewCounterparty(
        organization_id=at.organization.id,
        code=f"K{new_code(8)}",
        kind=CounterpartyKind.person,
        name="金丝雀收款户",
    )
    payee = str((await counterparties.create(at.session, new, actor="test")).id)
    await at.account(payee, holder="金丝雀收款户")
    agreement = await at.agreement(project, payee)
    asked = at.asked(project, fund, payee, 500_00, kind="collective", agreement_id=agreement["id"])
    paid = await at.paid(asked | {"purpose": "金丝雀收款户的帮扶款"})
    rows = [{"name": "金丝雀村民", "amount": money(500_00)}]
    signed = {"signed_on": DAY.isoformat(), "attachment_id": await at.file(), "rows": rows}
    await at.made(f"/disbursements/{paid['id']}/signed-lists", signed)
    form = {"organization_id": str(at.organization.id), "kind": "photo", "access": "public"}
    files = {"file": ("金丝雀照片.jpg", photo(), "image/jpeg")}
    picture = await at.client.post("/v1/attachments", data=form, files=files, headers=at.headers)
    words = "完成桥墩，联系电话13577770001"
    await published(at, app, project, done=words, attachment_ids=[picture.json()["id"]])
    await at.accept(await at.built(project, contractor="金丝雀工匠"))
    return project, picture.json()["id"]


async def _serves(app: FastAPI, client: AsyncClient, session: WriteSession, codes: Path) -> str:
    desk: VolunteerOffice = await office(app, client, session, codes)
    who = await desk.volunteer(
        name="金丝雀志愿者",
        document_number=SERVING,
        phone="13577770003",
        address="金丝雀路4712号",
        emergency_name="金丝雀紧急联系人",
        emergency_phone="13577770004",
    )
    team = await desk.team()
    await desk.post(f"/teams/{team['id']}/members", {"volunteer_id": who["id"]})
    await served(desk, who)
    return str((await activity(desk, team_id=team["id"]))["id"])


async def _complains(client: AsyncClient, at: Till) -> str:
    said = {
        "organization": at.organization.code,
        "subject_kind": "organization",
        "text": "金丝雀投诉内容",
        "contact": "金丝雀投诉人 13577770005",
    }
    answer = await client.post("/v1/disclosure/complaints", json=said)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["lookup_code"])


async def _comes(app: FastAPI, client: AsyncClient, at: Till) -> tuple[str, str]:
    officer = await members.sign_in(app, at.session, members.Role.disclosure_officer, at.organization)

    async def post(path: str, body: Any = None, **by: str) -> dict[str, Any]:
        answer = await client.post(f"/v1/disclosure{path}", json=body, headers=by or officer)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()

    event = {
        "organization_id": str(at.organization.id),
        "code": f"E{new_code(8)}",
        "kind": "lecture",
        "title": "公益讲座",
        "description": "交流做法。",
        "place": "西安市",
        "seats": 20,
        "starts_at": moment(1),
        "ends_at": moment(9),
    }
    path = f"/events/{(await post('/events', event))['id']}"
    part = {"title": "专题讲座", "starts_at": moment(2), "ends_at": moment(3)}
    [session] = (await post(f"{path}/sessions", part))["sessions"]
    await post(f"{path}/sessions/{session['id']}/speakers", {"name": "金丝雀讲者"})
    await post(f"{path}/publication")
    await post(f"{path}/sign-ups", {"name": "金丝雀来宾", "contact": "13577770005"}, Accept="*/*")
    said = {"organization_id": str(at.organization.id), "code": f"I{new_code(8)}", "title": "八大工程"}
    said["description"] = "以文件为准"
    initiative = await post("/initiatives", said)
    return path.removeprefix("/events/"), str(initiative["id"])
