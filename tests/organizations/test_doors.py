"""Organizations and people over HTTP."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.organizations import grants, organizations, people
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import organizations as make

Tree = tuple[Organization, Organization, Organization, Organization]


@pytest.fixture
async def tree(session: WriteSession) -> Tree:
    return await make.tree(session)


@pytest.fixture
async def admin(app: FastAPI, session: WriteSession, tree: Tree) -> dict[str, str]:
    """The province's admin."""
    return await make.sign_in(app, session, Role.admin, tree[0])


def joining(parent: Organization, **over: object) -> dict[str, object]:
    said = {"parent_id": str(parent.id), "code": "610700", "name": "汉中市慈善会", "tier": "city"}
    return said | {"region_code": "610700", "legal_form": "association"} | over


async def test_a_member_joins_with_its_first_admin(
    client: AsyncClient, tree: Tree, admin: dict[str, str]
) -> None:
    body = joining(tree[0], admin={"username": "Hanzhong.Admin", "name": "管理员"})
    joined = await client.post("/v1/organizations", json=body, headers=admin)

    assert joined.status_code == 201, joined.text
    assert joined.json()["organization"]["chart_version"] == "2026"
    chosen = {"token": joined.json()["password_link"]["token"], "new_password": make.PASSWORD}
    assert (await client.post("/v1/auth/password", json=chosen)).status_code == 204
    form = {"username": "hanzhong.admin", "password": make.PASSWORD}
    pair = (await client.post("/v1/auth/token", data=form)).json()
    me = (await client.get("/v1/me", headers=make.bearer(pair["access_token"]))).json()
    assert [(place["code"], place["roles"]) for place in me["organizations"]] == [("610700", ["admin"])]


@pytest.mark.parametrize(
    ("over", "status", "code"),
    [
        ({"tier": "province"}, 422, "parent-not-above"),
        ({"region_code": "999999"}, 422, "region-unknown"),
        ({"uscc": "52620600MJY949356A"}, 422, "credit-code-invalid"),
        ({"code": "-"}, 422, "malformed"),
        ({"name": "\x00"}, 422, "not-strict-json"),
        ({"name": "\x07"}, 422, "malformed"),
        ({"nmae": "x"}, 422, "malformed"),
        ({"parent_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0001"}, 404, "out-of-sight"),
    ],
)
async def test_what_cannot_be_so_is_refused(
    client: AsyncClient, tree: Tree, admin: dict[str, str], over: dict[str, str], status: int, code: str
) -> None:
    answer = await client.post("/v1/organizations", json=joining(tree[0], **over), headers=admin)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_code_is_taken_once(client: AsyncClient, tree: Tree, admin: dict[str, str]) -> None:
    answers = [await client.post("/v1/organizations", json=joining(tree[0]), headers=admin) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 409]
    chinese = await client.post(
        "/v1/organizations", json=joining(tree[0]), headers=admin | {"Accept-Language": "zh-CN"}
    )
    assert chinese.json()["title"] == "该组织代码已被使用"


async def test_lists_are_paged_filtered_and_sorted(
    client: AsyncClient, session: WriteSession, tree: Tree, admin: dict[str, str]
) -> None:
    province, city, county, beside = tree
    await organizations.change(session, beside, name="安康市慈善会", name_en="Ankang Charity")

    async def codes(**asked: str) -> list[str]:
        found: list[str] = []
        while True:
            answer = (await client.get("/v1/organizations", params=asked, headers=admin)).json()
            found += [one["code"] for one in answer["items"]]
            if answer["next_cursor"] is None:
                return found
            asked["cursor"] = answer["next_cursor"]

    every = sorted(one.code for one in tree)
    assert await codes() == every
    assert await codes(limit="1") == every
    assert await codes(sort="-code", limit="3") == every[::-1]
    assert await codes(tier="county") == [county.code]
    assert await codes(parent_id=str(city.id)) == [county.code]
    assert await codes(region_code="610000") == [province.code]
    assert await codes(q="安康") == await codes(q="ankang") == [beside.code]
    assert await codes(q=city.code.lower()) == [city.code]
    assert await codes(q="%") == []
    below = await client.get(f"/v1/organizations/{city.id}/subtree", headers=admin)
    assert {one["code"] for one in below.json()["items"]} == {city.code, county.code}


async def test_unknown_parameters_are_refused(client: AsyncClient, admin: dict[str, str]) -> None:
    answer = await client.get("/v1/organizations", params={"teir": "city"}, headers=admin)
    assert answer.status_code == 422


