"""A body from outside is read in one way only, or not at all."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from app.kit.http.strict_json import NotStrictJson, parse

REFUSED = {
    "nothing": (b"", "not JSON"),
    "blank": (b"  ", "not JSON"),
    "not UTF-8": (b'"\xff"', "not UTF-8"),
    "a surrogate as bytes": (b'"\xed\xa0\x80"', "not UTF-8"),
    "an overlong NUL": (b'"\xc0\x80"', "not UTF-8"),
    "UTF-16": ('{"a":1}'.encode("utf-16"), "not UTF-8"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "not JSON"),
    "a member twice": (b'{"a":1,"a":2}', "twice"),
    "a member twice, once escaped": (b'{"a":1,"\\u0061":2}', "twice"),
    "a member twice, deep inside": (b'{"x":[{"a":1,"a":1}]}', "twice"),
    "a NUL as it is": (b'"\x00"', "not JSON"),
    "a NUL between tokens": (b"[1,\x002]", "not JSON"),
    "a NUL escaped": (b'["\\u0000"]', "NUL"),
    "a NUL in a name": (b'{"a\\u0000":1}', "NUL"),
    "a NUL deep inside": (b'{"a":[[{"b":"x\\u0000y"}]]}', "NUL"),
    "a high surrogate alone": (b'"\\ud83d"', "half a character"),
    "a low surrogate alone": (b'"\\uDE00x"', "half a character"),
    "surrogates in the wrong order": (b'"\\ude00\\ud83d"', "half a character"),
    "a surrogate in a name": (b'{"\\ud800":1}', "half a character"),
    "NaN": (b"[NaN]", "NaN"),
    "Infinity": (b"Infinity", "NaN"),
    "-Infinity": (b'{"a":-Infinity}', "NaN"),
    "beyond a double": (b"1e309", "out of range"),
    "below a double": (b"1e-309", "out of range"),
    "an absurd exponent": (b"1e99999999999999999999999", "out of range"),
    "100,000 nested arrays": (b"[" * 100_000 + b"]" * 100_000, "deeper"),
    "100,000 nested objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "deeper"),
    "100,000 arrays never closed": (b"[" * 100_000, "deeper"),
    "33 nested arrays": (b"[" * 33 + b"]" * 33, "deeper"),
    "33 deep in turns": (b'[{"a":' * 17 + b"1" + b"}]" * 17, "deeper"),
    "an integer of 5,000 digits": (b"9" * 5000, "not JSON"),
    "a second text": (b"{}{}", "not JSON"),
    "trailing comma": (b"[1,]", "not JSON"),
    "single quotes": (b"{'a':1}", "not JSON"),
    "a comment": (b"{}//", "not JSON"),
    "a leading zero": (b"[01]", "not JSON"),
    "a plus sign": (b"[+1]", "not JSON"),
    "a bare fraction": (b"[.5]", "not JSON"),
    "a digit of another script": ("[١]".encode(), "not JSON"),
    "a line break in a text": (b'"a\nb"', "not JSON"),
    "a no-break space between tokens": ("[1,\u00a02]".encode(), "not JSON"),
}


@pytest.mark.parametrize(("raw", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_could_be_read_in_two_ways_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(NotStrictJson) as refusal:
        parse(raw)
    assert reason in refusal.value.detail


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b' {"a":1} \n', {"a": 1}),
        (b'{"a":{"a":1},"b":{"a":1}}', {"a": {"a": 1}, "b": {"a": 1}}),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        (b'"\\\\u0000"', "\\u0000"),
        (b"[" * 32 + b"]" * 32, json.loads("[" * 32 + "]" * 32)),
        (b"[" + b"[]," * 100 + b"[]]", [[]] * 101),
        (b'"' + b"[" * 100 + b'"', "[" * 100),
        (b"9223372036854775808", 2**63),
        (b"-0", 0),
        (b"true", True),
        (b"null", None),
    ],
)
def test_what_can_be_read_in_one_way_is_read(raw: bytes, value: object) -> None:
    assert parse(raw) == value


def test_the_depth_allowed_can_be_chosen() -> None:
    assert parse(b"[[1]]", max_depth=2) == [[1]]
    with pytest.raises(NotStrictJson, match="deeper than 1"):
        parse(b"[[1]]", max_depth=1)


def test_a_refusal_does_not_quote_the_body() -> None:
    with pytest.raises(NotStrictJson) as refusal:
        parse(b'{"name":"Wang Xiaoming" "phone":1}')
    assert "Wang" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


class Amount(BaseModel):
    model_config = ConfigDict(strict=True)

    amount: int


@pytest.mark.parametrize("written", [b"100.0", b"1e2", b"1E+2", b"0.1", b'"100"', b"true", b"null"])
def test_a_strict_schema_sees_that_a_number_was_not_whole(written: bytes) -> None:
    with pytest.raises(ValidationError):
        Amount.model_validate(parse(b'{"amount":' + written + b"}"))


def test_numbers_keep_every_digit() -> None:
    assert parse(b"[0.1,1e2,12345678901234567890.125]") == [
        Decimal("0.1"),
        Decimal(100),
        Decimal("12345678901234567890.125"),
    ]


CLEAN = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**80), 2**80) | CLEAN,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(CLEAN, inner, max_size=5),
    max_leaves=20,
)


@given(VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_what_was_written_comes_back_equal(value: Any, ascii_only: bool, indent: int | None) -> None:
    assert parse(json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode(), max_depth=100) == value


@given(st.binary(max_size=60) | st.text(alphabet='[]{}",:\\u0d8eE+-.1tn ', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused_and_nothing_else(raw: bytes) -> None:
    try:
        value = parse(raw)
    except NotStrictJson:
        return
    json.dumps(value, default=float, ensure_ascii=False).encode()
