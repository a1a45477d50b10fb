"""The walk: every address that everybody may read, found in the document and in the answers themselves."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.http.rates import Rates
from tests.access.words import PAGES
from tests.disclosure.consent import birds

LANGUAGES = ("zh", "en")
# What is no key but a word that anybody may write into an address.
WORDS = {"year": ("2026", "2025"), "period": ("2025-05", "2025")}
PDF, HTML, ATOM = "application/pdf", "text/html", "application/atom+xml"
ADDRESSES_MAX, PAPERS_MAX = 30, 4
_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
_LINK = re.compile(r"""(?:href|src|action)=["']([^"']+)["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One answer: where, in which form, and which canaries sang in it."""

    template: str
    address: str
    form: tuple[tuple[str, str], ...]
    status: int
    birds: tuple[str, ...]
    etag: str | None
    keeping: str
    found: int | None
    """How many items a list told of; None if it is none."""


@dataclass(kw_only=True)
class Walk:
    """A stranger who reads everything: what is public, and what they were handed a key to."""

    app: FastAPI
    client: AsyncClient
    handed: Mapping[str, Iterable[Mapping[str, str]]] = field(default_factory=dict)
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    """Tags of an earlier walk by form and address: sent along, as a cache would."""

    def __post_init__(self) -> None:
        self.templates = dict(public(self.app))
        self.patterns = sorted(
            ((_pattern(one), one) for one in self.templates), key=lambda pair: pair[1].count("{")
        )
        self.found: dict[str, set[str]] = defaultdict(set)
        self.values: dict[str, set[str]] = defaultdict(set, {name: {*said} for name, said in WORDS.items()})
        self.listed: dict[str, set[str]] = defaultdict(set)
        self.heard: list[Heard] = []
        self._chosen = set[tuple[str, str]]()

    async def everything(self) -> list[Heard]:
        """Read until no answer leads anywhere new; return all that was answered."""
        seen = set[str]()
        while True:
            for template in self.templates:
                self.found[template] |= set(self._filled(template))
            ahead = [
                (template, address)
                for template, addresses in self.found.items()
                for address in sorted(addresses)[:ADDRESSES_MAX]
                if address not in seen
            ]
            if not ahead:
                return self.heard
            for template, address in ahead:
                seen.add(address)
                await self._read(template, address)

    async def _read(self, template: str, address: str) -> None:
        for headers in _forms(self.templates[template]):
            papers = sum(one.template == template and PDF in dict(one.form).values() for one in self.heard)
            if headers.get("Accept") == PDF and papers >= PAPERS_MAX:
                continue
            await self._ask(template, address, headers)
        for name, words in _choices(self.templates[template], self.app.openapi()):
            if name == "format" or (template, name) not in self._chosen:
                mark = "&" if "?" in address else "?"
                for word in words:
                    await self._ask(template, f"{address}{mark}{name}={quote(word)}", {})
                if self.heard[-1].status == 200:
                    self._chosen.add((template, name))

    async def _ask(self, template: str, address: str, form: dict[str, str]) -> None:
        key = f"{address} {sorted(form.items())}"
        tag = {"If-None-Match": self.known[key]} if key in self.known else {}
        # A stranger has all the time there is: how often somebody may ask is tried elsewhere.
        self.app.state.rates = Rates()
        answer = await self.client.get(address, headers={**form, **self.headers.get(template, {}), **tag})
        sung = birds.told(birds.spelled(answer))
        self.heard.append(
            Heard(
                template=template,
                address=address,
                form=tuple(sorted(form.items())),
                status=answer.status_code,
                birds=tuple(sung),
                etag=answer.headers.get("etag"),
                keeping=answer.headers.get("cache-control", ""),
                found=_found(answer),
            )
        )
        if answer.status_code == 200:
            self._learn(template, answer)

    def tags(self) -> dict[str, str]:
        """Return the tags that a cache would keep of this walk."""
        return {f"{one.address} {list(one.form)}": one.etag for one in self.heard if one.etag}

    def silent(self) -> set[str]:
        """Return the templates of which no address was answered."""
        return set(self.templates) - {one.template for one in self.heard if one.status in {200, 304}}

    def empty(self) -> set[str]:
        """Return the lists in which nobody and nothing was found."""
        lists = {one.template for one in self.heard if one.found is not None}
        return lists - {one.template for one in self.heard if one.found}

    def singing(self) -> dict[str, set[str]]:
        """Return at which templates each canary was heard."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self.heard:
            for bird in one.birds:
                found[bird].add(one.template)
        return found

    def _filled(self, template: str) -> Iterator[str]:
        names = _PARAMETER.findall(template)
        for said in self.handed.get(template, ()):
            yield _with(template, [said[name] for name in names])
        if not names:
            yield template
            return
        before = template.split("/{", 1)[0]
        choices = [
            self.listed[before] if place == 0 and self.listed[before] else self.values[name]
            for place, name in enumerate(names)
        ]
        for chosen in product(*(sorted(one)[:ADDRESSES_MAX] for one in choices)):
            yield _with(template, chosen)

    def _learn(self, template: str, answer: Response) -> None:
        kind = answer.headers.get("content-type", "").partition(";")[0]
        if kind == "application/json":
            self._take(template, answer.json())
        elif kind in {HTML, ATOM}:
            for link in _LINK.findall(answer.text):
                self._follow(html.unescape(link))

    def _take(self, template: str, said: Any) -> None:
        if isinstance(said, dict):
            for name, value in said.items():
                if isinstance(value, str) and (name.endswith("_id") or name == "dataset"):
                    self.values[name].add(value)
                if name == "items" and isinstance(value, list):
                    keys = [key for item in value for key in _keys(item, self.templates, template)]
                    self.listed[template] |= {*keys}
                self._take(template, value)
        elif isinstance(said, list):
            for one in said:
                self._take(template, one)
        elif isinstance(said, str) and (said.startswith("/") or "://" in said):
            self._follow(said)

    def _follow(self, link: str) -> None:
        parts = urlsplit(link)
        asked = f"?{parts.query}" if parts.query else ""
        for pattern, template in self.patterns:
            if pattern.fullmatch(parts.path):
                self.found[template].add(parts.path + asked)
                return


def public(app: FastAPI) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every address that everybody may read: those of the document that are public, and the pages."""
    for path, item in app.openapi()["paths"].items():
        if item.get("get", {}).get("x-permission") == "public":
            yield path, item["get"]
    for path in PAGES:
        yield path, {}


def _with(template: str, values: Iterable[str]) -> str:
    left = iter(values)
    return _PARAMETER.sub(lambda _: quote(next(left), safe=""), template)


def _pattern(template: str) -> re.Pattern[str]:
    parts = _PARAMETER.split(template)[::2]
    return re.compile("[^/]+".join(re.escape(part) for part in parts))


def _keys(item: Any, templates: Iterable[str], template: str) -> Iterator[str]:
    """By what the address of one item is filled in: as the parameter after the list's own is called."""
    names = {_PARAMETER.findall(one)[0] for one in templates if one.startswith(f"{template}/{{")}
    for name in names:
        key = item.get("id" if name.endswith("_id") else name) if isinstance(item, dict) else None
        if isinstance(key, str):
            yield key


def _found(answer: Response) -> int | None:
    if answer.status_code != 200 or answer.headers.get("content-type") != "application/json":
        return None
    said = answer.json()
    return len(said["items"]) if isinstance(said, dict) and "items" in said else None


def _forms(operation: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """In which forms an address is asked for: both languages, and each type that it says it has."""
    for language in LANGUAGES:
        yield {"Accept-Language": language}
    kinds = operation.get("responses", {}).get("200", {}).get("content", {})
    if len(kinds) > 1:
        yield from ({"Accept": kind} for kind in kinds if kind != "application/json")


def _choices(operation: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """What may be chosen in a query: every word of every parameter that has a few."""
    for one in operation.get("parameters", ()):
        if one["in"] == "query":
            words = [str(word) for word in _words(one["schema"], document)]
            if 0 < len(words) <= 12:
                yield one["name"], words


def _words(schema: Mapping[str, Any], document: Mapping[str, Any]) -> list[Any]:
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    parts = schema.get("anyOf", [])
    return schema.get("enum", []) or [word for part in parts for word in _words(part, document)]
