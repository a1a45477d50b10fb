"""Labels: what the codes and fields of transfers are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "Nature": {"grant": "拨款", "agency": "受托代理", "advance": "预拨"},
    "TransferState": {
        "requested": "待审批",
        "approved": "已批准",
        "rejected": "未批准",
        "withdrawn": "已撤回",
        "sent": "在途",
        "received": "已收到",
        "accounted": "待核销",
        "settled": "已核销",
    },
    "StationKind": {
        "arrived": "已到达受益人",
        "in_transit": "机构间在途",
        "unspent": "未使用",
        "paid_on": ("已付出、尚未到达", "Paid on and not arrived"),
        "returning": "退回在途",
        "returned": "已退回",
        "unclear": "去向待查",
    },
}

FIELDS: Mapping[str, Word] = {
    "Sheet.transfers": "机构间划拨",
    "Sheet.transfer_steps": "划拨状态变更",
    "Sheet.transfer_returns": "划拨退款",
    "Sheet.transfer_reach": "划拨到达情况",
    "sender_id": "拨出机构标识",
    "receiver_id": "收款机构标识",
    "nature": "性质",
    "receiver_fund_id": "收款方资金标识",
    "TransferOut.mandate_id": "受托代理协议标识",
    "receiver_mandate_id": "收款方受托代理协议标识",
    "sent_on": "拨出日期",
    "received_on": "收到日期",
    "days_in_transit": "在途天数",
    "TransferOut.returned": "已退回",
    "TransferOut.state": "状态",
    "TransferOut.account": "使用说明",
    "transfer_id": "划拨标识",
    "TransferReturnOut.given_by": "退款人",
    "received_by": "确认人",
    "TransferReachOut.arrived": "已到达受益人",
    "TransferReachOut.in_transit": "机构间在途",
    "TransferReachOut.unspent": "未使用",
    "TransferReachOut.paid_on": "已付出、尚未到达",
    "TransferReachOut.returned": "已退回",
    "TransferReachOut.returning": "退回在途",
    "TransferReachOut.unclear": "去向待查",
    "TransferReachOut.stuck_since": "最早滞留日期",
    "TransferReachOut.stuck_days": "滞留天数",
}
