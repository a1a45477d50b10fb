"""Words: what people write for accounts, roles and kinds of account on the sheets."""

import re

from app.accounting.models import ChannelKind
from app.kit.sheets.faults import Said
from app.organizations.models import Role

_ACCOUNT = re.compile(r"\d{4}")


def account(text: str) -> str:
    """Return the code of a first-level account."""
    if not _ACCOUNT.fullmatch(text):
        raise ValueError(Said("the four digits of a first-level account", "应为四位一级科目编码"))
    return text


def roles(text: str) -> list[Role]:
    """Return the roles that a cell names, in whatever way they are divided."""
    words = [word for word in re.split(r"[,，、;；\s]+", text) if word]
    unknown = [word for word in words if word not in ROLES]
    if unknown:
        known = ", ".join(ROLES)
        raise ValueError(Said(f"{unknown[0]} is none of {known}", f"“{unknown[0]}”不是岗位；可填：{known}"))
    return [ROLES[word] for word in words]


_ZH = {
    "管理员": Role.admin,
    "会计": Role.accountant,
    "复核": Role.reviewer,
    "出纳": Role.cashier,
    "募捐专员": Role.fundraising_officer,
    "项目专员": Role.project_officer,
    "志愿者专员": Role.volunteer_coordinator,
    "信息公开专员": Role.disclosure_officer,
    "审计": Role.auditor,
    "查看": Role.viewer,
}
ROLES: dict[str, Role] = _ZH | {role.value: role for role in Role}
KIND_WORDS = {
    "银行": "bank",
    "现金": "cash",
    "商户": "merchant",
    "bank": "bank",
    "cash": "cash",
    "merchant": "merchant",
}
KINDS = {name: ChannelKind(name) for name in ("bank", "cash", "merchant")}
