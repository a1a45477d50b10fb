"""Givers: names as people write them into lists."""

import re
from dataclasses import dataclass

from app.fundraising.models import DonorKind
from app.kit.cells.values import tidy

NAME_CHARACTERS_MAX = 200

_ANONYMOUS = frozenset(
    {"匿名", "匿名人士", "匿名捐赠", "匿名捐款", "匿名者", "匿名捐赠人", "匿名爱心人士", "anonymous", "anon"}
)
_ORGANIZATION = frozenset(
    {"单位", "企业", "机构", "组织", "法人", "团体", "公司", "organization", "organisation", "company"}
)
_RELAYED = re.compile(
    r"(?P<payer>.+?)\s*(?:转来|转入|转交|代转)\s*[:：]?\s*(?P<giver>.+?)\s*(?:的)?(?:捐赠款|捐款|善款|款)?"
)


@dataclass(frozen=True, slots=True)
class Names:
    """Who gave, and who paid if that was somebody else. Who wishes to be anonymous has no name here."""

    giver: str | None
    payer: str | None
    anonymous: bool


def read(written: str, payer: str) -> Names:
    """Return the names in a donor's and a payer's cell; of "X 转来 Y 捐款" X paid and Y gave."""
    name, paid_by = tidy(written), tidy(payer) or None
    relayed = _RELAYED.fullmatch(name)
    if relayed:
        name, paid_by = relayed["giver"], paid_by or relayed["payer"]
    anonymous = name.strip("()（）*").casefold() in _ANONYMOUS
    return Names(giver=None if anonymous else name or None, payer=paid_by, anonymous=anonymous)


def kind(written: str) -> DonorKind:
    """Return the kind of donor that a cell tells; a person unless it says otherwise."""
    return DonorKind.organization if tidy(written).casefold() in _ORGANIZATION else DonorKind.individual
