"""The federation's page, a member's, and the year on the front page."""

from datetime import date, timedelta
from io import BytesIO

from httpx import AsyncClient
from openpyxl import load_workbook

from app.disclosure import years
from app.disclosure.models import Obligation, SubjectKind
from app.disclosure.rules.law import Mark
from app.disclosure.years import Month, Sums
from app.fundraising.models import CampaignDay
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import periods
from tests.disclosure.scenes import Scene, scene
from tests.factories import organizations
from tests.site.pages import Sheet


async def text_of(client: AsyncClient, path: str) -> str:
    page = await client.get(path)
    assert page.status_code == 200, page.text
    return Sheet(page.text).text


async def test_the_federation_is_shown_from_its_head_down(client: AsyncClient, session: WriteSession) -> None:
    head = await organizations.organization(session, name="省慈善会")
    city = await organizations.organization(session, parent=head, name="市慈善会")
    county = await organizations.organization(session, parent=city, name="县慈善会", name_en="County")

    page = (await client.get("/organizations")).text

    places = [page.index(f'href="/organizations/{one.code}"') for one in (head, city, county)]
    assert places == sorted(places)
    assert "County" in await text_of(client, "/organizations?lang=en")


async def test_a_member_says_who_it_is(client: AsyncClient, session: WriteSession) -> None:
    head = await organizations.organization(session, name="省慈善会")
    code = "51610000MJF0000041"
    city = await organizations.organization(session, parent=head, name="市慈善会", uscc=code)

    text = await text_of(client, f"/organizations/{city.code}")

    for words in ("市慈善会", "省慈善会", city.uscc, "社会团体", "西安市", "尚无募捐活动"):
        assert words in text, words
    assert "Association" in await text_of(client, f"/organizations/{city.code}?lang=en")
    assert (await client.get("/organizations/NOBODY")).status_code == 404


async def received(session: WriteSession, it: Scene, *days: tuple[date, int]) -> None:
    """What days brought a campaign, as donations leave it there."""
    for day, fen in days:
        at = {"campaign_id": it.campaign.id, "channel_id": it.partner.channel.id, "day": day}
        session.add(CampaignDay(**at, raised=fen, gift_count=1, refunded=0, refund_count=0))
    await session.flush()


async def test_a_year_stands_beside_the_same_days_of_the_year_before(session: WriteSession) -> None:
    it, other = await scene(session), await scene(session)
    await received(
        session,
        it,
        (date(2025, 5, 20), 100_00),
        (date(2025, 5, 21), 700_00),
        (date(2025, 8, 1), 900_00),
        (date(2024, 12, 31), 5_00),
        (date(2026, 1, 1), 30_00),
        (date(2026, 5, 20), 120_00),
        (date(2026, 5, 21), 1_00),
    )
    await received(session, other, (date(2026, 2, 1), 50_00))
    day = date(2026, 5, 20)

    year = await years.so_far(session, day, it.partner.organization.id)
    everyone = await years.so_far(session, day)

    assert (year.now, year.before) == (Sums(150_00, 0, 2), Sums(100_00, 0, 1))
    assert year.growth_basis_points == 5_000
    assert year.months[0] == Month(1, 30_00, 0)
    assert year.months[4] == Month(5, 120_00, 800_00)
    assert year.months[7] == Month(8, 0, 900_00)
    assert everyone.now == Sums(200_00, 0, 3)
    leap = await years.so_far(session, date(2028, 2, 29))
    assert (leap.now, leap.growth_basis_points) == (Sums(), None)


async def test_the_front_page_shows_the_year_and_finds_members(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session, title="助学")
    await received(session, it, (today(), 88_00), (today().replace(year=today().year - 1, day=1), 44_00))

    text = await text_of(client, "/")
    assert f"{today().year}年至今" in text
    assert "¥88.00" in text
    assert "+100%" in text
    found = await text_of(client, f"/?q={it.partner.organization.name}")
    assert "相关慈善会" in found
    assert it.partner.organization.name in found


async def owes(session: WriteSession, it: Scene, days: int, **over: object) -> Obligation:
    due = today() + timedelta(days=days)
    values = {
        "organization_id": it.partner.organization.id,
        "rule_id": "OB-B5",
        "regulation": "CL-2023",
        "mark": Mark.a,
        "subject_kind": SubjectKind.campaign,
        "subject_id": new_id(),
        "subject": f"关于{days}",
        "number": 1,
        "trigger_on": due - timedelta(days=90),
        "due_on": due,
        "rolled_on": due,
        "complete": True,
    }
    one = Obligation(**(values | over))
    session.add(one)
    await session.flush()
    return one


async def test_what_is_due_and_late_is_shown_where_it_is_sure(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    await owes(session, it, 10)
    await owes(session, it, -40)
    await owes(session, it, 11, mark=Mark.b)
    await owes(session, it, 12, complete=False)
    await owes(session, it, 45)
    await owes(session, it, -50, complete=False)
    await owes(session, it, 13, subject_kind=SubjectKind.trust)
    await owes(session, it, -60, subject_kind=SubjectKind.trust)

    for path in ("/", f"/organizations/{it.partner.organization.code}"):
        text = await text_of(client, path)
        late, _, soon = text.partition("已逾期")[2].partition("即将到期")
        assert "公开募捐进展情况" in late
        assert ("关于-40" in late, "关于10" in soon) == (True, True), path
        for hidden in ("关于11", "关于12", "关于45", "关于-50", "关于13", "关于-60"):
            assert hidden not in text, (path, hidden)
    english = await text_of(client, "/?lang=en")
    assert "Progress of a public campaign" in english


async def test_closed_months_are_handed_out_as_workbooks(client: AsyncClient, session: WriteSession) -> None:
    it = await organizations.organization(session)
    path = f"/organizations/{it.code}"
    assert "会计报表" not in await text_of(client, path)
    await periods.close(session, it.id, date(2026, 1, 1))

    page = (await client.get(path)).text
    book = await client.get(f"{path}/statements/2026-01.xlsx")

    assert f'href="{path}/statements/2026-01.xlsx"' in page
    assert book.headers["content-type"].endswith("spreadsheetml.sheet")
    assert "资产负债表" in load_workbook(BytesIO(book.content)).sheetnames[0]
    still_open = await client.get(f"{path}/statements/2026-02.xlsx")
    assert still_open.status_code == 409
    assert still_open.headers["content-type"].startswith("text/html")
