"""Remarks: what an order was given along for its way through a payment platform, and brings back with it."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlencode

from app.kit.fields import CODE

_CODE = re.compile(CODE)


@dataclass(frozen=True, slots=True)
class Remark:
    """The campaign that a payment is for, and its use and its canvasser if the donor chose one."""

    campaign: str = ""
    designation: str | None = None
    fundraiser: str | None = None


def read(text: str | None) -> Remark:
    """Return what `attach` (WeChat Pay) or `passback_params` (Alipay) says.

    Either a campaign's code alone, or `campaign=...&designation=...&fundraiser=...`. What says no campaign is
    for an unknown one: the money waits in suspense. Words that can be no code are left out, for they may name
    somebody; with the use that was meant goes the campaign, or its default would be taken for it.
    """
    said = (text or "").strip()
    if "=" not in said:
        # Alipay asks that it be encoded once more, and hands it back as it got it.
        said = unquote(said)
    if "=" not in said:
        return Remark(_code(said) or "")
    # A value that is no UTF-8 is a code that nobody has.
    told = {name: values[0] for name, values in parse_qs(said, errors="replace").items()}
    found = {name: _code(value) for name, value in told.items()}
    if "designation" in told and found["designation"] is None:
        found["campaign"] = None
    return Remark(found.get("campaign") or "", found.get("designation"), found.get("fundraiser"))


def _code(said: str) -> str | None:
    return said if _CODE.fullmatch(said) else None


def write(campaign: str, designation: str | None, fundraiser: str | None = None) -> str:
    """Return the remark that says a campaign, and a use of its money and a canvasser if one was chosen."""
    said = {"campaign": campaign, "designation": designation, "fundraiser": fundraiser}
    return urlencode({name: code for name, code in said.items() if code})


def codes(text: str | None) -> str | None:
    """Return of a remark what alone is ever read of it, None if it says no code."""
    said = read(text)
    if said.campaign and not said.designation and not said.fundraiser:
        return said.campaign
    return write(said.campaign, said.designation, said.fundraiser) or None
