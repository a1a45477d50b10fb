"""Refusals of the public page."""

from app.kit.errors import Invalid


class AmountUnreadable(Invalid):
    """Please write the amount in yuan, such as 50 or 12.50."""

    title_zh = "请以元为单位填写金额，例如 50 或 12.50"


class ComplaintUnreadable(Invalid):
    """Please choose an organization, say in up to 2,000 characters what is wrong, and give its code."""

    title_zh = "请选择机构、写明情况（不超过 2000 字），并填写投诉对象的代码"
