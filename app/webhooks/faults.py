"""Faults: where a message breaks its contract, told without a word of what it says."""

from pydantic import ValidationError

from app.kit.chinese.faults import WORDS, said


def faults(error: ValidationError, under: str) -> list[dict[str, str]]:
    """Return the places of a message's faults below `under`. Never the input: it may hold a name."""
    return [
        {
            "pointer": "/".join([under, *(str(part) for part in fault["loc"])]),
            "code": fault["type"],
            "detail": fault["msg"],
            "detail_zh": said(fault["type"], fault.get("ctx", {})),
        }
        for fault in error.errors(include_input=False, include_url=False)
    ]


def fault(pointer: str, code: str, detail: str, detail_zh: str) -> list[dict[str, str]]:
    """Return the one fault of a message, as `errors` holds it."""
    return [{"pointer": pointer, "code": code, "detail": detail, "detail_zh": detail_zh}]


def missing(pointer: str) -> list[dict[str, str]]:
    """Return the one fault of a message that lacks a member, told as pydantic tells it."""
    return fault(pointer, "missing", "Field required", WORDS["missing"])
