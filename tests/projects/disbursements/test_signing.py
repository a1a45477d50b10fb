"""Signing: a list that was signed counts people, each known one once, and its amounts add up."""

from datetime import timedelta
from typing import Any

from httpx import Response

from tests.projects.disbursements.test_reaching import routed
from tests.projects.helped import beneficiary, figures, give, given
from tests.projects.till import DAY, Till, money


async def signed(at: Till, paid: dict[str, Any], *rows: dict[str, Any]) -> Response:
    told = [{"name": f"村民{number}"} | row for number, row in enumerate(rows)]
    body = {"signed_on": DAY.isoformat(), "attachment_id": await at.file(), "rows": told}
    return await at.post(f"/disbursements/{paid['id']}/signed-lists", body)


async def test_a_signed_list_counts_people_and_its_amounts_add_up(at: Till) -> None:
    paid = await routed(at)
    one, other = await beneficiary(at), await beneficiary(at)

    made = await signed(
        at,
        paid,
        {"amount": money(30_00), "beneficiary_id": one["id"]},
        {"amount": money(10_00), "beneficiary_id": one["id"]},
        {"amount": money(20_00), "beneficiary_id": other["id"]},
        {"amount": money(5_00)},
        {"amount": money(5_00)},
    )

    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["row_count"], told["identified_count"], told["counted_count"]) == (5, 2, 2)
    assert told["amount"] == money(70_00)
    counted = await figures(at)
    assert counted["identified_person_count"] == 2
    assert (counted["identified_person_times"], counted["counted_only_person_times"]) == (3, 2)
    assert counted["amount"] == money(70_00)
    path = f"/disbursements/{paid['id']}"
    assert (await at.get(path)).json()["arrived"] == money(70_00)
    rows = (await at.get(f"{path}/signed-lists/{told['id']}/rows")).json()["items"]
    assert len({row["benefit_id"] for row in rows}) == 5
    assert sum(row["amount"]["amount"] for row in rows) == 70_00


async def test_help_that_is_recorded_already_is_signed_for_once_and_counted_once(at: Till) -> None:
    paid = await routed(at)
    project = {"id": paid["project_id"]}
    who = await beneficiary(at)
    money_, goods, other = await give(
        *(at, project),
        given(who, amount=money(30_00), given_on=DAY.isoformat()),
        given(who, amount=money(30_00), kind="goods", given_on=DAY.isoformat()),
        given(who, amount=money(31_00), given_on=DAY.isoformat()),
    )

    made = await signed(at, paid, {"amount": money(30_00), "benefit_id": money_})
    again = await signed(at, paid, {"amount": money(30_00), "benefit_id": money_})

    assert made.status_code == 201, made.text
    assert (made.json()["identified_count"], made.json()["counted_count"]) == (1, 0)
    assert (again.status_code, again.json()["code"]) == (409, "benefit-signed")
    assert (await figures(at))["identified_person_times"] == 3
    for benefit_id in (goods, other, who["id"]):
        unfit = await signed(at, paid, {"amount": money(30_00), "benefit_id": benefit_id})
        assert (unfit.status_code, unfit.json()["code"]) == (422, "benefit-unfit")
    assert (await at.get(f"/disbursements/{paid['id']}")).json()["arrived"] == money(30_00)


async def test_a_row_names_a_person_or_help_and_whoever_is_unknown_here_is_refused(at: Till) -> None:
    paid = await routed(at)
    who = await beneficiary(at)
    both = {"amount": money(1), "beneficiary_id": who["id"], "benefit_id": who["id"]}
    assert (await signed(at, paid, both)).status_code == 422
    unknown = await signed(at, paid, {"amount": money(1), "beneficiary_id": paid["id"]})
    assert unknown.json()["code"] == "beneficiary-unknown"


async def test_a_list_signed_after_the_project_was_stopped_is_a_fact(at: Till) -> None:
    paid = await routed(at)
    await at.made(f"/{paid['project_id']}/stop", {"reason": "停"})
    late = await signed(at, paid, {"amount": money(1_00)})
    assert late.status_code == 201, late.text
    ahead = {"signed_on": (DAY + timedelta(days=1)).isoformat(), "attachment_id": await at.file()}
    body = ahead | {"rows": [{"name": "甲", "amount": money(1_00)}]}
    assert (await at.post(f"/disbursements/{paid['id']}/signed-lists", body)).status_code == 422
