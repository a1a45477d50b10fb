"""The demo's council: people called by their posts, and an organization that may be read in full."""

from datetime import timedelta

from app.cli.samples.governing import council
from app.disclosure.governance import compiled
from app.disclosure.models import PUBLISHED_STANDARDS
from app.kit.clock import today
from app.kit.database import WriteSession
from tests.disclosure.obligations.scenes import association


async def test_the_demos_roster_invents_nobody(session: WriteSession) -> None:
    member = await association(session, books_from="2020-01-01")
    await council.load(session, member)

    found = await compiled.basic_information(session, member, today())

    called = {found.names[one.officer_id] for one in found.roster}
    assert len(found.roster) == 15
    assert all(name.startswith("演示") for name in called)
    # An honour without consent is not told of.
    assert council.HONOURED not in called
    assert found.charter is not None
    assert [one.number for one in found.terms] == [council.NUMBER] * 2
    assert {one.kind for one in found.standards} > PUBLISHED_STANDARDS
    assert [len(one) for one in (found.units, found.related)] == [1, 1]
    dealt_in = (today() - timedelta(days=10)).year
    dealt = (await compiled.related_parties(session, member, dealt_in)).events
    assert [one.amount_minor for one in dealt] == [12_000_000]
