"""Refusals of payouts that platforms tell of."""

from app.kit.errors import Conflict


class NoticeDiffers(Conflict):
    """This settlement was told before with other days, sums or another account."""

    title_zh = "同一结算单先前以不同日期、金额或账户通知过"
