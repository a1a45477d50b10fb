"""Publications: what the page of everything published says, and each publication's."""

WORDS: dict[str, tuple[str, str]] = {
    "publications_title": ("信息公开", "What was published"),
    "publications_intro": (
        ("每份公开都由账簿生成，经他人复核，一经公开不再改动；更正是另一份公开，注明改了什么、为何而改。"),
        (
            "Each is compiled from the books, reviewed by somebody else, and never changed again. A "
            "correction is another publication that says what it changes, and why."
        ),
    ),
    "publication_kind": ("种类", "Kind"),
    "kind_any": ("全部", "All"),
    "no_publications": ("尚无公开。", "Nothing has been published yet."),
    "published_on": ("{day}公开", "published {day}"),
    "publication_period": ("期间", "Period"),
    "publication_as_of": ("数据截至", "As of"),
    "publication_day": ("公开日期", "Published on"),
    "publication_rule": ("依据", "By"),
    "publication_corrected": ("此份公开已被更正。", "This publication has been corrected since."),
    "publication_newer": ("查看更正后的公开", "Read the correction"),
    "publication_gap": ("暂缺", "Not filled"),
    "publication_files": ("全文", "In full"),
    "publication_paper": ("网页", "As a page"),
    "publication_pdf": ("PDF 文件", "As PDF"),
    "publication_snapshot": ("原始快照（JSON）", "The snapshot (JSON)"),
    "publication_hash": ("快照摘要（SHA-256）", "Hash of the snapshot (SHA-256)"),
    "publication_leaf": ("公开日志第 {index} 条", "Leaf {index} of the public log"),
    "publication_unsealed": ("即将写入公开日志", "About to be sealed into the public log"),
    "publication_history": ("历次版本", "Its history"),
    "publication_this": ("（本份）", " (this one)"),
    "publication_first": ("首次公开", "First publication"),
    "publication_reason": ("更正原因：{reason}", "Corrected because: {reason}"),
    "change_field": ("项目", "Item"),
    "change_old": ("原公开内容", "Before"),
    "change_new": ("更正后", "After"),
    "organization_publications": ("本会的信息公开", "Publications of this member"),
    "latest_publications": ("最新公开", "Published last"),
    "all_publications": ("全部信息公开", "Everything published"),
}
