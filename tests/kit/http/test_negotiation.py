"""Negotiation: a client's weights decide, and caches are told on what an answer depended."""

import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from httpx import ASGITransport, AsyncClient

from app.kit.errors import Conflict, Invalid
from app.kit.http import problems
from app.kit.http.doors import LateRoute, install
from app.kit.http.formats import Wanted
from app.kit.http.negotiation import preferences
from app.kit.http.requests import Requests
from app.kit.http.spreadsheets import wanted
from app.kit.sheets.workbooks import MEDIA_TYPE

router = APIRouter(prefix="/words", route_class=LateRoute)


@router.get("")
async def read_words(request: Request) -> str:
    """Answer in the language that was asked for."""
    return {"zh": "账簿", "en": "books"}[problems.language_of(request)]


@router.get("/table")
async def read_table(request: Request, form: Wanted) -> Response:
    """Answer in the form that was asked for, and in a language."""
    return Response(problems.language_of(request), media_type=form.value)


@router.get("/plain")
async def read_plain() -> str:
    """Answer alike to everybody."""
    return "plain"


@router.get("/refused/{kind}")
async def refuse(kind: str) -> None:
    """Refuse in both languages, or in one."""
    if kind == "both":
        raise Conflict("it is so", "事实如此", place=7)
    errors = [{"code": "odd", "detail": "it is odd"}, {"code": "even", "detail": "even", "detail_zh": "偶数"}]
    raise Invalid("one language only", errors=errors)


def reach() -> AsyncClient:
    app = FastAPI()
    problems.install(app)
    install(app, [router])
    app.add_middleware(Requests)
    return AsyncClient(transport=ASGITransport(app), base_url="http://test")


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("", []),
        ("en, zh", ["en", "zh"]),
        ("EN;q=0.5, zh", ["zh", "en"]),
        ("en;q=0.1,zh;q=0.9,de;q=0", ["zh", "en"]),
        ("text/html;level=1;q=0.4, text/plain; q=0.5", ["text/plain", "text/html"]),
        ("a;q=1.5, b;q=nan, c;q=much, d;q=-1, e", ["e"]),
    ],
)
def test_what_weighs_most_comes_first_and_what_weighs_nothing_not_at_all(said: str, named: list[str]) -> None:
    assert preferences(said) == named


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("en;q=0.5, zh-CN;q=0.9", "zh"),
        ("zh;q=0.5, en-GB", "en"),
        ("fr, zh;q=0.2", "zh"),
        ("zh;q=0, fr", "en"),
        ("zhx, enx", "en"),
        ("*", "en"),
    ],
)
async def test_a_language_is_chosen_by_its_weight(said: str, language: str) -> None:
    async with reach() as client:
        answer = await client.get("/words", headers={"Accept-Language": said})
    assert answer.json() == {"zh": "账簿", "en": "books"}[language]


def test_a_workbook_is_handed_out_if_it_weighs_more_than_json() -> None:
    assert wanted(f"application/json;q=0.5, {MEDIA_TYPE}")
    assert not wanted(f"{MEDIA_TYPE};q=0.5, application/json")
    assert not wanted(f"{MEDIA_TYPE};q=0")


async def test_an_answer_tells_on_which_headers_it_depended() -> None:
    async with reach() as client:
        told = [
            (await client.get(path, headers={"Accept": MEDIA_TYPE})).headers.get("vary")
            for path in ("/words", "/words/table", "/words/plain", "/words/refused/both", "/words/nothing")
        ]
    assert told == ["Accept-Language", "Accept, Accept-Language", None, "Accept-Language", "Accept-Language"]


async def test_a_chinese_refusal_holds_no_english_sentence() -> None:
    async with reach() as client:
        told = {
            language: [
                (await client.request(*asked, headers={"Accept-Language": language})).json()
                for asked in (
                    ("GET", "/words/refused/both"),
                    ("GET", "/words/refused/one"),
                    ("GET", "/words/nothing"),
                    ("DELETE", "/words"),
                )
            ]
            for language in ("zh", "en")
        }

    assert [one.get("detail") for one in told["en"]] == ["it is so", "one language only", None, None]
    assert [one.get("detail") for one in told["zh"]] == ["事实如此", None, None, None]
    assert told["zh"][0]["place"] == told["en"][0]["place"] == 7
    assert [one["detail"] for one in told["en"][1]["errors"]] == ["it is odd", "even"]
    assert [one["detail"] for one in told["zh"][1]["errors"]] == ["取值不符合要求", "偶数"]
