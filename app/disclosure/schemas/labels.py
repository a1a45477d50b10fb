"""Labels: what the public door's codes and fields are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "Naming": {
        "consented": ("同意公开", "Named with consent"),
        "masked": "已隐名",
        "anonymous": "匿名",
        "unnamed": "未留名",
    },
    "Refunded": {"none": "未退款", "partly": "部分退款", "wholly": "全额退款"},
    "ColumnType": {
        "text": "文本",
        "code": "代码",
        "integer": "整数",
        "day": "日期",
        "moment": "时刻",
        "flag": "是否",
    },
    "TraceBasis": {"designated": "按指定用途", "fifo": ("按先进先出", "First in, first out")},
    "Whereabouts": {
        "unspent": "尚未使用",
        "spent": "已使用",
        "in_transit": "转拨途中",
        "refunded": "已退还",
        "refunded_uncovered": ("已退还（由其他款项垫付）", "Refunded, covered by other money"),
        "voided": "已作废",
        "moved": "已转出",
        "not_followed": "未继续追踪",
        "suspense": "待查",
    },
}

FIELDS: Mapping[str, Word] = {
    "Sheet.public_campaigns": "募捐活动",
    "Sheet.public_donations": "捐赠公示",
    "Sheet.public_projects": "慈善项目",
    "programme": "品牌项目",
    "PublicProjectOut.category": "类别",
    "region": "行政区划",
    "planned": "预算金额",
    "PublicProjectOut.site_count": "点位数量",
    "accepted_site_count": "已验收点位数量",
    "elsewhere": "在其他机构",
    "naming": "署名方式",
    "refund": "退款情况",
    "channel": "捐赠渠道",
}
