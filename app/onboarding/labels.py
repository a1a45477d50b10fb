"""Labels: what the fields of onboarding are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {}

FIELDS: Mapping[str, Word] = {
    "Sheet.carried_gifts": "期初捐赠明细",
    "Sheet.carried_campaigns": "在途募捐活动",
    "first_serial": "起始序号",
    "given_on": "捐赠日期",
    "earlier_number": "原编号",
    "TransitArrivalOut.fee": "手续费",
    "arrived_on": "到账日期",
    "CarriedGiftOut.donor": "捐赠人",
    "last_published_on": "上次公开日期",
}
