"""Examples: what the API document shows for partners, agreements, trusts and registers."""

from typing import Any

from app.fundraising.schemas.filings.examples import AT, CAMPAIGN, ORGANIZATION, REVIEWER

Example = dict[str, Any]

_ID = "01997d5d-ac96-774b-bcce-b302099a82"
PARTNER, SUPERVISION, AGREEMENT, TRUST, TRUSTEE, REPORT, FUND, NEED, SHOP, POOL = (
    f"{_ID}{number:02d}" for number in range(10)
)


def _fen(amount: int) -> Example:
    return {"amount": amount, "currency": "CNY"}


PARTNER_IN: Example = {
    "kind": "organization",
    "name": "某县志愿服务中心",
    "evaluation": {
        "credit": "近三年无行政处罚",
        "ability": "持续开展乡村助学五年",
        "interest_relation": "与受益人无利害关系",
    },
    "evaluated_on": "2026-02-10",
    "evaluated_by": "理事会评估组",
}
CLAUSES: Example = {
    "campaign_name": "慈安桥",
    "purpose": "修建便民桥",
    "period": "2026年4月至2027年3月",
    "method": "合作方协助宣传，不自行收款",
    "money_plan": "全部收支进入主办方账户",
    "rights_and_duties": "主办方负责备案、管理和监督",
    "liability_and_disputes": "协商不成的，向主办方所在地法院起诉",
}
PARTNER_AGREEMENT_IN: Example = {"clauses": CLAUSES, "signed_on": "2026-02-20"}
PARTNER_OUT: Example = PARTNER_IN | {
    "id": PARTNER,
    "campaign_id": CAMPAIGN,
    "state": "agreed",
    "clauses": CLAUSES,
    "signed_on": "2026-02-20",
    "ended_on": None,
    "ended_by_document": None,
    "created_at": AT,
}
SUPERVISION_IN: Example = {"kind": "inspection", "supervised_on": "2026-06-10", "finding": "宣传与备案一致"}
SUPERVISION_OUT: Example = SUPERVISION_IN | {"id": SUPERVISION, "actor": REVIEWER, "created_at": AT}
AGREEMENT_IN: Example = {
    "organization_id": ORGANIZATION,
    "number": "XY-2026-001",
    "donor_name": "某公司",
    "donor_kind": "organization",
    "domicile": "mainland",
    "property_kind": "货币资金",
    "quantity": "人民币100万元",
    "quality": "不适用",
    "use_of_property": "修建便民桥",
    "delivery_on": "2026-06-30",
    "campaign_id": CAMPAIGN,
    "amount": _fen(100_000_000),
    "use_agreed": True,
    "names_beneficiaries": False,
    "tobacco": False,
    "sales_from": None,
    "state_owned": False,
    "approval_reference": None,
    "naming": None,
    "naming_consented_on": None,
}
AGREEMENT_OUT: Example = AGREEMENT_IN | {
    "id": AGREEMENT,
    "prepared_by": REVIEWER,
    "disinterested": None,
    "reviewed_by": None,
    "reviewed_on": None,
    "review_reason": None,
    "state": "signed",
    "signed_on": "2026-05-20",
    "donor_asked_on": None,
    "commended_on": None,
    "created_at": AT,
}
_TRUSTEE: Example = {
    "trustee": "某信托公司",
    "kind": "trust_company",
    "authority": "西安市民政局",
    "starts_on": "2026-03-01",
}
TRUST_IN: Example = {
    "organization_id": ORGANIZATION,
    "code": "CT-2026-01",
    "title": "抗疫慈善信托",
    "role": "settlor",
    "purpose": "支援一线医护人员",
    "beneficiary_scope": "不特定的医护人员",
    "property": _fen(1_000_000_000),
    "signed_on": "2026-03-01",
    "settlor": "某慈善会",
    "settlor_public": True,
    "protector": "某律师事务所",
    "trustee": _TRUSTEE,
}
TRUSTEE_IN = _TRUSTEE
TRUSTEE_OUT: Example = _TRUSTEE | {
    "id": TRUSTEE,
    "due_on": "2026-03-08",
    "late": False,
    "filed_on": "2026-03-05",
    "filing_no": "备案2026-01",
}
TRUST_OUT: Example = {name: value for name, value in TRUST_IN.items() if name != "trustee"} | {
    "id": TRUST,
    "publish_due_on": "2026-03-31",
    "published_on": None,
    "ended_on": None,
    "trustees": [TRUSTEE_OUT],
    "created_at": AT,
}
REPORT_IN: Example = {
    "year": 2025,
    "affairs": "资助医护人员300人",
    "property": _fen(800_000_000),
    "granted": _fen(200_000_000),
    "reported_on": "2026-03-20",
    "published_on": "2026-03-25",
}
REPORT_OUT: Example = REPORT_IN | {
    "id": REPORT,
    "due_on": "2026-03-31",
    "late": False,
    "actor": REVIEWER,
    "created_at": AT,
}
FUND_IN: Example = {
    "organization_id": ORGANIZATION,
    "code": "F-WEIXING",
    "title": "微星基金",
    "kind": "micro",
    "purpose": "支持志愿服务队",
    "founded_on": "2026-01-10",
    "agreement_id": None,
}
FUND_OUT: Example = FUND_IN | {"id": FUND, "fund_id": POOL, "actor": REVIEWER, "created_at": AT}
SHOP_IN: Example = {
    "organization_id": ORGANIZATION,
    "name": "某村爱心超市",
    "region_code": "610924",
    "address": "某镇某村",
    "household_count": 120,
    "opened_on": "2025-09-01",
}
SHOP_OUT: Example = SHOP_IN | {"id": SHOP, "closed_on": None, "actor": REVIEWER, "created_at": AT}
