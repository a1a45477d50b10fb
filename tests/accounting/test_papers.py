"""A voucher on paper says what its entry says, in figures and in capitals."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from app.accounting.vouchers import numbers
from app.kit.typesetting.amounts import capitals
from tests.accounting.office import Office, credit, debit


def words(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


async def numbered(at: Office) -> list[dict[str, object]]:
    await numbers.assign(at.session, at.organization.id, date(2026, 5, 1), until=date(2026, 5, 31))
    found = await at.get("/v1/accounting/numbered-vouchers", month="2026-05-01")
    return found.json()["items"]


async def test_a_voucher_prints_in_the_classical_layout(at: Office) -> None:
    rent = at.made("RENT", amount=1234_56, money_account="1002", channel_id=at.bank.id)
    await at.posted(rent | {"summary": "支付五月房租", "attachment_count": 3})
    [row] = await numbered(at)

    answer = await at.get(f"/v1/accounting/numbered-vouchers/{row['id']}/pdf")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    [page] = words(answer.content)
    for word in (
        *("记账凭证", "记-202605-0001", "2026年5月8日", at.organization.name.replace(" ", "")),
        *("摘要", "会计科目", "借方金额", "贷方金额", "支付五月房租", "5301管理费用", "1002银行存款"),
        *("1,234.56", "壹仟贰佰叁拾肆元伍角陆分", "附件3张", "制单：ann", "审核：ray", "记账：bo", "出纳："),
    ):
        assert word in page, word


async def test_a_range_prints_one_after_the_other_and_a_long_one_goes_on_overleaf(at: Office) -> None:
    bank = {"channel_id": at.bank.id}
    for minor in (100, 200):
        await at.posted(at.voucher(debit("5301", minor), credit("1002", minor, **bank)))
    many = [debit("5101", 10, sub=f"part{number}") for number in range(8)]
    await at.posted(at.voucher(*many, credit("1002", 80, **bank)))
    await numbered(at)
    asked = {"organization_id": str(at.organization.id), "month": "2026-05-01"}
    path = "/v1/accounting/numbered-vouchers/pdf"

    answer = await at.get(path, **asked, number_from=2, number_to=3)
    none = await at.get(path, **asked, number_from=7, number_to=9)
    long = await at.get(path, **asked, number_from=1, number_to=201)

    pages = words(answer.content)
    assert len(pages) == 3
    assert "记-202605-0002" in pages[0]
    assert "记-202605-0003（1/2）" in pages[1]
    assert "转下页" in pages[1]
    assert "捌角整" in pages[2]
    assert (none.status_code, long.status_code) == (404, 422)


@pytest.mark.parametrize(
    ("minor", "said"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (1_00_50, "壹佰元伍角整"),
        (1001_00, "壹仟零壹元整"),
        (123456_78, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
        (100_000_00, "壹拾万元整"),
        (100_001_00, "壹拾万零壹元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (10**15, "壹拾万亿元整"),
        (-1_00, "负壹元整"),
    ],
)
def test_amounts_are_written_in_capitals(minor: int, said: str) -> None:
    assert capitals(minor) == said
