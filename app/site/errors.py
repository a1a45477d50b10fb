"""Refusals of the public page."""

from app.kit.errors import Invalid


class AmountUnreadable(Invalid):
    """Please write the amount in yuan, such as 50 or 12.50."""

    title_zh = "请以元为单位填写金额，例如 50 或 12.50"


class FormUnfit(Invalid):
    """Please look at what is marked: nothing has been sent yet."""

    title_zh = "请看标出的各项：尚未提交"
