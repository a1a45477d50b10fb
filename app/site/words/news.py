"""News: what the page of the federation's own media says."""

WORDS: dict[str, tuple[str, str]] = {
    "news_title": ("媒体报道", "News"),
    "news_intro": (
        "会刊与简讯对募捐活动和项目的报道。报道不是法定信息公开，法定公开见“信息公开”。",
        (
            "What our magazines and newsletters tell of campaigns and projects. News is no disclosure by "
            "law: that stands under “Publications”."
        ),
    ),
    "news_media": ("刊物", "Magazine or newsletter"),
    "news_about": ("关于", "About"),
    "no_news": ("尚无报道。", "No news yet."),
}
