"""Loading: the whole of it but for the gifts, which may come by the million and by several processes."""

from app.fundraising import donations
from app.kit.database import WriteSession
from app.projects.models import ProjectCategory
from tests.shaanxi import using, working
from tests.shaanxi.federation import Federation, found, gifts
from tests.shaanxi.numbers import PEOPLE, Scale

PEOPLE_AT_ONCE = 20_000


async def load(session: WriteSession, scale: Scale) -> Federation:
    """Load everything in one go, for a scale that is small enough for it."""
    here = await found(session, scale)
    for stream in here.streams:
        outcomes = await donations.receive(session, list(gifts(stream, range(stream.count))))
        assert {one.kind for one in outcomes} == {"posted"}
    await rest(session, here, scale)
    return here


async def rest(session: WriteSession, here: Federation, scale: Scale) -> None:
    """Use what was given, and do everything else that a year is made of."""
    head = here.province.organization
    own, theirs = await working.projects(session, here)
    await using.use(session, here, scale, own, theirs)
    people = PEOPLE // scale.people
    for start in range(0, people, PEOPLE_AT_ONCE):
        many = min(PEOPLE_AT_ONCE, people - start)
        await working.help_people(session, head, own[ProjectCategory.education], many)
    await working.volunteer(session, here, scale)
    await working.collect_clothes(session, head, scale)
    await working.settle_villages(session, here.counties)
    await working.plan_bridges(session, head, own[ProjectCategory.transport])
