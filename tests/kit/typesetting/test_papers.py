"""Papers: Chinese comes through, markup stays text, nothing is fetched, equal data make equal bytes."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfReader
from typst import TypstError

from app.kit.typesetting import codes, papers

RECEIPT = Path(__file__).parent / "receipt.typ"
MADE_AT = datetime(2026, 5, 1, 8, tzinfo=UTC)
DATA = {
    "title": "公益事业捐赠收据",
    "issuer": "陕西省慈善联合会",
    "number": "（2026）第 000123 号",
    "language": "zh",
    "made_on": date(2026, 5, 1),
    "name": "爱心网友 #panic() *不是标记* $1$",
    "purpose": "慈安桥 <b>&",
    "code": codes.svg("https://example.org/t/0123456789"),
    "rows": [{"words": f"第{number}笔", "amount": 123_456_789_01 - number} for number in range(60)],
    "id": UUID(int=7),
}


async def read(**changes: object) -> PdfReader:
    return PdfReader(io.BytesIO(await papers.pdf(RECEIPT, DATA | changes, made_at=MADE_AT)))


async def test_chinese_and_amounts_come_through() -> None:
    pages = (await read()).pages
    text = "".join(page.extract_text() for page in pages)

    assert "公益事业捐赠收据" in text
    assert "陕西省慈善联合会" in text
    assert "123,456,789.01" in text
    # The sum of sixty rows, to the fen.
    assert "7,407,407,322.90" in text
    assert "第 2 页，共 2 页" in " ".join(pages[1].extract_text().split())


async def test_what_people_typed_is_never_markup() -> None:
    text = (await read()).pages[0].extract_text()

    assert "爱心网友 #panic() *不是标记* $1$" in text
    assert "慈安桥 <b>&" in text


async def test_the_same_data_make_the_same_bytes() -> None:
    first = await papers.pdf(RECEIPT, DATA, made_at=MADE_AT)

    assert first == await papers.pdf(RECEIPT, DATA, made_at=MADE_AT)
    assert first != await papers.pdf(RECEIPT, DATA | {"name": "别人"}, made_at=MADE_AT)


async def test_the_document_says_when_the_thing_was_made_and_by_whom() -> None:
    about = (await read()).metadata

    assert about is not None
    assert about.creation_date == MADE_AT
    assert (about.title, about.author) == ("公益事业捐赠收据", "陕西省慈善联合会")


async def test_every_font_is_embedded_and_none_is_the_systems() -> None:
    [page, *_] = (await read()).pages
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]

    assert fonts
    for font in fonts:
        assert "NotoSansSC" in font["/BaseFont"]
        assert "/FontFile3" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


@pytest.mark.parametrize(
    ("fen", "yuan"), [(0, "0.00"), (5, "0.05"), (-123_456, "-1,234.56"), (10**15, "10,000,000,000,000.00")]
)
async def test_money_is_written_as_everywhere_else(fen: int, yuan: str, tmp_path: Path) -> None:
    template = tmp_path / "one.typ"
    template.write_text('#import "/prelude.typ": *\n#show: paper.with(title: "x")\n#money(data.fen)')
    made = await papers.pdf(template, {"fen": fen}, made_at=MADE_AT)

    assert yuan in PdfReader(io.BytesIO(made)).pages[0].extract_text()


async def test_a_template_reads_no_file_and_fetches_no_package(tmp_path: Path) -> None:
    prying, fetching = tmp_path / "prying.typ", tmp_path / "fetching.typ"
    prying.write_text('#read("/../../../../etc/hostname")')
    fetching.write_text('#import "@preview/cetz:0.2.0"')

    with pytest.raises(TypstError):
        await papers.pdf(prying, {}, made_at=MADE_AT)
    with pytest.raises(papers.TemplateForeignError):
        await papers.pdf(fetching, {}, made_at=MADE_AT)


def test_a_code_is_a_picture() -> None:
    assert codes.svg("https://example.org").startswith("<svg")
    assert codes.png("https://example.org").startswith(b"\x89PNG")
