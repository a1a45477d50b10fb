"""Papers: a template and data become a PDF."""

import asyncio
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import orjson
import pylopdf_fonts_zh_cn as fonts

PRELUDE = Path(__file__).parent / "prelude.typ"
STANDARD = "a-2u"
"""PDF/A-2u (ISO 19005-2): made to be kept for decades, and its text can be found and copied."""

_FOREIGN = re.compile(r'"\s*@')
_AT_ONCE = 2


class TemplateForeignError(ValueError):
    """A template wants a package from the network; documents are set offline."""


async def pdf(template: Path, data: Mapping[str, object], *, made_at: datetime) -> bytes:
    """Set a template with data and return the PDF; the same of both make the same bytes.

    The template finds the data as `data` of the prelude: days and moments as ISO text, money in fen.
    `made_at` is told as the document's date: take a moment of the thing, not of the printing.
    """
    source = _source(template)
    told = orjson.dumps(data, default=_plain).decode()
    # The library lets other threads run meanwhile; more than the processors at once would only wait.
    async with _turn(asyncio.get_running_loop()):
        return await asyncio.to_thread(_set, source, told, made_at)


def _set(source: bytes, told: str, made_at: datetime) -> bytes:
    # Here and not above: a process that sets no paper does without its seven megabytes.
    import typst

    # Its types ask that paths be what the source is, bytes; it takes any kind of path.
    compile_: Any = typst.compile
    return cast(
        "bytes",
        compile_(
            source,
            format="pdf",
            # The prelude's folder is all that a template can read.
            root=PRELUDE.parent,
            font_paths=[Path(fonts.__file__).parent],
            ignore_system_fonts=True,
            sys_inputs={"data": told},
            timestamp=int(made_at.timestamp()),
            pdf_standards=STANDARD,
        ),
    )


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


@cache
def _source(template: Path) -> bytes:
    source = template.read_text(encoding="utf-8")
    if _FOREIGN.search(source):
        raise TemplateForeignError(template.name)
    return source.encode()


@cache
def _turn(_: asyncio.AbstractEventLoop) -> asyncio.Semaphore:
    return asyncio.Semaphore(_AT_ONCE)
