"""Bare: the copy for everybody of a document says what the document says, and not who made it."""

import io
import zipfile
import zlib
from typing import Any

import openpyxl
import pytest
import typst
from openpyxl.comments import Comment
from pypdf import PdfReader, PdfWriter

from app.kit.attachments import contents
from app.kit.attachments.errors import DocumentNamesAuthor, FileTypeNotAllowed

AUTHOR = "Jinsique Zuozhe"
SAID = "Annual report"


def shared(content: bytes) -> bytes:
    copy = contents.look(content, public=True).copy
    assert copy is not None
    return copy


def everything(content: bytes) -> bytes:
    """All that is in a document, packed or not."""
    told = content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return told + b"".join(packed.read(name) for name in packed.namelist())
    for part in content.split(b"stream")[1:]:
        try:
            told += zlib.decompressobj().decompress(part.lstrip(b"\r\n"))
        except zlib.error:
            continue
    return told


def hidden(name: str, told: bytes) -> bool:
    spellings = {name.encode(), name.encode("utf-16-be"), name.encode("utf-16-be").hex().encode()}
    return not any(one in told or one.upper() in told for one in spellings)


def written(**over: Any) -> bytes:
    """A paper with its author in the ways of a program that packs nothing."""
    sheet = PdfReader(io.BytesIO(set_up()))
    writer = PdfWriter()
    writer.append(sheet)
    writer.add_metadata({"/Author": AUTHOR, "/Title": SAID} | over)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def set_up() -> bytes:
    """A paper with its author in the ways of a program that packs and writes XMP."""
    source = f'#set document(author: "{AUTHOR}", title: "{SAID}")\n{SAID}'
    return bytes(typst.compile(source.encode()))


def packed_objects() -> bytes:
    """A paper whose information lies in a packed stream of objects (PDF 1.5), as newer programs write it."""
    objects = (
        b"<< /Author (%s) /Creator <%s> >>" % (AUTHOR.encode(), AUTHOR.encode().hex().encode()),
        b"<< /Type /Catalog /Pages 3 0 R >>",
    )
    index = b"1 0 2 %d " % (len(objects[0]) + 1)
    stream = zlib.compress(index + b" ".join(objects), 1)
    head = b"<< /Type /ObjStm /N 2 /First %d /Filter /FlateDecode /Length %d >>" % (len(index), len(stream))
    return b"%PDF-1.5\n4 0 obj\n" + head + b"\nstream\n" + stream + b"\nendstream\nendobj\n%%EOF\n"


@pytest.mark.parametrize("make", [written, set_up, packed_objects])
def test_a_paper_says_what_it_says_and_not_by_whom(make: Any) -> None:
    content = make()
    copy = shared(content)

    assert not hidden(AUTHOR, everything(content))
    assert hidden(AUTHOR, everything(copy))
    # Nothing was moved: whoever reads by offsets finds everything.
    assert len(copy) == len(content)
    if make is not packed_objects:
        paper = PdfReader(io.BytesIO(copy))
        assert SAID in paper.pages[0].extract_text()
        assert paper.metadata is not None
        assert not (paper.metadata.author or "").strip()


def test_names_in_any_spelling_are_taken_out() -> None:
    for name in ("王小明", "O'Neil (II)", "a\\b(c)d"):
        assert hidden(name, everything(shared(written(**{"/Author": name}))))


def test_a_paper_that_was_sealed_stays_as_it_was() -> None:
    sealed = written() + b"\n<< /Type /Sig /ByteRange [0 1 2 3] >>"
    assert shared(sealed) == sealed


def test_a_paper_whose_author_cannot_be_taken_out_is_refused() -> None:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(written())))
    writer.encrypt("", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(DocumentNamesAuthor):
        contents.look(out.getvalue(), public=True)
    # What is not for everybody is kept as it came.
    assert contents.look(out.getvalue(), public=False).copy is None


def test_a_workbook_keeps_its_cells_and_loses_its_authors() -> None:
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = AUTHOR
    book.worksheets[0].append([SAID])
    book.worksheets[0]["A1"].comment = Comment("looks right", AUTHOR)
    out = io.BytesIO()
    book.save(out)

    copy = shared(out.getvalue())

    assert not hidden(AUTHOR, everything(out.getvalue()))
    assert hidden(AUTHOR, everything(copy))
    again = openpyxl.load_workbook(io.BytesIO(copy))
    assert again.worksheets[0]["A1"].value == SAID


def packed(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, said in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), said)
    return out.getvalue()


def test_a_letter_loses_who_commented_and_changed() -> None:
    content = packed(
        word__document_xml=f'<w:p><w:ins w:id="1" w:author="{AUTHOR}"><w:t>{SAID}</w:t></w:ins></w:p>',
        word__comments_xml=f'<w:comment w:author="{AUTHOR}" w:initials="JZ"/>',
        word__people_xml=f'<w15:person w15:author="{AUTHOR}"><w15:presenceInfo w15:userId="{AUTHOR}"/>',
        docProps__core_xml=f"<dc:creator>{AUTHOR}</dc:creator>",
        docProps__app_xml=f"<Manager>{AUTHOR}</Manager>",
        docProps__custom_xml=f"<vt:lpwstr>{AUTHOR}</vt:lpwstr>",
    )
    told = everything(shared(content))
    assert hidden(AUTHOR, told)
    assert b"JZ" not in told
    assert SAID.encode() in told


def test_a_sealed_letter_stays_and_an_endless_one_is_refused() -> None:
    sealed = packed(OFD_xml=f"<ofd:Author>{AUTHOR}</ofd:Author>", Doc_0__Signs__Signatures_xml="x")
    assert shared(sealed) == sealed
    unsealed = packed(OFD_xml=f"<ofd:Author>{AUTHOR}</ofd:Author><ofd:Title>{SAID}</ofd:Title>")
    assert hidden(AUTHOR, everything(shared(unsealed)))
    # Its directory says that it unfolds to two gigabytes: nobody tries.
    size = unsealed.index(b"PK\x01\x02") + 24
    endless = unsealed[:size] + (2**31 - 1).to_bytes(4, "little") + unsealed[size + 4 :]
    with pytest.raises(FileTypeNotAllowed):
        contents.look(endless, public=True)
