"""Whatever one sends: no fault of ours, and an answer as the OpenAPI document describes it."""

import base64
import json
from collections.abc import Iterator

import pytest
import requests
from schemathesis import GenerationMode
from sqlalchemy import select, text

from app.fundraising import donations
from app.kit.database import Database
from app.kit.vault import Vault
from app.organizations import callers, grants
from app.organizations.access import Role
from app.organizations.models import Grant, Scope
from app.organizations.visitors import visits
from app.settings import Settings
from app.volunteers.models import VolunteerStay
from app.volunteers.registry import stays
from app.wiring import handed_down
from tests.databases import Cluster
from tests.factories import fundraising as appeals
from tests.factories import organizations as make
from tests.factories import volunteering
from tests.factories import volunteers as people
from tests.fuzzing import PATIENCE, Ground, explore, operations, serving
from tests.webhooks.operators import platform_key
from tests.webhooks.platforms import partner

EXAMPLES = 16
_SECRET = base64.b64encode(bytes(range(32))).decode()
SETTINGS = Settings(
    environment="test",
    token_secret=_SECRET,
    vault_keys=f"test:{_SECRET}",
    vault_current_key="test",
    vault_index_key=base64.b64encode(bytes(32)).decode(),
)
# Whoever is told to have a second factor is let in nowhere until they have one: nothing would be left to try.
LOCKS_OUT = "change_second_factor_demands"
OPERATIONS = {name: one for name, one in operations(SETTINGS).items() if name != LOCKS_OUT}
TAKES = [
    name for name, one in OPERATIONS.items() if {"parameters", "requestBody"} & one.definition.raw.keys()
]
LOOKS = [name for name, one in OPERATIONS.items() if one.method == "get"]


@pytest.fixture(scope="module")
def ground(
    cluster: Cluster, template: str, vault: Vault, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    name = f"{template}_fuzz"
    cluster.drop(name)
    cluster.create(name, template=template)
    database = Database(cluster.url(name), pool_size=8, info={"vault": vault} | handed_down())
    codes = tmp_path_factory.mktemp("fuzz") / "codes.jsonl"
    with serving(SETTINGS, database, codes) as ground:
        ground.run(furnish(ground))
        ground.known["delivery_id"] = deliver(ground)
        yield ground
    cluster.drop(name)


async def furnish(ground: Ground) -> None:
    """Let there be something to find at most addresses."""
    async with ground.database.writing() as session:
        them = await partner(session)
        appeal = appeals.Appeal(
            organization_id=them.organization.id,
            platform_id=them.platform.id,
            channel=them.channel,
            campaign=them.campaign,
        )
        gifts = await donations.receive(session, [appeals.gift(appeal) for _ in range(5)])
        person = await make.staff(session, them.organization, Role.viewer)
        key, _ = await make.key(session, them.organization, Scope.projects)
        grant = await session.scalar(select(Grant.id).where(Grant.staff_id == person.id))
        ground.partner = them
        ground.known = {
            "organization_id": str(them.organization.id),
            "campaign_id": str(them.campaign.id),
            "channel_id": str(them.channel.id),
            "platform_id": str(them.platform.id),
            "donation_id": str(gifts[0].donation_id),
            "lookup_code": gifts[0].lookup_code or "",
            "staff_id": str(person.id),
            "key_id": str(key.id),
            "grant_id": str(grant),
            "code": them.campaign.code,
            "platform": them.platform.slug,
        } | await volunteering.surroundings(session, them.organization)


def deliver(ground: Ground) -> str:
    """Let the platform send a gift for a campaign that nobody knows; return the delivery's id."""
    assert ground.partner is not None
    event = json.dumps(ground.partner.event(campaign="NOBODY-KNOWS-IT")).encode()
    headers = ground.partner.headers(event)
    url = f"{ground.url}/v1/webhooks/{ground.partner.platform.slug}"
    told = requests.post(url, data=event, headers=headers, timeout=PATIENCE)
    assert told.json()["outcome"] == "suspense", told.text

    async def find() -> str:
        async with ground.database.reading() as session:
            return str(await session.scalar(text("select id from deliveries")))

    return ground.run(find())


async def person(ground: Ground) -> dict[str, str]:
    """A new admin who holds every other role too: little is refused before it is looked at.

    A new one each time: among what is tried are signing out and closing accounts.
    """
    assert ground.partner is not None
    async with ground.database.writing() as session:
        admin = await make.staff(session, ground.partner.organization)
        for role in Role:
            await grants.give(
                session,
                admin,
                ground.partner.organization,
                role=role,
                given_by="test",
                exception_reason="测试",
            )
        return await make.headers(ground.app, session, admin)


async def machine(ground: Ground, scope: Scope) -> dict[str, str]:
    assert ground.partner is not None
    async with ground.database.writing() as session:
        if scope is Scope.partner:
            return await platform_key(session, ground.partner)
        _, headers = await make.key(session, ground.partner.organization, scope)
        return headers


async def volunteer(ground: Ground) -> dict[str, str]:
    """A new volunteer who has signed in: among what is tried is being forgotten."""
    assert ground.partner is not None
    async with ground.database.writing() as session:
        who = await people.volunteer(session, ground.partner.organization)
        stay = VolunteerStay(volunteer_id=who.id)
        session.add(stay)
        await session.flush()
        return make.bearer(ground.app.state.issuer.issue(who.id, stay.id, stays.KIND))


async def visitor(ground: Ground) -> dict[str, str]:
    """Somebody who gave through the platform and has signed in there."""
    assert ground.partner is not None
    async with ground.database.writing() as session:
        headers = await platform_key(session, ground.partner)
        caller, _ = await callers.of_key(session, headers["Authorization"].removeprefix("Bearer "))
        visit = await visits.begin(session, caller, visits.Proof(platform_user="u_123"))
        assert visit is not None
        return make.bearer(ground.app.state.issuer.issue(visit.visitor_id, visit.id, visits.KIND))


def whoever(ground: Ground, operation: str) -> dict[str, str]:
    of_partners = "partner" in OPERATIONS[operation].definition.raw["tags"]
    if OPERATIONS[operation].path.startswith("/v1/volunteers/me"):
        return ground.run(volunteer(ground))
    if OPERATIONS[operation].path.startswith("/v1/fundraising/me"):
        return ground.run(visitor(ground))
    if "sign-in of the public" in OPERATIONS[operation].definition.raw["tags"]:
        return ground.run(machine(ground, Scope.front_end))
    return ground.run(machine(ground, Scope.partner) if of_partners else person(ground))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_admin_breaks_nothing(ground: Ground, operation: str) -> None:
    explore(OPERATIONS[operation], ground, whoever(ground, operation), GenerationMode.POSITIVE, EXAMPLES)


@pytest.mark.parametrize("operation", TAKES)
def test_nothing_wrong_is_accepted(ground: Ground, operation: str) -> None:
    explore(OPERATIONS[operation], ground, whoever(ground, operation), GenerationMode.NEGATIVE, EXAMPLES)


@pytest.mark.parametrize("operation", LOOKS)
def test_an_auditor_breaks_nothing(ground: Ground, operation: str) -> None:
    headers = ground.run(machine(ground, Scope.audit))
    explore(OPERATIONS[operation], ground, headers, GenerationMode.POSITIVE, EXAMPLES)
