"""Feeds: the latest publications as Atom (RFC 4287), for programs that watch what is published."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime

from app.disclosure.publications.forms import FORMS
from app.disclosure.publications.registers import Listed

MEDIA_TYPE = "application/atom+xml"
LENGTH = 50
_SPACE = "http://www.w3.org/2005/Atom"
_BEFORE_ALL = datetime(2016, 9, 1, tzinfo=UTC)
"""When the Charity Law came into force: an empty feed was last changed then."""


def atom(listed: Sequence[Listed], *, public_url: str, organization: str | None = None) -> bytes:
    """Write publications as a feed, the newest first; titles say what is for demonstration only."""
    # Every name in a feed is of one vocabulary, so it is the default one and no prefix is needed.
    feed = ET.Element("feed", {"xmlns": _SPACE, "xml:lang": "zh-CN"})
    own = f"{public_url}/v1/disclosure/publications.atom"
    own += f"?organization={organization}" if organization else ""
    _text(feed, "id", own)
    _text(feed, "title", "公开信息" + (f"：{listed[0].organization.name}" if organization and listed else ""))
    _text(feed, "updated", _moment(listed[0].publication.created_at if listed else _BEFORE_ALL))
    ET.SubElement(feed, "link", rel="self", type=MEDIA_TYPE, href=own)
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href=f"{public_url}/")
    _text(feed, "generator", "Zhengxinlu 征信录")
    for one in listed:
        _entry(feed, one, public_url)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="utf-8")


def _entry(feed: ET.Element, one: Listed, public_url: str) -> None:
    row, owner = one.publication, one.organization
    title_zh = FORMS[row.kind].title_zh
    entry = ET.SubElement(feed, "entry")
    _text(entry, "id", f"urn:uuid:{row.id}")
    named = ("【演示】" if owner.demo else "") + ("【更正】" if row.corrects_id else "")
    _text(entry, "title", f"{named}{title_zh}　{row.title}")
    for name in ("published", "updated"):
        _text(entry, name, _moment(row.created_at))
    author = ET.SubElement(entry, "author")
    _text(author, "name", owner.name)
    ET.SubElement(entry, "category", term=row.kind.value, label=title_zh)
    own = f"{public_url}/v1/disclosure/publications/{row.id}"
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=f"{own}/paper?format=html")
    ET.SubElement(entry, "link", rel="alternate", type="application/json", href=own)
    why = f"更正原因：{row.reason}" if row.reason else ""
    _text(entry, "summary", f"期间：{row.period_from} 至 {row.period_to}。{why}")


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