async def test_a_change_names_the_version_it_was_made_on(
    app: FastAPI, client: AsyncClient, session: WriteSession, tree: Tree
) -> None:
    city = tree[1]
    admin = await make.sign_in(app, session, Role.admin, city)
    address = f"/v1/organizations/{city.id}"
    read = await client.get(address, headers=admin)
    assert [one["id"] for one in read.json()["ancestors"]] == [str(tree[0].id)]

    without = await client.patch(address, json={"name": "新名"}, headers=admin)
    assert (without.status_code, without.json()["code"]) == (428, "version-not-stated")
    named = admin | {"If-Match": read.headers["etag"]}
    changed = await client.patch(address, json={"name": "新名"}, headers=named)
    assert (changed.status_code, changed.json()["name"]) == (200, "新名")
    assert changed.headers["etag"] != read.headers["etag"]
    stale = await client.patch(address, json={"name": "旧名"}, headers=named)
    assert (stale.status_code, stale.json()["code"]) == (412, "version-stale")


@pytest.mark.parametrize(
    "body", [{"name": None}, {"code": "X"}, {"tier": "county"}, {"books_from": "2020-01-01"}]
)
async def test_what_never_changes_cannot_be_changed(
    app: FastAPI, client: AsyncClient, session: WriteSession, tree: Tree, body: dict[str, str]
) -> None:
    admin = await make.sign_in(app, session, Role.admin, tree[1])
    answer = await client.patch(
        f"/v1/organizations/{tree[1].id}", json=body, headers=admin | {"If-Match": '"1"'}
    )
    assert answer.status_code == 422


async def test_both_parents_admin_moves_a_member(
    app: FastAPI, client: AsyncClient, session: WriteSession, tree: Tree, admin: dict[str, str]
) -> None:
    province, city, county, _ = tree
    address, body = f"/v1/organizations/{county.id}/parent", {"parent_id": str(province.id)}
    half = await client.post(address, json=body, headers=await make.sign_in(app, session, Role.admin, city))
    assert half.status_code == 404
    person = await make.staff(session, province, Role.admin)
    await grants.give(session, person, city, role=Role.admin, given_by="test")
    moved = await client.post(address, json=body, headers=await make.headers(app, session, person))
    assert moved.json()["parent_id"] == str(province.id)
    wrong = await client.post(
        f"/v1/organizations/{city.id}/parent", json={"parent_id": str(city.id)}, headers=admin
    )
    assert wrong.status_code == 403


async def test_people_are_made_listed_closed_and_opened(
    app: FastAPI, client: AsyncClient, session: WriteSession, tree: Tree, admin: dict[str, str]
) -> None:
    address = f"/v1/organizations/{tree[0].id}/people"
    made = await client.post(address, json={"username": "wang.li", "name": "王会计"}, headers=admin)
    assert made.status_code == 201
    person = made.json()["person"]
    taken = await client.post(address, json={"username": "WANG.LI", "name": "另一人"}, headers=admin)
    assert (taken.status_code, taken.json()["code"]) == (409, "username-taken")
    weak = {"username": "li.li", "name": "李", "initial_password": "short"}
    assert (await client.post(address, json=weak, headers=admin)).json()["code"] == "password-too-weak"

    found = await client.get(address, params={"q": "王"}, headers=admin)
    assert [one["username"] for one in found.json()["items"]] == ["wang.li"]
    closed = await client.post(f"{address}/{person['id']}/disablement", headers=admin)
    assert closed.json()["disabled_at"] is not None
    assert (await client.get(address, params={"disabled": "true"}, headers=admin)).json()["items"] != []
    refused = await client.post(f"{address}/{person['id']}/password-reset", headers=admin)
    assert (refused.status_code, refused.json()["code"]) == (409, "person-disabled")
    opened = await client.delete(f"{address}/{person['id']}/disablement", headers=admin)
    assert opened.json()["disabled_at"] is None
    link = await client.post(f"{address}/{person['id']}/password-reset", headers=admin)
    assert link.status_code == 201


async def test_no_admin_below_takes_over_somebody_above(
    app: FastAPI, client: AsyncClient, session: WriteSession, tree: Tree
) -> None:
    province, _, county, _ = tree
    person = await make.staff(session, county)
    await grants.give(session, person, province, role=Role.admin, given_by="test")
    address = f"/v1/organizations/{county.id}/people/{person.id}/password-reset"
    answer = await client.post(address, headers=await make.sign_in(app, session, Role.admin, county))
    assert (answer.status_code, answer.json()["code"]) == (403, "person-holds-more")


async def test_create_admin_can_sign_in_at_once(
    client: AsyncClient, session: WriteSession, tree: Tree
) -> None:
    person = await people.create_admin(session, "the.admin", make.PASSWORD, tree[0])
    form = {"username": "the.admin", "password": make.PASSWORD}
    pair = (await client.post("/v1/auth/token", data=form)).json()
    me = (await client.get("/v1/me", headers=make.bearer(pair["access_token"]))).json()
    assert (me["id"], me["organizations"][0]["roles"]) == (str(person.id), ["admin"])
