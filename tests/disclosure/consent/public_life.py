"""Public life: a council, events, honours and publications, with people who agree, or do not any more."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.ledger import periods
from app.organizations.access import Role
from tests.disclosure.consent import birds
from tests.disclosure.figures.test_annual import books
from tests.disclosure.governance.board import Board
from tests.disclosure.governance.test_published import STANDARD, lines
from tests.disclosure.governance.test_reached import CONTACT, SITE, SYSTEM
from tests.disclosure.governance.test_terms import CHARTER
from tests.disclosure.honours.test_commendations import APPROVAL, PERSON, span
from tests.disclosure.obligations.scenes import association
from tests.disclosure.publications.press import Press, press
from tests.disclosure.scenes import Scene
from tests.factories import ledger
from tests.factories import organizations as members
from tests.kit.attachments.test_bare import written
from tests.volunteers.calls import moment

BASE = "/v1/disclosure"
AGREED_ON = "2026-01-01"


@dataclass(kw_only=True)
class PublicLife:
    """Whoever looks after what an organization says in public, and where each person's word is taken back."""

    client: AsyncClient
    session: WriteSession
    board: Board
    press: Press
    other: dict[str, str]
    commissioner: str = ""
    parties: list[str] = field(default_factory=list)
    event: str = ""
    part: str = ""
    ticket: str = ""
    shown: dict[str, str] = field(default_factory=dict)
    """The nominee of each commendation whose list is shown."""
    report: dict[str, Any] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)
    """Where those who were recorded without a word agree later."""
    withdrawals: list[str] = field(default_factory=list)

    async def post(
        self, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        answer = await self.client.post(f"{BASE}{path}", json=body, headers=headers or self.board.headers)
        assert answer.status_code in {200, 201}, f"{path}: {answer.text}"
        return dict(answer.json())

    async def speaker(self, **consent: bool) -> str:
        """Somebody speaks; return by which address their word is taken back."""
        path = f"/events/{self.event}"
        said = {"name": birds.SPEAKER, "title": "金丝雀教授"} | consent
        made = await self.post(f"{path}/sessions/{self.part}/speakers", said)
        return f"{path}/speakers/{made['speakers'][-1]['id']}/consent-withdrawal"

    async def ambassador(self, **consent: bool) -> str:
        """Somebody speaks for the organization, as another person has found right."""
        said = {
            "organization_id": self.board.at,
            "name": birds.AMBASSADOR,
            "contract": f"SX-{new_code(6)}",
            "scope": "宣传助学项目",
            "starts_on": (today() - timedelta(days=10)).isoformat(),
            "ends_on": (today() + timedelta(days=10)).isoformat(),
        }
        path = f"/ambassadors/{(await self.post('/ambassadors', said | consent))['id']}"
        await self.post(f"{path}/review", {"is_advertisement": False, "finding": "无商品"}, self.other)
        return f"{path}/consent-withdrawal"

    async def nominee(self, category: str, **consent: bool) -> str:
        """Somebody is shortlisted, and the list is shown."""
        said = {"organization_id": self.board.at, "year": 2026, "category": category, "title": "先进个人"}
        scheme = (await self.post("/commendations", said))["id"]
        path = f"/commendations/{scheme}"
        await self.post(f"{path}/approval", APPROVAL)
        person = PERSON | {"name": birds.NOMINEE, "publish_consent": False} | consent
        one = (await self.post(f"{path}/nominees", person))["nominees"][0]["id"]
        await self.post(f"{path}/nominees/{one}/review", {"passed": True}, self.other)
        await self.post(f"{path}/publicity", span())
        self.shown[scheme] = one
        await self.post(f"{path}/objections", {"nominee_id": one, "text": "金丝雀异议"}, {"Accept": "*/*"})
        return f"{path}/nominees/{one}/consent-withdrawal"

    async def council(self, agreed_on: str | None) -> None:
        """Let commissioner and related parties agree since a day, or not any more."""
        path = f"{BASE}/governance/officers/{self.commissioner}"
        tag = (await self.client.get(path, headers=self.board.headers)).headers["etag"]
        headers = self.board.headers | {"If-Match": tag}
        changed = await self.client.patch(path, json={"consented_on": agreed_on}, headers=headers)
        assert changed.status_code == 200, changed.text
        for party in self.parties:
            consent = {"consented_on": agreed_on}
            await self.post(f"/governance/related-parties/{party}/consent", consent)

    async def publish(self) -> None:
        """Publish who the organization is, whom it is related to, and what the campaign raised."""
        own = replace(
            self.press, organization=self.board.member, officer=self.board.headers, reviewer=self.other
        )
        said = {"subject_id": None, "period_to": today().isoformat()}
        await own.publish(await own.draft(kind="basic_information", **said))
        yearly = {"subject_id": None, "period_to": None, "year": 2026}
        await own.publish(await own.draft(kind="related_parties", **yearly))
        self.report = await self.press.publish(await self.press.draft())

    async def agree(self) -> None:
        """Everybody agrees to be named: those already there, and others of their kind."""
        await self.council(AGREED_ON)
        # A speaker and an ambassador agree later, one nominee as they are recorded and another later.
        for path in self.silent:
            said = {"told_on": today().isoformat(), "evidence": "书面同意书"}
            await self.post(path.removesuffix("-withdrawal"), said)
        self.withdrawals += [*self.silent, await self.nominee("publicity", publish_consent=True)]
        # Said again with the names of who agrees now; what was said before stays beside it.
        correction = await self.press.correct(self.report, reason="补充捐赠人姓名")
        await self.press.publish(correction)

    async def withdraw(self) -> None:
        """Everybody takes their word back."""
        await self.council(None)
        for path in self.withdrawals:
            await self.post(path)


async def begun(app: FastAPI, client: AsyncClient, session: WriteSession, it: Scene) -> PublicLife:
    """A member whose year is closed, with a council, events and honours; nobody agreed to anything."""
    member = await association(session, books_from="2025-01-01")
    board = Board(
        client=client,
        member=member,
        headers=await members.sign_in(app, session, Role.disclosure_officer, member),
    )
    here = PublicLife(
        client=client,
        session=session,
        board=board,
        press=await press(app, client, session, it),
        other=await members.sign_in(app, session, Role.reviewer, member),
    )
    await _closed(session, board)
    await _council(here)
    await _event(here)
    here.silent += [await here.nominee("volunteering"), await here.ambassador()]
    honour = {"title": "5A级", "awarded_by": "省民政厅", "awarded_on": "2020-12-30"}
    await here.post("/honours", {"organization_id": board.at} | honour)
    await _news(here, it)
    await here.publish()
    return here


async def _closed(session: WriteSession, board: Board) -> None:
    here = await books(session, board.member)
    fund = await ledger.fund(session, here)
    await ledger.gift(session, here, fund, 100_00)
    for month in range(1, 13):
        await periods.open_books(session, board.member.id, date(2025, month, 1))
        await periods.close(session, board.member.id, date(2025, month, 1))


async def _council(here: PublicLife) -> None:
    board = here.board
    term = await board.term("2021-03-20", "2031-03-19")
    known = {"phone": "13577770007", "email": "canary.council@example.org", "qualities": ["金丝雀有爱心"]}
    seated = await board.officer(birds.COUNCILLOR, **known)
    here.commissioner = await board.officer(birds.COMMISSIONER)
    posts = (seated, "president", {"term_id": term}), (here.commissioner, "commissioner", {})
    for officer, post, more in posts:
        appointed = await board.appoint(officer, post, "2021-03-20", **more)
        assert appointed.status_code == 201, appointed.text
    related = {"relation": "main_donor", "starts_on": "2024-01-01", "explanation": "捐赠"}
    for kind, name in (("person", birds.RELATED), ("organization", birds.FIRM)):
        made = await board.made("/related-parties", kind=kind, name=name, **related)
        here.parties.append(str(made["id"]))
        deal = {
            "party_id": made["id"],
            "kind": "gift_from",
            "happened_on": "2026-05-06",
            "amount": {"amount": 12_000_000, "currency": "CNY"},
            "matter": "捐赠",
        }
        await here.post("/governance/related-events", deal)
    form = {"organization_id": board.at, "kind": "charter", "access": "public"}
    charter = {"file": ("章程.pdf", written(**{"/Author": birds.AUTHOR}), "application/pdf")}
    file = await here.client.post("/v1/attachments", data=form, files=charter, headers=board.headers)
    assert file.status_code == 201, file.text
    await board.made("/charters", **CHARTER, documents=[file.json()["id"]])
    await board.made("/pay-lists", year=2025, lines=lines(500, 400))
    await board.made("/standards", **STANDARD)
    unit = {"kind": "branch", "name": "助学工作委员会", "founded_on": "2026-05-01", "scope": "助学"}
    await board.made("/units", **unit)
    await board.made("/contacts", **CONTACT, officer_id=here.commissioner)
    await board.made("/channels", **SITE)
    await board.made("/systems", **SYSTEM)


async def _event(here: PublicLife) -> None:
    event = {
        "organization_id": here.board.at,
        "code": f"E{new_code(8)}",
        "kind": "lecture",
        "title": "公益讲座",
        "description": "交流做法。",
        "place": "西安市",
        "seats": 20,
        "starts_at": moment(1),
        "ends_at": moment(9),
    }
    here.event = (await here.post("/events", event))["id"]
    path = f"/events/{here.event}"
    part = {"title": "专题讲座", "starts_at": moment(2), "ends_at": moment(3)}
    [session] = (await here.post(f"{path}/sessions", part))["sessions"]
    here.part = session["id"]
    here.silent.append(await here.speaker())
    await here.post(f"{path}/publication")
    guest = {"name": "金丝雀来宾", "contact": "13577770005"}
    here.ticket = (await here.post(f"{path}/sign-ups", guest, {"Accept": "*/*"}))["ticket"]
    said = {"organization_id": here.board.at, "code": f"I{new_code(8)}", "title": "八大工程"}
    await here.post("/initiatives", said | {"description": "以文件为准"})


async def _news(here: PublicLife, it: Scene) -> None:
    article = {"title": "一座桥，两岸亲", "campaigns": [str(it.campaign.id)]}
    issue = {"media": "善天下", "number": "3", "published_on": "2026-06-15", "articles": [article]}
    organization = {"organization_id": str(it.partner.organization.id)}
    await here.post("/news", issue | organization, here.press.officer)
