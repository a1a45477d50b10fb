"""Citations: the articles of a rule, in the words in which a Chinese reader knows them."""

import re

_TEXTS = {
    "CL": "《慈善法》",
    "GM": "《公开募捐管理办法》",
    "XX": "《慈善组织信息公开办法》",
    "ZC": "民发〔2026〕12号",
}
_PART = re.compile(r"(?:(?P<text>[A-Z]+) )?(?P<articles>[0-9].*)")
_ARTICLE = re.compile(r"([0-9]+)(?:\(([0-9]+)\))?")


def zh(title: str, articles: str) -> str:
    """Return where a rule stands: `6; CL 13, 78` of a text is its article 6, and 13 and 78 of another."""
    told = [_part(title, part.strip()) for part in articles.split(";") if part.strip()]
    return "；".join(told) or f"《{title}》"


def _part(title: str, part: str) -> str:
    found = _PART.fullmatch(part)
    if found is None:
        return part
    text = found["text"]
    named = _TEXTS.get(text, text) if text else f"《{title}》"
    return named + _ARTICLE.sub(_article, found["articles"]).replace(", ", "、")


def _article(found: re.Match[str]) -> str:
    item = f"（{found[2]}）" if found[2] else ""
    return f"第{found[1]}条{item}"
