"""Labels: what the codes and fields of publications are called in Chinese."""

from collections.abc import Mapping

from app.disclosure.publications.forms import FORMS
from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "PublicationKind": {kind.value: (form.title_zh, form.title) for kind, form in FORMS.items()},
    "PublicationDraftState": {
        "draft": "草稿",
        "reviewed": "已复核",
        "published": "已公开",
        "withdrawn": "已撤销",
    },
    "Measure": {
        "text": "文字",
        "day": "日期",
        "fen": "分",
        "number": "数量",
        "persons": "人数",
        "person_times": "人次",
        "basis_points": "万分比",
        "person": "人员",
        "grams": "克",
    },
}

FIELDS: Mapping[str, Word] = {
    "Sheet.publications": "公开信息",
    "Sheet.publication_drafts": "公开信息草稿",
    "PublicationOut.kind_title_zh": ("公开信息名称", "Kind in Chinese"),
    "PublicationOut.published_on": "公开日期",
    "PublicationOut.published_at": "公开时间",
    "PublicationOut.sha256": ("快照摘要（SHA-256）", "Snapshot SHA-256"),
    "PublicationOut.corrects_id": "所更正的公开信息",
    "PublicationOut.corrected_by_id": "更正本信息的公开信息",
    "PublicationDraftOut.corrects_id": "所更正的公开信息",
    "PublicationDraftOut.missing_count": "缺项数",
    "PublicationDraftOut.drafted_by": "起草人",
    "PublicationDraftOut.compiled_by": "编制人",
    "PublicationDraftOut.compiled_at": "编制时间",
    "PublicationDraftOut.reviewed_by": "复核人",
    "PublicationDraftOut.reviewed_at": "复核时间",
    "PublicationDraftOut.obligation_id": "所备妥的义务",
    **{
        f"{model}.{name}": word
        for model in ("PublicationOut", "PublicationDraftOut")
        for name, word in {
            "title": ("事项", "Subject"),
            "subject_code": "事项代码",
            "period_from": "期间起",
            "period_to": "期间止",
            "as_of": "数据截至",
        }.items()
    },
    "Sheet.news": "新闻报道",
    "NewsArticleOut.media": "刊物",
    "NewsArticleOut.number": "期号",
    "NewsArticleOut.published_on": "刊发日期",
    "NewsArticleOut.title": ("标题", "Headline"),
    "NewsArticleOut.address": "网址",
    "NewsArticleOut.campaigns": "相关募捐活动",
    "NewsArticleOut.projects": "相关项目",
}
