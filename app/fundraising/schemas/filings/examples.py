"""Examples: what the API document shows for plans, filings, certificates and emergencies."""

from typing import Any

Example = dict[str, Any]

_ID = "01997d5d-ac96-774b-bcce-b302099a81"
ORGANIZATION, CAMPAIGN = "01997d5d-ac96-774b-bcce-b302099a8001", "01997d5d-ac96-774b-bcce-b302099a8002"
PLAN, STAFF, CHANNEL, PLATFORM, CHANGE = (f"{_ID}0{number}" for number in range(1, 6))
CERTIFICATE, STANDING, EMERGENCY, LOCAL, INVITED, REVIEW, FILE = (f"{_ID}1{number}" for number in range(7))
AT = "2026-03-01T02:00:00Z"
REVIEWER = f"staff:{STAFF}"

_PAGE: Example = {"platform_id": PLATFORM, "page_title": "慈安桥", "external_id": "P-20260301"}
PLAN_IN: Example = {
    "use_of_money": "在秦巴山区修建跨河便民桥",
    "use_plan": "2026年建桥6座，每座约30万元",
    "support_project": "慈安桥",
    "area": "陕西省",
    "ways": ["internet"],
    "receiving_methods": "互联网平台、银行转账",
    "responsible_id": STAFF,
    "responsible_full_time": True,
    "office_address": "西安市某街1号",
    "contact": "029-00000000",
    "bank_channel_id": CHANNEL,
    "beneficiary_scope": "因河流阻隔出行困难的村民",
    "beneficiary_count": 3000,
    "beneficiary_selection": "县级慈善会申报，专家实地评估后集体决定",
    "grants_note": "募得款物的95%以上用于建桥",
    "staff_cost_note": "不从募得款中列支人员报酬",
    "management_cost_note": "不超过3%",
    "fundraising_cost": "平台手续费，据实列支",
    "remainder": "全部用于同类建桥项目，并向社会公开",
    "offsite": False,
    "decided_on": "2026-02-20",
    "decided_by": "理事会",
    "legal_representative_agreed": True,
    "platforms": [_PAGE],
}
PLAN_OUT: Example = PLAN_IN | {
    "id": PLAN,
    "campaign_id": CAMPAIGN,
    "organization_id": ORGANIZATION,
    "prepared_by": REVIEWER,
    "state": "submitted",
    "submitted_on": "2026-03-01",
    "returned_on": None,
    "returned_reason": None,
    "filed_on": None,
    "filing_no": None,
    "due_on": "2026-03-22",
    "late": False,
    "version": 3,
    "created_at": AT,
}
CHECKS: Example = {
    "checks": [
        {
            "name": "duration",
            "number": 2,
            "article": "公开募捐管理办法 第十条",
            "mark": "A1",
            "verdict": "met",
            "code": None,
            "reviewed_by": None,
            "reason": None,
        }
    ]
}
REVIEW_IN: Example = {"question": "capacity", "agreed": True, "reason": "近三年年均募集额高于本次目标"}
REVIEW_OUT: Example = REVIEW_IN | {
    "id": REVIEW,
    "plan_version": 3,
    "reviewed_by": REVIEWER,
    "created_at": AT,
}
FORM: Example = {
    "no": "52620600MJY949356HA26006",
    "name": "慈安桥",
    "start_date": "2026-04-01",
    "end_date": "2027-03-31",
    "purpose_of_donation": "为山区村庄修建便民桥",
    "purpose_use": "修建跨河便民桥",
    "support_project": "慈安桥",
    "offsite_fundraising": False,
    "recipient_scope": "出行困难的村民",
    "recipient_num": "3000",
    "recipient_confirm_method": "集体决定",
    "fundras_target": "2000000.00",
    "recipient_funding_desc": "95%以上用于建桥",
    "implement_desc": "不列支人员报酬",
    "manage_cost_desc": "不超过3%",
    "fundraising_cost": "平台手续费",
    "remain_assets_desc": "用于同类项目",
    "has_partner": False,
    "partner_type": "",
    "partner_name": "",
    "too_long": [],
}
CHANGE_IN: Example = {
    "changed_on": "2026-06-01",
    "reason": "汛期影响，工期顺延",
    "decided_on": "2026-05-28",
    "decided_by": "理事会",
    "changes": {"ends_on": "2027-06-30"},
}
CHANGE_OUT: Example = {
    "id": CHANGE,
    "kind": "items",
    "changed_on": "2026-06-01",
    "due_on": "2026-06-11",
    "late": False,
    "reason": "汛期影响，工期顺延",
    "decided_on": "2026-05-28",
    "decided_by": "理事会",
    "changes": {"ends_on": {"from": "2027-03-31", "to": "2027-06-30"}},
    "consent_needed": False,
    "consented_on": None,
    "filed_on": "2026-06-05",
    "published_on": None,
    "actor": REVIEWER,
    "created_at": AT,
}
CERTIFICATE_IN: Example = {
    "organization_id": ORGANIZATION,
    "number": "陕慈募证字第001号",
    "authority": "陕西省民政厅",
    "issued_on": "2018-01-10",
}
CERTIFICATE_OUT: Example = CERTIFICATE_IN | {
    "id": CERTIFICATE,
    "recorded_by": REVIEWER,
    "revoked_on": None,
    "revoked_reason": None,
    "revoked_by": None,
    "created_at": AT,
}
STANDING_IN: Example = {"kind": "designated", "valid_from": "2021-11-15", "batch": "第三批"}
STANDING_OUT: Example = STANDING_IN | {
    "id": STANDING,
    "platform_id": PLATFORM,
    "valid_to": None,
    "actor": REVIEWER,
    "created_at": AT,
}
IRREGULAR: Example = {
    "day": "2026-05-02",
    "campaign_id": CAMPAIGN,
    "campaign_code": "SX-2026-BRIDGE",
    "channel_id": CHANNEL,
    "platform_id": PLATFORM,
    "why": "platform_not_designated",
    "raised": {"amount": 5000, "currency": "CNY"},
    "gift_count": 1,
}
IRREGULAR_GIFT: Example = {
    "donation_id": "01997d5d-ac96-774b-bcce-b302099a8005",
    "campaign_id": CAMPAIGN,
    "campaign_code": "SX-2026-BRIDGE",
    "channel_id": CHANNEL,
    "why": "platform_not_designated",
    "amount": {"amount": 5000, "currency": "CNY"},
    "donated_at": "2026-05-02T02:00:00Z",
}
EMERGENCY_IN: Example = {
    "organization_id": ORGANIZATION,
    "code": "FLOOD-2026",
    "title": "2026年汉江洪涝灾害",
    "response_level": "省级三级",
    "opened_on": "2026-07-20",
}
EMERGENCY_OUT: Example = EMERGENCY_IN | {
    "id": EMERGENCY,
    "closed_on": None,
    "next_report_on": "2026-07-25",
    "actor": REVIEWER,
    "created_at": AT,
}
LOCAL_IN: Example = {
    "region_code": "610900",
    "place": "安康市中心广场",
    "way": "event",
    "authority": "安康市民政局",
    "starts_on": "2026-05-01",
    "ends_on": "2026-05-03",
    "filed_on": "2026-04-10",
    "reference": None,
}
LOCAL_OUT: Example = LOCAL_IN | {"id": LOCAL, "actor": REVIEWER, "created_at": AT}
INVITATION_IN: Example = {"circle": "council", "name": "某理事"}
INVITATION_OUT: Example = INVITATION_IN | {"id": INVITED, "actor": REVIEWER, "created_at": AT}
ARCHIVE: Example = {
    "documents": [
        {
            "id": FILE,
            "kind": "decision",
            "access": "internal",
            "file_name": "理事会决议.pdf",
            "media_type": "application/pdf",
            "size_bytes": 48213,
            "uploaded_by": REVIEWER,
            "created_at": AT,
        }
    ],
    "missing": ["filing"],
}
NOTICE: Example = {
    "organization_name": "陕西省慈善协会",
    "certificate_number": "陕慈募证字第001号",
    "certificate_authority": "陕西省民政厅",
    "filing_no": "52620600MJY949356HA26006",
    "title": "慈安桥",
    "purpose": "为山区村庄修建便民桥",
    "starts_on": "2026-04-01",
    "ends_on": "2027-03-31",
    "target": {"amount": 200000000, "currency": "CNY"},
    "area": "陕西省",
    "use_of_money": "修建跨河便民桥",
    "beneficiary_scope": "出行困难的村民",
    "fundraising_cost": "平台手续费，据实列支",
    "remainder": "全部用于同类建桥项目，并向社会公开",
    "contact": "029-00000000",
    "office_address": "西安市某街1号",
    "query_page": "/campaigns/SX-2026-BRIDGE",
    "follow_page": "/follow",
    "emergency": None,
}
