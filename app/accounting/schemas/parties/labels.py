"""Labels: what the codes and fields of counterparties, mandates and terms are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "CounterpartyKind": {
        "supplier": "供应商",
        "partner": "合作单位",
        "village_collective": "村集体",
        "hospital": "医院",
        "school": "学校",
        "government": "政府部门",
        "person": "个人",
        "other": "其他",
    },
    "MandateWay": {"in": "收到", "out": "转付", "cost": "自担费用"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.counterparties": "往来单位",
    "PartyOut.credit_code": "统一社会信用代码",
    "PartyOut.note": "备注",
    "PartyOut.ended_at": "停用时间",
    "Sheet.agency_mandates": "受托代理协议",
    "AgencyMandateOut.counterparty_id": "委托方标识",
    "AgencyMandateOut.title": "事项",
    "AgencyMandateOut.document": "协议",
    "AgencyMandateOut.signed_on": "签订日期",
    "AgencyMandateOut.made_by": "登记人",
    "AgencyMandateOut.ended_at": "终止时间",
    "AgencyMandateOut.ended_by": "终止人",
    "AgencyMandateOut.taken_in": "收到",
    "AgencyMandateOut.handed_on": "转付",
    "AgencyMandateOut.left": "未转付",
    "AgencyMandateOut.own_cost": "自担费用",
    "Sheet.merchant_accounts": "平台商户账户",
    "Sheet.merchant_terms": "商户账户条款",
    "MerchantOut.number_last": "商户号后四位",
    "MerchantOut.platform_slug": "平台代码",
    "MerchantOut.platform_name": "平台名称",
    "MerchantOut.terms": "现行条款",
    "MerchantTermsOut.valid_from": "生效日期",
    "MerchantTermsOut.settlement_channel_id": "结算账户标识",
    "MerchantTermsOut.fee_rate_basis_points": "手续费率（万分之一）",
    "MerchantTermsOut.settlement_days": "结算天数",
    "MerchantTermsOut.made_by": "登记人",
}
