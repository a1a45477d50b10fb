"""What a column tells is found by its header, or said."""

from pathlib import Path

import pytest

from app.fundraising.imports import columns
from app.fundraising.imports.errors import ColumnAmbiguous, ColumnNotFound, FieldUnknown
from app.kit.tables import HeaderNotFound
from tests.fundraising.imports.lists import HEADER, WHOLE, write


def places(path: Path, **asked: str) -> dict[str, int]:
    _, found = columns.find(path, asked)
    return dict(found.places)


def test_chinese_headers_are_known(tmp_path: Path) -> None:
    assert places(write(tmp_path / "a.csv", [], HEADER)) == {
        "seq": 0,
        "donated_on": 1,
        "name": 2,
        "amount": 3,
        "remark": 4,
    }


def test_english_headers_are_known() -> None:
    assert places(WHOLE, group="source_file") == {
        "group": 0,
        "seq": 2,
        "donated_on": 3,
        "name": 4,
        "kind": 5,
        "amount": 6,
        "remark": 7,
    }


def test_width_case_and_space_make_no_difference(tmp_path: Path) -> None:
    header = ["\ufeff 捐赠日期", "捐赠\u200b金额\n（元）", "Donor_Name", "订单号"]

    assert places(write(tmp_path / "a.csv", [], header)) == {
        "donated_on": 0,
        "amount": 1,
        "name": 2,
        "number": 3,
    }


def test_a_header_can_be_given(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [], ["哪天", "谁", "多少", "金额", "去哪"])

    found = places(path, donated_on="哪天", amount="多少", name="谁", designation="去哪")

    assert found == {"donated_on": 0, "name": 1, "amount": 2, "designation": 4}


def test_a_running_number_is_no_identity(tmp_path: Path) -> None:
    assert "number" not in places(write(tmp_path / "a.csv", [], ["序号", "日期", "金额"]))


def test_two_columns_of_one_meaning_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [], ["日期", "金额", "捐赠金额"])

    with pytest.raises(ColumnAmbiguous) as refused:
        places(path)

    assert refused.value.facts["columns"] == ["金额", "捐赠金额"]
    assert places(path, amount="捐赠金额") == {"donated_on": 0, "amount": 2}


def test_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ColumnNotFound):
        places(write(tmp_path / "a.csv", []), group="来源")


def test_a_field_that_nothing_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FieldUnknown):
        places(write(tmp_path / "a.csv", []), colour="金额")


@pytest.mark.parametrize(
    ("header", "asked", "named", "others"),
    [
        (["日期", "姓名"], {}, ["金额", "捐赠金额(元)", "amount"], ["捐赠日期", "donated_on"]),
        (["序号", "姓名"], {}, ["捐赠日期", "donated_on", "金额", "amount"], ["订单号"]),
        (["日期", "姓名"], {"amount": "实收"}, ["实收"], ["捐赠日期", "捐赠金额(元)"]),
    ],
)
def test_a_list_without_a_header_is_refused_with_the_headers_that_it_could_have(
    tmp_path: Path, header: list[str], asked: dict[str, str], named: list[str], others: list[str]
) -> None:
    with pytest.raises(HeaderNotFound) as refused:
        places(write(tmp_path / "a.csv", [], header), **asked)

    for words in (refused.value.detail, refused.value.detail_zh):
        assert [one for one in (*named, *others) if one in words] == named
