"""Remarks: what an order was given along for its way through a payment platform, and brings back with it."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlencode

_LENGTH_MAX = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """The campaign that a payment is for, and its use and its canvasser if the donor chose one."""

    campaign: str = ""
    designation: str | None = None
    fundraiser: str | None = None


def read(text: str | None) -> Remark:
    """Return what `attach` (WeChat Pay) or `passback_params` (Alipay) says.

    Either a campaign's code alone, or `campaign=...&designation=...&fundraiser=...`. What says no campaign is
    for an unknown one: the money waits in suspense.
    """
    said = (text or "").strip()
    if "=" not in said:
        # Alipay asks that it be encoded once more, and hands it back as it got it.
        said = unquote(said)
    if "=" not in said:
        return Remark(said[:_LENGTH_MAX])
    # A value that is no UTF-8 is a code that nobody has.
    told = {name: values[0][:_LENGTH_MAX] for name, values in parse_qs(said, errors="replace").items()}
    return Remark(told.get("campaign", ""), told.get("designation"), told.get("fundraiser"))


def write(campaign: str, designation: str | None) -> str:
    """Return the remark that says a campaign, and a use of its money if one was chosen."""
    said = {"campaign": campaign} | ({"designation": designation} if designation else {})
    return urlencode(said)
