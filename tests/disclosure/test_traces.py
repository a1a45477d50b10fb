"""A gift is followed to where every fen of it is, by its code or its number on a bill."""

from datetime import date

import pytest
from httpx import AsyncClient, Response

from app.disclosure.traces import Whereabouts
from app.fundraising import corrections, suspense
from app.fundraising.models import Donation
from app.kit.database import WriteSession
from app.ledger import arrivals
from app.ledger.models import Arrival, ArrivalKind
from app.ledger.tracing import PlaceKind
from tests.disclosure.scenes import Scene, scene
from tests.factories import ledger


async def follow(client: AsyncClient, code: str) -> dict:
    answer = await client.get(f"/v1/disclosure/donations/{code}/trace")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def rest(client: AsyncClient, code: str, start: int) -> list[tuple[str, int]]:
    """The places of a gift from one of its fen on."""
    answer = (await client.get(f"/v1/disclosure/donations/{code}/trace?from={start}")).json()
    assert (answer["complete"], answer["next_from"]) == (False, None)
    return [(one["kind"], one["amount"]["amount"]) for one in answer["places"]]


def places(trace: dict) -> list[tuple[str, int, str]]:
    found = [(one["kind"], one["amount"]["amount"], one["basis"]) for one in trace["places"]]
    assert sum(amount for _, amount, _ in found) == trace["amount"]["amount"]
    return sorted(found)


