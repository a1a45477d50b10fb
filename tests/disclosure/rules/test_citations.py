"""Citations: a Chinese reader is told articles in Chinese."""

import re

import pytest

from app.disclosure.rules import citations, law


@pytest.mark.parametrize(
    ("articles", "told"),
    [
        ("", "《某办法》"),
        ("73", "《某办法》第73条"),
        ("4, 16; CL 78", "《某办法》第4条、第16条；《慈善法》第78条"),
        ("8(2); CL 79; GM 21", "《某办法》第8条（2）；《慈善法》第79条；《公开募捐管理办法》第21条"),
        ("6; CL 13, 78; ZC 17", "《某办法》第6条；《慈善法》第13条、第78条；民发〔2026〕12号第17条"),
        # A text that nobody named here is left as it was written.
        ("ABC 1", "ABC第1条"),
    ],
)
def test_articles_are_told_in_chinese(articles: str, told: str) -> None:
    assert citations.zh("某办法", articles) == told


def test_no_rule_is_cited_by_letters() -> None:
    for rule in law.RULES:
        told = citations.zh(rule.regulation.title_zh, rule.article)
        assert not re.search("[A-Za-z]", told), told
