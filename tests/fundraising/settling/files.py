"""Bills as platforms write them, with the columns of their documentation."""

import io
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from app.kit.money import yuan

_WECHAT = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
    "手续费,费率,订单金额,申请退款金额,费率备注"
)
_WECHAT_SUM = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
_ALIPAY = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
    "订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,"
    "商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line: a payment, or with `refund_id` a refund of it."""

    their_id: str
    amount: int
    fee: int = 0
    refund_id: str = ""
    at: str = "2026-05-01 08:00:00"
    remark: str = ""


def _y(minor: int) -> str:
    return yuan(minor).replace(",", "")


def wechat(*items: Item, lie: int = 0) -> bytes:
    """A trade bill of WeChat Pay: backticks, yuan, a summary below."""
    lines = [_WECHAT]
    for item in items:
        back = bool(item.refund_id)
        total, refund = ("0.00", _y(item.amount)) if back else (_y(item.amount), "0.00")
        cells = [item.at, "wx8888888888888888", "1900000109", "0", "", f"W-{item.their_id}", item.their_id]
        cells += ["oUpF8uMuAJO", "JSAPI", "REFUND" if back else "SUCCESS", "OTHERS", "CNY", total, "0.00"]
        cells += [item.refund_id or "0", "0", refund, "0.00", "ORIGINAL" if back else ""]
        cells += ["SUCCESS" if back else "", "慈安桥", item.remark, _y(item.fee), "0.60%", total, refund, ""]
        lines.append(",".join(f"`{cell}" for cell in cells))
    gross = sum(item.amount for item in items if not item.refund_id)
    back = sum(item.amount for item in items if item.refund_id)
    fee = sum(item.fee for item in items)
    sums = [str(len(items)), _y(gross), _y(back), "0.00", _y(fee), _y(gross + lie), _y(back)]
    lines += [_WECHAT_SUM, ",".join(f"`{cell}" for cell in sums)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def alipay(*items: Item, lie: int = 0) -> bytes:
    """A business bill of Alipay: GB18030, comments above and below, tabs behind, fees below zero."""
    lines = ["#支付宝业务明细查询", "#账号：[20880000000000010156]", "#起始日期：[2026年05月01日 00:00:00]"]
    lines += ["#-----------------业务明细列表----------------", _ALIPAY]
    for item in items:
        sign = "-" if item.refund_id else ""
        cells = [f"A-{item.their_id}", item.their_id, "退款" if item.refund_id else "交易", "慈安桥"]
        cells += [item.at, item.at, "", "", "", "", "*某(159****5620)"]
        cells += [sign + _y(item.amount), sign + _y(item.amount)] + ["0.00"] * 5 + ["", "0.00", "0.00"]
        cells += [item.refund_id, _y(-item.fee), "0.00", item.remark]
        lines.append(",".join(f"{cell}\t" for cell in cells))
    paid = [item for item in items if not item.refund_id]
    lines += ["#-----------------业务明细列表结束------------"]
    lines += [f"#交易合计：{len(paid) + lie}笔，商家实收共{_y(sum(one.amount for one in paid))}元"]
    lines += [f"#退款合计：{len(items) - len(paid)}笔，商家实收退款共-0.00元"]
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def table(*items: Item, english: bool = True) -> bytes:
    """Any platform's table."""
    header = "paid_at,donation_id,kind,refund_id,amount,fee,campaign"
    if not english:
        header = "时间,捐赠号,类型,退款号,金额（元）,手续费（元）,募捐活动"
    lines = [header]
    for item in items:
        kind = "refund" if item.refund_id else "payment"
        cells = [item.at, item.their_id, kind, item.refund_id, _y(item.amount), _y(item.fee), item.remark]
        lines.append(",".join(cells))
    return ("\n".join(lines) + "\n").encode()


def workbook(*items: Item) -> bytes:
    """The same as a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in table(*items, english=False).decode().splitlines():
        sheet.append(line.split(","))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "bill.csv"
    path.write_bytes(content)
    return path
