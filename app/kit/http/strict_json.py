"""Strict JSON: what outsiders send, read so that no two programs can understand it differently."""

import json
import re
from collections.abc import Sequence
from decimal import Decimal, DecimalException
from typing import Any, NoReturn

from app.kit.errors import Malformed

DEPTH_MAX = 32
EXPONENT_MAX = 308
"""Beyond it a number no longer fits a double, and half the world's parsers would read it as infinite."""

_UNTELLABLE = re.compile("[\x00\ud800-\udfff]")


class NotStrictJson(Malformed):
    """The body is not JSON that can be read in only one way."""

    title_zh = "请求体不是无歧义的 JSON"


def parse(raw: bytes, *, max_depth: int = DEPTH_MAX) -> Any:  # noqa: ANN401 - JSON may be anything
    """Read one JSON text from raw bytes, or refuse.

    Refused are invalid UTF-8, members that occur twice, NUL, lone surrogates, NaN and Infinity, numbers
    beyond a double, nesting deeper than `max_depth`, anything after the text. A number with a fraction or an
    exponent comes back as a Decimal, so that a strict schema for whole numbers refuses `1.0` and `1e2`.
    """
    try:
        value = _DECODER.decode(raw.decode())
    except UnicodeDecodeError:
        raise NotStrictJson("The body is not UTF-8.", "请求体不是 UTF-8 编码") from None
    except RecursionError:
        raise _too_deep(max_depth) from None
    except ValueError:
        # Also integers of more digits than Python reads; the error's own words would quote the body.
        raise NotStrictJson("The body is not JSON.", "请求体不是 JSON") from None
    # Only an escape can smuggle in what UTF-8 and the grammar refuse, and depth needs brackets: most honest
    # bodies have few of either and are never walked.
    if b"\\u" in raw or raw.count(b"[") + raw.count(b"{") > max_depth:
        _inspect(value, max_depth)
    return value


def _inspect(value: object, max_depth: int) -> None:
    level: list[Any] = [value]
    depth = 0
    while level:
        below: list[Any] = []
        nested = False
        for item in level:
            if isinstance(item, str):
                _inspect_text(item)
            elif isinstance(item, dict):
                nested = True
                below += item
                below += item.values()
            elif isinstance(item, list):
                nested = True
                below += item
        depth += nested
        if depth > max_depth:
            raise _too_deep(max_depth)
        level = below


def _inspect_text(text: str) -> None:
    found = _UNTELLABLE.search(text)
    if found:
        if found[0] == "\x00":
            raise NotStrictJson("A text holds a NUL character.", "文本中含有 NUL 字符")
        raise NotStrictJson("A text holds half a character.", "文本中含有不完整的字符")


def _too_deep(max_depth: int) -> NotStrictJson:
    return NotStrictJson(f"The body is nested deeper than {max_depth}.", f"请求体嵌套超过 {max_depth} 层")


def _members(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise NotStrictJson("A member occurs twice in one object.", "同一对象中有重复的成员")
    return members


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except DecimalException:
        raise NotStrictJson("A number is out of range.", "数字超出范围") from None
    if number and abs(number.adjusted()) > EXPONENT_MAX:
        raise NotStrictJson("A number is out of range.", "数字超出范围")
    return number


def _constant(_name: str) -> NoReturn:
    raise NotStrictJson("NaN and Infinity are not numbers of JSON.", "NaN 和 Infinity 不是 JSON 数字")


_DECODER = json.JSONDecoder(object_pairs_hook=_members, parse_float=_decimal, parse_constant=_constant)
