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


def fault(pointer: str, code: str, detail: str) -> list[dict[str, str]]:
    """Return the one fault of a message, as `errors` holds it."""
    told = {"pointer": pointer, "code": code, "detail": detail}
    return [told | {"detail_zh": WORDS[code]} if code in WORDS else told]
