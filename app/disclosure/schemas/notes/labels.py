"""Labels: what the codes and fields of notes to the statements are called in Chinese."""

from collections.abc import Mapping

from app.disclosure.notes.headings import HEADINGS
from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "NoteHeading": {heading.code.value: (heading.title_zh, heading.title) for heading in HEADINGS},
    "NoteState": {"empty": "未编写", "drafted": "待复核", "returned": "已退回", "approved": "已复核"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.statement_notes": ("会计报表附注", "Notes to the statements"),
    "StatementNoteOut.year": "年度",
    "StatementNoteOut.heading": "附注项目",
    "StatementNoteOut.text": "附注内容",
    "StatementNoteOut.drafted_by": "编写人",
    "StatementNoteOut.reviewed_by": "复核人",
    "StatementNoteOut.reviewed_at": "复核时间",
    "StatementNoteOut.review_note": "复核意见",
}
