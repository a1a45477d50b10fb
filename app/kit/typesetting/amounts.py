"""Amounts: money in Chinese capitals (大写金额), as vouchers and receipts write it."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capitals(minor: int) -> str:
    """Write fen as 人民币 in capitals: 123456 -> 壹仟贰佰叁拾肆元伍角陆分 (会计基础工作规范 art. 52).

    A whole amount of yuan or jiao ends in 整; the sign of a negative one is 负.
    """
    sign = "负" if minor < 0 else ""
    yuan, rest = divmod(abs(minor), 100)
    jiao, fen = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan else ""
    if not rest:
        return f"{sign}{words or '零元'}整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    return f"{sign}{words}{_DIGITS[fen]}分" if fen else f"{sign}{words}整"


def _whole(number: int) -> str:
    words, gap = "", False
    groups = [number // 10**shift % 10_000 for shift in (12, 8, 4, 0)]
    for group, name in zip(groups, reversed(_GROUPS), strict=True):
        if not group:
            gap = bool(words)
            continue
        # A missing place between two that are there is said once.
        words += ("零" if words and (gap or group < 1_000) else "") + _four(group) + name
        gap = False
    return words


def _four(group: int) -> str:
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return words
