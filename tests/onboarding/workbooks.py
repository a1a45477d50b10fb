"""A workbook with which an association goes live, and what is made wrong in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]


def sheets() -> Sheets:
    """An association with funds, accounts, donors, goods, an advance, money on its way and a campaign."""
    return {
        "机构": [["机构代码", "上线日期"]],
        "科目余额": [
            ["科目编码", "借方余额", "贷方余额", "明细", "基金代码"],
            ["1001", "20.00", None, None, None],
            ["1002", 980, None, None, None],
            ["1009", "80.00", None, None, None],
            ["1141", "100.00", None, None, None],
            ["1201", "70.00", None, None, "F-BRIDGE"],
            ["1501", "500.00", None, None, None],
            ["1502", None, "100.00", None, None],
            ["2204", None, "40.00", None, None],
            ["3101", None, "840.00", None, None],
            ["3102", None, "770.00", None, None],
        ],
        "基金": [
            ["基金代码", "名称", "是否限定性", "未使用余额"],
            ["GENERAL", "非限定资金", "否", "440.00"],
            ["F-BRIDGE", "慈安桥", "是", "600.00"],
        ],
        "捐赠明细": [
            ["基金代码", "捐赠日期", "未使用金额", "捐赠人", "原编号"],
            ["F-BRIDGE", "2025-11-02", "350.00", "王小明", "2025-2"],
            ["F-BRIDGE", "2025-06-01", "250.00", None, "2025-1"],
        ],
        "资金账户": [
            ["账户代码", "账户名称", "类型", "余额"],
            ["icbc-0291", "工商银行南大街支行", "银行", "980.00"],
            ["box-1", "现金箱", "现金", "20.00"],
            ["wxpay-1", "微信支付商户", "商户", "30.00"],
        ],
        "预付款": [["对方代码", "金额", "基金代码"], ["builder-01", "100.00", "F-BRIDGE"]],
        "在途资金": [["说明", "金额", "预计到账日"], ["平台未到账结算款", "50.00", "2026-01-05"]],
        "人员": [
            ["用户名", "姓名", "岗位", "兼岗原因"],
            ["onb.wang", "王芳", "会计", None],
            ["onb.li", "李强", "复核、查看", None],
        ],
        "募捐活动": [
            ["活动代码", "活动名称", "募捐目的", "备案编号", "开始日期", "基金代码", "上次公开日期"],
            ["ONB-BRIDGE", "慈安桥", "修建便民桥", "FILING-ONB-1", "2025-06-01", "F-BRIDGE", "2025-12-01"],
        ],
    }


def write(path: Path, told: Mapping[str, list[list[Any]]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in told.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def changed(*cells: tuple[str, int, int, object]) -> Sheets:
    """The same with other words in some cells: sheet, line as a spreadsheet program counts, column from 0."""
    told = sheets()
    for sheet, line, column, value in cells:
        told[sheet][line - 1][column] = value
    return told
