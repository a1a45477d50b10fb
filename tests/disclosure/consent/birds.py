"""Canaries: words by which people are known, one set for each kind of person, and how they are heard."""

import io
import json
import zipfile
from collections.abc import Mapping
from urllib.parse import unquote

from httpx import Response
from pypdf import PdfReader

from tests.projects.helped import id_number as helped_number
from tests.projects.relief import STORY
from tests.volunteers.office import id_number

DONOR, MESSAGE, FIRM = "金丝雀捐赠人", "金丝雀祝福", "金丝雀捐赠企业"
SPEAKER, AMBASSADOR, NOMINEE = "金丝雀讲者", "金丝雀大使", "金丝雀标兵"
COUNCILLOR, COMMISSIONER, RELATED = "金丝雀理事", "金丝雀专员", "金丝雀关联人"
AUTHOR = "金丝雀文档作者"
SERVED, THANKED = "金丝雀志愿者", "金丝雀致谢人"
SIGNED, SETTLOR, PROMISED = "金丝雀签约人", "金丝雀委托人", "金丝雀认捐人"
INVITED, PARTNER, BRINGER = "金丝雀受邀会员", "金丝雀合作人", "金丝雀捐物人"
HELPED_NUMBER, SERVING_NUMBER = helped_number("19750505"), id_number("19760606")

KINDS: Mapping[str, tuple[str, ...]] = {
    "donor": (DONOR, MESSAGE, "金丝雀抬头", "canary.donor@example.org", "canary-open-id-4711"),
    "donor with an order": ("金丝雀下单人", "金丝雀订单留言", "canary.order@example.org"),
    "donor with a certificate": (THANKED,),
    "donor that is an organization": (FIRM,),
    "giver of goods": (BRINGER,),
    "who signed an agreement": (SIGNED,),
    "settlor": (SETTLOR,),
    "who promised": (PROMISED,),
    "who was invited": (INVITED,),
    "partner": (PARTNER,),
    "fundraiser": ("金丝雀劝募员",),
    "volunteer": (SERVED, SERVING_NUMBER, "13577770003", "金丝雀路4712号"),
    "volunteer's emergency contact": ("金丝雀紧急联系人", "13577770004"),
    "who answers for an activity": ("金丝雀活动负责人",),
    "who registers": ("金丝雀新志愿者", "13577770006"),
    "beneficiary": ("金丝雀受益人", HELPED_NUMBER, "13577770001", "金丝雀村一组4711号"),
    "beneficiary's guardian": ("金丝雀监护人", "13577770002"),
    "patient": ("金丝雀患者", *STORY.values()),
    "who signed for money": ("金丝雀村民",),
    "payee": ("金丝雀收款户",),
    "builder": ("金丝雀工匠",),
    "whoever is on a photograph": ("金丝雀照片",),
    "author of a document": (AUTHOR,),
    "staff": ("金丝雀职员",),
    "complainant": ("金丝雀投诉人", "金丝雀投诉内容"),
    "guest": ("金丝雀来宾", "13577770005"),
    "speaker": (SPEAKER, "金丝雀教授"),
    "ambassador": (AMBASSADOR,),
    "nominee": (NOMINEE,),
    "who objects": ("金丝雀异议",),
    "councillor": (COUNCILLOR, "13577770007", "canary.council@example.org", "金丝雀有爱心"),
    "commissioner": (COMMISSIONER,),
    "related party": (RELATED,),
}
"""Every kind of person that the books know, and what is known of each."""

CANARIES = tuple(dict.fromkeys(word for words in KINDS.values() for word in words))
# Words that stand for a story here and are no name: they are said of public things as well.
PLAIN = {"女儿", "手术"}

BY_LAW = {COUNCILLOR: "慈善法 78: the members of the bodies that decide, carry out and supervise"}
"""Who is named without being asked, and by which article."""


def told(haystack: str) -> list[str]:
    """Which of the canaries sing in a text, in any of their spellings."""
    birds = [one for one in CANARIES if one not in PLAIN]
    # A line that is broken on paper is still a name.
    joined = "".join(haystack.split())
    return [one for one in birds if one in haystack or one in joined or json.dumps(one)[1:-1] in haystack]


def unlawful(birds: list[str]) -> list[str]:
    """Those of them whom no article names."""
    return [one for one in birds if one not in BY_LAW]


def spelled(answer: Response) -> str:
    """All that an answer says: its headers, its text, what is packed in a workbook or drawn on paper."""
    words = [unquote(f"{name}: {value}") for name, value in answer.headers.items()]
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            words += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    if answer.content.startswith(b"%PDF"):
        paper = PdfReader(io.BytesIO(answer.content))
        words += [page.extract_text() for page in paper.pages]
        words += [str(value) for value in (paper.metadata or {}).values()]
    return "\n".join([*words, answer.content.decode("utf-8", "replace")])
