"""The QR code on a certificate is read from the page, and leads to the check of that very certificate."""

import io
import re
from urllib.parse import urlsplit

import segno
from pypdf import PdfReader

from tests.volunteers.calls import served
from tests.volunteers.office import Office, person
from tests.volunteers.test_certificates import check, issue, paper

_STROKE = re.compile(rb"(?<![\d.])(\d+) (\d+)\.5 m (\d+) (\d+)\.5 l")
_BORDER = 2


def drawn(pdf: bytes) -> set[tuple[int, int]]:
    """The dark squares of the code on the first page, by row and column: it is drawn as level strokes."""
    content = PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert content is not None
    dark: set[tuple[int, int]] = set()
    for first, row, last, same in (map(int, found) for found in _STROKE.findall(content.get_data())):
        assert row == same
        dark |= {(row - _BORDER, column - _BORDER) for column in range(first, last)}
    return dark


def squares(text: str) -> set[tuple[int, int]]:
    """The dark squares of the code that says this text."""
    matrix = segno.make(text, error="m", micro=False).matrix
    return {(row, column) for row, line in enumerate(matrix) for column, dark in enumerate(line) if dark}


async def test_the_code_on_the_page_leads_to_the_check_of_this_certificate(desk: Office) -> None:
    who = await desk.volunteer(**person())
    await served(desk, who)
    made = (await issue(desk, who)).json()
    answer = await desk.get(f"/certificates/{made['id']}/paper")
    text = await paper(desk, made["id"])
    printed = re.search(r"核验网址：([\x21-\x7e]+)", text)
    assert printed, text
    address = printed[1]

    assert drawn(answer.content) == squares(address)
    assert drawn(answer.content) != squares(address[:-1] + "?")
    shown = await desk.client.get(urlsplit(address).path)
    by_code = await check(desk, made["number"], text.partition("验证码")[2][:20])
    assert shown.status_code == 200, shown.text
    said = by_code.json()
    assert (said["number"], said["state"]) == (made["number"], "valid")
    for told in ("证书有效", said["number"], said["name"], said["document_number"], said["hours"]):
        assert told in shown.text, told
