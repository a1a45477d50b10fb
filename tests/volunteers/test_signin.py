"""A volunteer's sign-in: a code on the telephone, and no way for a stranger to learn who is a volunteer."""

import re

from tests.volunteers.office import Office, person


async def register(desk: Office, **over: object) -> tuple[int, str]:
    body = {"organization_id": str(desk.organization.id), "person": person() | over}
    answer = await desk.client.post("/v1/volunteers/registrations", json=body)
    return answer.status_code, answer.text


async def test_who_registers_hears_of_it_on_the_telephone(desk: Office) -> None:
    told = person()
    assert await register(desk, **told) == (202, '{"received":true}')
    [message] = desk.messages()
    number, code = re.findall(r"V[0-9A-Z]{10}|[0-9]{6}(?![0-9A-Z])", message["text"])[:2]

    answer = await desk.client.post("/v1/volunteers/sign-ins", json={"number": number, "code": code})
    spent = await desk.client.post("/v1/volunteers/sign-ins", json={"number": number, "code": code})

    assert message["phone"] == f"+86{told['phone']}"
    assert answer.status_code == 200, answer.text
    assert (spent.status_code, spent.json()["code"]) == (401, "code-wrong")
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    me = (await desk.client.get("/v1/volunteers/me", headers=headers)).json()
    assert (me["name"], me["number"], me["checked_at"]) == (told["name"], number, None)


async def test_a_stranger_learns_nothing_from_the_answer(desk: Office) -> None:
    told = person()
    fresh = await register(desk, **told)
    known = await register(desk, **told)
    differs = await register(desk, **told | {"name": "别人", "phone": "13666666666"})

    assert fresh == known == differs
    assert {one["phone"] for one in desk.messages()} == {f"+86{told['phone']}"}
    unknown = await desk.client.post("/v1/volunteers/sign-in-codes", json={"phone": "13999999999"})
    assert (unknown.status_code, unknown.json()) == (202, {"received": True})


async def test_five_wrong_tries_are_enough(desk: Office) -> None:
    made = await desk.volunteer()
    await desk.client.post("/v1/volunteers/sign-in-codes", json={"phone": made["phone"]})
    code = re.findall(r"[0-9]{6}(?![0-9A-Z])", next(desk.messages())["text"])[-1]
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        tried = await desk.client.post(
            "/v1/volunteers/sign-ins", json={"number": made["number"], "code": wrong}
        )
        assert tried.status_code == 401
    right = await desk.client.post("/v1/volunteers/sign-ins", json={"number": made["number"], "code": code})
    assert right.status_code == 401


async def test_a_stay_is_prolonged_and_a_spent_token_ends_it(desk: Office) -> None:
    made = await desk.volunteer()
    await desk.client.post("/v1/volunteers/sign-in-codes", json={"phone": made["phone"]})
    code = re.findall(r"[0-9]{6}(?![0-9A-Z])", next(desk.messages())["text"])[-1]
    sent = {"number": made["number"], "code": code}
    first = (await desk.client.post("/v1/volunteers/sign-ins", json=sent)).json()

    async def refresh(token: str) -> tuple[int, dict]:
        answer = await desk.client.post("/v1/volunteers/sign-ins/refresh", json={"refresh_token": token})
        return answer.status_code, answer.json()

    status, second = await refresh(first["refresh_token"])
    reused, _ = await refresh(first["refresh_token"])
    after, _ = await refresh(second["refresh_token"])

    assert (status, reused, after) == (200, 401, 401)
    headers = {"Authorization": f"Bearer {second['access_token']}"}
    assert (await desk.client.get("/v1/volunteers/me", headers=headers)).status_code == 401


async def test_signing_out_ends_it_everywhere(desk: Office) -> None:
    made = await desk.volunteer()
    own = await desk.sign_in(made["phone"])
    assert (await own.get("/me")).status_code == 200
    assert (await own.client.delete("/v1/volunteers/sign-ins", headers=own.headers)).status_code == 204
    assert (await own.get("/me")).status_code == 401


async def test_volunteers_and_staff_have_doors_of_their_own(desk: Office) -> None:
    own = await desk.sign_in((await desk.volunteer())["phone"])
    assert (await desk.get("/me")).json()["code"] == "not-a-volunteer"
    for path in ("", "/teams"):
        assert (await own.get(path)).status_code == 403
    me = await own.client.get("/v1/me", headers=own.headers)
    assert (me.json()["kind"], me.json()["organizations"]) == ("volunteer", [])


async def test_without_a_way_to_send_nobody_registers(desk: Office) -> None:
    app = desk.client._transport.app
    app.state.sender = None
    status, told = await register(desk)
    assert status == 503
    assert "messages-not-sent" in told
