"""Faults: what pydantic, and our own fields, find wrong with a value, in Chinese."""

from collections.abc import Mapping

UNFIT = "取值不符合要求"
"""What is said of a kind of fault for which there are no words of its own."""

WORDS: Mapping[str, str] = {
    "missing": "必填",
    "extra_forbidden": "不接受该字段或参数",
    "none_required": "须为 null",
    "json_invalid": "不是有效的 JSON",
    "json_type": "不是有效的 JSON",
    "model_type": "须为 JSON 对象",
    "model_attributes_type": "须为 JSON 对象",
    "dataclass_type": "须为 JSON 对象",
    "dict_type": "须为 JSON 对象",
    "list_type": "须为 JSON 数组",
    "set_type": "须为 JSON 数组",
    "tuple_type": "须为 JSON 数组",
    "too_short": "至少须有 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "string_type": "须为文本",
    "string_unicode": "不是有效的文本",
    "string_too_short": "至少须有 {min_length} 个字符",
    "string_too_long": "最多 {max_length} 个字符",
    "string_pattern_mismatch": "格式须符合 {pattern}",
    "string_not_ascii": "只能使用 ASCII 字符",
    "int_type": "须为整数",
    "int_parsing": "须为整数",
    "int_parsing_size": "整数过大",
    "int_from_float": "须为整数，不能带小数",
    "float_type": "须为数字",
    "float_parsing": "须为数字",
    "finite_number": "须为有限的数字",
    "decimal_type": "须为数字",
    "decimal_parsing": "须为数字",
    "decimal_max_digits": "最多 {max_digits} 位数字",
    "decimal_max_places": "最多 {decimal_places} 位小数",
    "decimal_whole_digits": "整数部分最多 {whole_digits} 位",
    "multiple_of": "须为 {multiple_of} 的整数倍",
    "greater_than": "须大于 {gt}",
    "greater_than_equal": "须大于或等于 {ge}",
    "less_than": "须小于 {lt}",
    "less_than_equal": "须小于或等于 {le}",
    "bool_type": "须为 true 或 false",
    "bool_parsing": "须为 true 或 false",
    "enum": "须为下列之一：{expected}",
    "literal_error": "须为下列之一：{expected}",
    "date_type": "须为日期",
    "date_parsing": "须为日期",
    "date_from_datetime_parsing": "须为日期",
    "date_from_datetime_inexact": "须为日期，不带时间",
    "date_past": "日期须在今日之前",
    "date_future": "日期须在今日之后",
    "time_type": "须为时刻",
    "time_parsing": "须为时刻",
    "datetime_type": "须为日期和时间",
    "datetime_parsing": "须为日期和时间",
    "datetime_from_date_parsing": "须为日期和时间",
    "datetime_object_invalid": "须为日期和时间",
    "datetime_past": "时间须在现在之前",
    "datetime_future": "时间须在现在之后",
    "timezone_aware": "时间须带时区",
    "timezone_naive": "时间不能带时区",
    "union_tag_invalid": "{discriminator} 须为下列之一：{expected_tags}",
    "union_tag_not_found": "缺少 {discriminator}",
    "url_type": "须为网址",
    "url_parsing": "须为网址",
    "url_syntax_violation": "须为网址",
    "url_too_long": "网址最多 {max_length} 个字符",
    "url_scheme": "网址须以下列之一开头：{expected_schemes}",
    "uuid_type": "须为 UUID",
    "uuid_parsing": "须为 UUID",
    "uuid_version": "须为第 {expected_version} 版 UUID",
    "bytes_type": "须为文件或文本",
    "rfc3339": "时间须按 RFC 3339 书写，并带时区",
    "iso_day": "日期写作 2026-05-01",
    "year": "年份超出范围",
    "ahead": "时间比现在晚 24 小时以上",
    "control_character": "不能含有控制字符",
}
"""By the code of a fault; in braces what its context holds."""


CELLS: Mapping[str, str] = {
    "there is no amount": "缺少金额",
    "not an amount in yuan": "不是以元计的金额",
    "not an amount in yuan with at most two decimals": "应为以元计的金额，最多两位小数",
    "there is no date": "缺少日期",
    "not a date": "不是日期",
    "the day has not come yet": "日期尚未到来",
    "a movement is at least 0.01 yuan and at most ten trillion": "金额须在 0.01 元至十万亿元之间",
    "money both in and out": "收入与支出不能同时填写",
    "neither in nor out": "收支方向无法识别",
    "a number of more than 15 digits must be text: a spreadsheet rounds it": (
        "超过 15 位的号码须为文本格式，否则电子表格会丢失末位"
    ),
    "the number was rounded by a spreadsheet": "号码已被电子表格舍入",
    "there is no number": "缺少号码",
    "neither SUCCESS nor REFUND": "既不是 SUCCESS，也不是 REFUND",
    "neither 交易 nor 退款": "既不是“交易”，也不是“退款”",
    "neither a payment nor a refund": "既不是付款，也不是退款",
    "an amount is more than nothing": "金额须大于零",
    "not the balance before it and its own amount": "余额不等于上一行余额加本行金额",
    "the opening balance is another one": "期初余额不符",
    "opening balance and lines do not give the closing balance": "期初余额与各行合计不等于期末余额",
}
"""What is wrong with a cell of a bank's or a platform's file, by its English words."""


def said(code: str, context: Mapping[str, object]) -> str:
    """Return in Chinese what is wrong: as whoever found it says (`zh`), or by the code of the fault."""
    if isinstance(own := context.get("zh"), str):
        return own
    try:
        return WORDS.get(code, UNFIT).format_map({name: _plain(value) for name, value in context.items()})
    except KeyError:
        return UNFIT


def _plain(value: object) -> object:
    return value.replace("' or '", "'、'").replace("', '", "'、'") if isinstance(value, str) else value
