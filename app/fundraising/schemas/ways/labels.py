"""Labels: what the codes and fields of the ways of giving are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "FundraiserKind": {"organization": "机构", "department": "部门", "team": "团队", "person": "个人"},
    "PledgeState": {"open": "未履行完毕", "fulfilled": "已履行", "written_off": "已核销"},
    "EnforceableGround": {
        "public_media": ("通过媒体公开承诺", "Promised in public media"),
        "written_agreement": ("特定慈善目的书面协议", "Written for a purpose of the law's article 3"),
    },
    "PoolKind": {"held": "资金已到位", "promised": "承诺配捐"},
    "GivingPlanState": {"active": "生效中", "paused": "已暂停", "cancelled": "已取消"},
    "GivingPlanStep": {
        "activated": "开通",
        "changed": "变更",
        "paused": "暂停",
        "resumed": "恢复",
        "cancelled": "取消",
    },
    "PaymentMethod": {
        "jsapi": ("微信内支付", "Within WeChat (JSAPI)"),
        "h5": ("手机浏览器微信支付", "WeChat in a mobile browser (H5)"),
        "app": ("支付宝应用内支付", "In the Alipay app"),
        "page": ("支付宝网页支付", "Alipay's web page"),
        "wap": ("支付宝手机网页支付", "Alipay's mobile page"),
    },
    "OrderState": {"open": "待支付", "paid": "已支付", "expired": "已过期"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.fundraisers": "募捐主体",
    "FundraiserOut.parent_id": "上级标识",
    "FundraiserOut.closed_at": "停用时间",
    "Sheet.pledges": "认捐",
    "PledgeOut.number": "认捐编号",
    "PledgeOut.name": "认捐人",
    "PledgeOut.donor_kind": "捐赠人类型",
    "PledgeOut.paid": "已履行金额",
    "PledgeOut.promised_on": "承诺日期",
    "PledgeOut.ground": ("可要求履行的依据", "Ground on which it can be demanded"),
    "PledgeOut.enforceable": ("可要求履行", "Can be demanded"),
    "PledgeOut.written_off_on": "核销日期",
    "PledgeOut.written_off_reason": "核销原因",
    "PledgeOut.reported_on": ("向民政部门报告日期", "Reported to the authority on"),
    "Sheet.matching_pools": "配捐资金池",
    "Sheet.gift_matches": "配捐明细",
    "MatchingPoolOut.budget": "配捐总额",
    "MatchingPoolOut.used": "已配捐",
    "MatchingPoolOut.left": "剩余配捐额",
    "MatchingPoolOut.paid": "配捐方已付",
    "ratio_basis_points": ("配捐比例（万分之）", "Ratio (per 10,000)"),
    "cap_per_gift": "单笔配捐上限",
    "cap_per_donor": "每人配捐上限",
    "MatchingPoolOut.starts_at": "配捐开始时间",
    "MatchingPoolOut.ends_at": "配捐结束时间",
    "GiftMatchOut.fund_id": "基金标识",
    "GiftMatchOut.released": "已释放",
    "Sheet.giving_plans": "月捐",
    "Sheet.unexpected_charges": "异常扣款",
    "GivingPlanOut.platform_id": "平台标识",
    "GivingPlanOut.their_id": ("平台月捐编号", "Plan number"),
    "charge_day": "每月扣款日",
    "plan_number": ("平台月捐编号", "Plan number"),
    "Sheet.donation_orders": "捐赠订单",
    "DonationOrderOut.number": "订单号",
    "DonationOrderOut.platform_id": "支付平台标识",
    "DonationOrderOut.designation": "指定用途",
    "DonationOrderOut.terms_version": ("捐赠协议版本", "Terms version"),
    "DonationOrderOut.paid": "实付金额",
    "DonationOrderOut.paid_late": ("过期后支付", "Paid after expiry"),
}