async def test_a_gift_is_followed_to_what_it_paid_for(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    first, second = it.gift(60_00), it.gift(100_00)
    _, code = await it.give(first, second)
    await it.spend(90_00)

    trace = await follow(client, code)

    assert places(trace) == [("spent", 30_00, "fifo"), ("unspent", 70_00, "fifo")]
    spent = next(place for place in trace["places"] if place["kind"] == "spent")
    assert (spent["project_code"], spent["counterparty_code"]) == ("P-BRIDGE-1", None)
    assert spent["fund"]["code"] == (await it.fund()).code
    assert (spent["booked_on"], spent["arrived"]["amount"]) == ("2026-05-01", 0)
    assert spent["organization"]["name"] == "陕西省慈善协会"
    assert trace["campaign"]["code"] == it.campaign.code
    assert (trace["state"], trace["complete"], trace["demo"]) == ("posted", True, False)
    assert trace["booked_on"] == "2026-05-01"


async def test_the_only_gift_of_a_fund_is_known_by_its_purpose(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    [code] = await it.give(it.gift(100_00))
    receipt = await ledger.spend(session, it.books, await it.fund(), 40_00)
    await arrivals.record(
        session,
        Arrival(
            posting_id=receipt.postings[0].id,
            start=0,
            amount=15_00,
            kind=ArrivalKind.paid,
            arrived_on=date(2026, 5, 3),
            evidence="bank slip",
        ),
    )

    trace = await follow(client, code)

    assert places(trace) == [("spent", 40_00, "designated"), ("unspent", 60_00, "designated")]
    assert [place["arrived"]["amount"] for place in trace["places"]] == [15_00, 0]


async def test_a_partly_refunded_gift_still_adds_up(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    gift = it.gift(100_00)
    [code] = await it.give(gift)
    await it.spend(20_00)
    await it.refund(gift, 30_00)

    trace = await follow(client, code)

    assert sum(place[1] for place in places(trace) if place[0] == "refunded") == 30_00
    assert trace["refunded"]["amount"] == 30_00


async def test_pieces_in_one_place_read_as_one(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    first, second = it.gift(10_00), it.gift(10_00)
    _, code = await it.give(first, second)
    await it.refund(first, 5_00)
    await it.refund(second, 5_00)

    trace = await follow(client, code)

    kinds = [(place["kind"], place["basis"]) for place in trace["places"]]
    assert len(kinds) == len(set(kinds))
    assert {kind: amount for kind, amount, _ in places(trace)} == {"refunded": 5_00, "unspent": 5_00}


async def test_a_gift_in_suspense_waits_in_one_place(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    gift = it.gift(50_00, campaign="NOBODY-KNOWS")
    [code] = await it.give(gift)

    trace = await follow(client, code)

    assert places(trace) == [("suspense", 50_00, "designated")]
    assert (trace["campaign"], trace["state"]) == (None, "suspense")

    await it.refund(gift, 20_00)
    assert places(await follow(client, code)) == [
        ("refunded", 20_00, "designated"),
        ("suspense", 30_00, "designated"),
    ]
    assert await rest(client, code, 40_00) == [("refunded", 10_00)]
    donation = await session.get(Donation, gift.id)
    await suspense.claim(session, donation, it.campaign, actor="test")
    assert places(await follow(client, code)) == [
        ("refunded", 20_00, "designated"),
        ("unspent", 30_00, "designated"),
    ]
    assert await rest(client, code, 15_00) == [("refunded", 5_00), ("unspent", 30_00)]
    assert await rest(client, code, 45_00) == [("unspent", 5_00)]
    assert await rest(client, code, 50_00) == []


@pytest.mark.parametrize("campaign", [None, "NOBODY-KNOWS"])
async def test_a_voided_gift_reads_voided(
    client: AsyncClient, session: WriteSession, campaign: str | None
) -> None:
    it = await scene(session)
    gift = it.gift(50_00, campaign=campaign or it.campaign.code)
    [code] = await it.give(gift)
    donation = await session.get(Donation, gift.id)
    await corrections.void(session, donation, reason="误记", actor="test")

    trace = await follow(client, code)

    assert [place[:2] for place in places(trace)] == [("voided", 50_00)]


async def test_a_corrected_gift_is_followed_from_its_latest_entry(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    gift = it.gift(50_00)
    [code] = await it.give(gift)
    donation = await session.get(Donation, gift.id)
    await corrections.change_amount(session, donation, 40_00, reason="误记", actor="test")

    assert [place[:2] for place in places(await follow(client, code))] == [("unspent", 40_00)]
    # The bill still says what was told first.
    for amount in (50_00, 40_00):
        assert (await ask(client, it, gift.their_id, amount)).status_code == 200


async def test_a_transferred_gift_names_both_members(client: AsyncClient, session: WriteSession) -> None:
    it, other = await scene(session), await scene(session)
    [code] = await it.give(it.gift(100_00))
    sent, _ = await ledger.transfer(session, it.books, other.books, await it.fund(), 70_00)
    assert places(await follow(client, code))[0] == ("in_transit", 70_00, "designated")
    await ledger.receive(session, other.books, await other.fund(), sent)

    trace = await follow(client, code)

    assert [(p["organization"]["code"], p["amount"]["amount"], p["depth"]) for p in trace["places"]] == [
        (other.partner.organization.code, 70_00, 1),
        (it.partner.organization.code, 30_00, 0),
    ]


async def test_a_code_is_read_as_people_write_it(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    [code] = await it.give(it.gift())
    typed = code.lower().replace("0", "o").replace("1", "l")
    dashed = "-".join(typed[at : at + 5] for at in range(0, 20, 5))

    assert (await follow(client, dashed))["lookup_code"] == code


@pytest.mark.parametrize("code", ["0" * 20, "short", "U" * 20, "%E2%80%8B" * 7, "慈" * 20])
async def test_an_unknown_code_is_not_found(client: AsyncClient, session: WriteSession, code: str) -> None:
    await scene(session)
    answer = await client.get(f"/v1/disclosure/donations/{code}/trace")
    assert answer.status_code == 404
    assert answer.json()["code"] == "gift-not-found"


async def ask(client: AsyncClient, it: Scene, number: str, amount: int, **over: object) -> Response:
    order = {
        "platform": it.partner.platform.slug,
        "donation_id": number,
        "amount": {"amount": amount, "currency": "CNY"},
    }
    return await client.post("/v1/disclosure/traces", json=order | over)


async def test_the_number_on_a_bill_finds_the_gift(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    gift = it.gift(50_00)
    [code] = await it.give(gift)

    answer = await ask(client, it, gift.their_id, 50_00)

    assert answer.status_code == 200, answer.text
    assert answer.json() == await follow(client, code)
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize("number", ["T\n1", "T\n", "".join(map(chr, range(1, 32))), "\x7f", " "])
async def test_every_number_that_the_door_takes_finds_its_gift(
    client: AsyncClient, session: WriteSession, number: str
) -> None:
    it = await scene(session)
    code, _ = await it.give(*(it.gift(50_00, their_id=one) for one in (number, "T")))

    answer = await ask(client, it, number, 50_00)

    assert answer.status_code == 200, answer.text
    assert answer.json()["lookup_code"] == code


async def test_whatever_is_wrong_with_a_number_the_answer_is_the_same(
    client: AsyncClient, session: WriteSession
) -> None:
    it, other = await scene(session), await scene(session)
    gift = it.gift(50_00)
    await it.give(gift)

    wrong = [
        await ask(client, it, gift.their_id, 50_01),
        await ask(client, it, "T-UNKNOWN", 50_00),
        await ask(client, other, gift.their_id, 50_00),
        await ask(client, it, gift.their_id, 50_00, platform="nobody"),
    ]

    assert {answer.status_code for answer in wrong} == {404}
    assert len({answer.text for answer in wrong}) == 1


async def test_who_guesses_numbers_is_slowed_down(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    answers = [await ask(client, it, f"T-{number}", 1_00) for number in range(12)]

    assert [answer.status_code for answer in answers] == [404] * 10 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_every_place_of_the_books_can_be_told() -> None:
    assert {kind.value for kind in PlaceKind} | {"suspense"} == {kind.value for kind in Whereabouts}


async def test_a_gift_that_went_to_over_a_thousand_places_is_followed_to_its_end(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    [code] = await it.give(it.gift(2_000))
    await it.spend_singly(1_200)

    first = await follow(client, code)
    behind = f"{code}/trace?from={first['next_from']['amount']}"
    second = (await client.get(f"/v1/disclosure/donations/{behind}")).json()

    assert (first["complete"], second["complete"], second["next_from"]) == (False, False, None)
    amounts = [one["amount"]["amount"] for one in first["places"]]
    assert sum(amounts) == first["next_from"]["amount"]
    assert sum(amounts) + sum(one["amount"]["amount"] for one in second["places"]) == 2_000
    assert {one["kind"] for one in [*first["places"], *second["places"]]} == {"spent", "unspent"}
    page = (await client.get(f"/follow/{code}")).text
    assert f"/follow/{behind.replace('/trace', '')}" in page
    rest = (await client.get(f"/follow/{behind.replace('/trace', '')}")).text
    assert 'rel="next"' not in rest
    assert f'href="/follow/{code}"' in rest
