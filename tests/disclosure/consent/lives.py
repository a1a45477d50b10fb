"""Lives: people of every kind leave traces in the books, and none of them agrees to anything."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient

from app.accounting.models import CounterpartyKind
from app.accounting.parties import counterparties
from app.accounting.parties.counterparties import NewCounterparty
from app.fundraising.models import Donation
from app.fundraising.receipts import certificates
from app.kit import outbox
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations.access import Role
from app.webhooks.outward.catalogue import BULK
from tests.disclosure.consent import birds, public_life
from tests.disclosure.consent.promises import promised
from tests.disclosure.consent.public_life import PublicLife
from tests.disclosure.projects.works import budgeted, line, pay, published
from tests.disclosure.scenes import GIVEN, Scene, scene
from tests.factories import organizations as members
from tests.kit.attachments.pictures import photo
from tests.projects.helped import beneficiary, give, given
from tests.projects.relief import NOTICE, TODAY, opened, relief
from tests.projects.test_villages import book, tick, village
from tests.projects.till import DAY, Till, money, till
from tests.volunteers.calls import activity, served
from tests.volunteers.office import Office as VolunteerOffice
from tests.volunteers.office import office
from tests.volunteers.test_certificates import code_of, issue

Keys = dict[str, list[dict[str, str]]]
"""What people were handed: the keys to their own gifts and papers, by the address that they open."""


@dataclass(kw_only=True)
class Lived:
    """Where everybody left traces."""

    client: AsyncClient
    session: WriteSession
    it: Scene
    at: Till
    gift: dict[str, Any]
    public: PublicLife
    order: dict[str, Any] = field(default_factory=dict)
    keys: Keys = field(default_factory=dict)
    secrets: dict[str, dict[str, str]] = field(default_factory=dict)
    helped: str = ""
    desk: VolunteerOffice | None = None
    serving: str = ""

    def hand(self, *templates: str, **said: str) -> None:
        """Give somebody the key to an address of their own."""
        for template in templates:
            self.keys.setdefault(template, []).append(said)

    async def agree(self) -> None:
        """Everybody agrees to everything that they are asked."""
        await self.update(name=True, message=True)
        await self._publish(["full_name", "photo"])
        await self.public.agree()

    async def withdraw(self) -> None:
        """Everybody takes back their word."""
        await self.update(name=False, message=False)
        await self._publish([])
        await self.public.withdraw()

    async def _publish(self, scopes: list[str]) -> None:
        assert self.desk
        said = await self.desk.post(f"/{self.serving}/consents", {"scopes": scopes})
        at = {"organization_id": str(self.at.organization.id), "scopes": scopes}
        await self.at.made(f"/beneficiaries/{self.helped}/consents", at)
        assert said.status_code == 201, said.text

    async def update(self, **consent: bool) -> None:
        """The platform tells what its donor agrees to from now on."""
        data = {"donation_id": self.gift["data"]["donation_id"], "consent": consent}
        event = {"type": "donation.updated", "timestamp": "2026-06-01T08:00:00+08:00", "data": data}
        answer = await self.it.partner.post(self.client, event)
        assert answer.status_code == 200, answer.text


async def lived(app: FastAPI, client: AsyncClient, session: WriteSession, folder: Path) -> Lived:
    """Let everybody live: give, serve, be helped, work, speak, complain and come."""
    # Somebody wants to be told of everything.
    await outbox.want(session, BULK)
    it = await scene(session, slug="sandbox")
    await _ill(app, client, session, folder)
    at = await till(app, client, session, it.partner.organization, name="金丝雀职员")
    gift, lookup_code = await _gives(client, it)
    public = await public_life.begun(app, client, session, it)
    here = Lived(client=client, session=session, it=it, at=at, gift=gift, public=public)
    here.hand("/follow/{lookup_code}", lookup_code=lookup_code)
    here.hand("/v1/disclosure/donations/{lookup_code}/trace", lookup_code=lookup_code)
    here.hand("/events/{event_id}/sign-ups/{ticket}", event_id=public.event, ticket=public.ticket)
    filed = await promised(app, client, session)
    for campaign in (str(it.campaign.id), filed):
        here.hand("/v1/fundraising/campaigns/{campaign_id}/notice", campaign_id=campaign)
    await _orders(here)
    await _certified(here)
    await _asks(app, here)
    here.helped = await _built(app, at)
    await _serves(app, here, folder / "codes.jsonl")
    await _complains(here)
    home = await tick(at, await village(at), "fund")
    await book(at, home, "income", 100)
    for name in ("book", "statements", "reckoning"):
        here.hand(f"/v1/projects/villages/{{village_id}}/{name}", village_id=home["id"])
    return here


async def _ill(app: FastAPI, client: AsyncClient, session: WriteSession, folder: Path) -> None:
    here = await relief(app, client, session, folder)
    await opened(here)
    # Its notice stands today, for everybody to object.
    await here.done(await here.approved(), "notice", NOTICE | {"starts_on": TODAY})


async def _gives(client: AsyncClient, it: Scene) -> tuple[dict[str, Any], str]:
    event = it.partner.event(
        amount=20_000_00,
        donor={"external_id": "canary-open-id-4711", "display_name": birds.DONOR, "publish_consent": False},
        message=f"{birds.MESSAGE}，电话13577770001",
        receipt_request={"title": "金丝雀抬头", "email": "canary.donor@example.org"},
    )
    answer = await it.partner.post(client, event)
    assert answer.json()["outcome"] == "posted", answer.text
    return event, answer.json()["lookup_code"]


async def _orders(here: Lived) -> None:
    here.order = {
        "campaign": here.it.campaign.code,
        "platform": here.it.partner.platform.slug,
        "amount": {"amount": 5000, "currency": "CNY"},
        "terms_version": "2026-01",
        "giver": {"name": "金丝雀下单人"},
        "message": "金丝雀订单留言",
        "receipt": {"title": "金丝雀下单人", "email": "canary.order@example.org"},
    }
    made = await here.client.post("/v1/fundraising/orders", json=here.order)
    assert made.status_code == 201, made.text
    template = "/v1/fundraising/orders/{number}"
    here.hand(template, number=made.json()["number"])
    here.secrets[template] = {"Order-Secret": made.json()["secret"]}


async def _certified(here: Lived) -> None:
    gift = here.it.gift(12_34, giver={"external_id": "u_thanked", "name": birds.THANKED, "show_name": False})
    await here.it.give(gift)
    donation = await here.session.get_one(Donation, gift.id)
    organization = here.it.partner.organization
    made = await certificates.issue(
        here.session, organization, donation, GIVEN.year, title=None, actor="test"
    )
    code = str((await certificates.read(here.session, made)).said["code"])
    checks = "/v1/fundraising/donation-certificate-checks/{number}/{code}"
    here.hand(checks, "/certificates/{number}/{code}", number=made.number, code=code)


async def _asks(app: FastAPI, here: Lived) -> None:
    at = here.it.partner.organization
    officer = await members.sign_in(app, here.session, Role.fundraising_officer, at)
    team = {"organization_id": str(at.id), "kind": "team", "code": f"T{new_code(8)}", "name": "募捐部一队"}
    made = await _post(here.client, "/v1/fundraising/fundraisers", team, officer)
    person = team | {"kind": "person", "code": f"Q{new_code(8)}", "name": "金丝雀劝募员"}
    await _post(here.client, "/v1/fundraising/fundraisers", person | {"parent_id": made["id"]}, officer)
    here.hand("/v1/fundraising/teams/{code}", code=team["code"])


async def _built(app: FastAPI, at: Till) -> str:
    fund = await at.fund(90_000_00)
    project = await budgeted(at, line(80_000_00, fund))
    guardian = {"name": "金丝雀监护人", "phone": "13577770002", "relation": "母亲"}
    guardian["agreed_at"] = "2026-03-01T10:00:00+08:00"
    told = {"phone": "13577770001", "address": "金丝雀村一组4711号", "guardian": guardian}
    who = await beneficiary(at, name="金丝雀受益人", document_number=birds.HELPED_NUMBER, **told)
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
    return str(who["id"])


async def _serves(app: FastAPI, here: Lived, codes: Path) -> None:
    desk: VolunteerOffice = await office(app, here.client, here.session, codes)
    who = await desk.volunteer(
        name=birds.SERVED,
        document_number=birds.SERVING_NUMBER,
        phone="13577770003",
        address="金丝雀路4712号",
        emergency_name="金丝雀紧急联系人",
        emergency_phone="13577770004",
    )
    here.desk, here.serving = desk, who["id"]
    team = await desk.team()
    await desk.post(f"/teams/{team['id']}/members", {"volunteer_id": who["id"]})
    await served(desk, who)
    await activity(desk, team_id=team["id"], responsible="金丝雀活动负责人")
    made = (await issue(desk, who)).json()
    code = await code_of(desk, made["id"])
    checks = "/v1/volunteers/certificate-checks/{number}/{code}"
    here.hand(checks, "/certificates/{number}/{code}", number=made["number"], code=code)


async def _complains(here: Lived) -> None:
    said = {
        "organization": here.at.organization.code,
        "subject_kind": "organization",
        "text": "金丝雀投诉内容",
        "contact": "金丝雀投诉人 13577770005",
    }
    made = await _post(here.client, "/v1/disclosure/complaints", said)
    here.hand("/v1/disclosure/complaints/{lookup_code}/progress", lookup_code=made["lookup_code"])
    here.hand("/complaints/{lookup_code}", lookup_code=made["lookup_code"])


async def _post(
    client: AsyncClient, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
) -> dict[str, Any]:
    answer = await client.post(path, json=body, headers=headers or {})
    assert answer.status_code in {200, 201}, answer.text
    return dict(answer.json())
