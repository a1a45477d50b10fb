"""Documents: what their numbers say, and which are refused."""

from datetime import date

import pytest

from app.kit.errors import Refusal
from app.kit.persons import documents
from app.kit.persons.documents import DocumentKind
from app.kit.persons.errors import BirthDateDiffers, DocumentInvalid
from app.organizations.visitors import phones
from app.organizations.visitors.errors import PhoneInvalid
from tests.volunteers.office import id_number

# The two sample numbers of GB 11643-1999.
SAMPLES = ("11010519491231002X", "440524188001010014")


@pytest.mark.parametrize("number", SAMPLES)
def test_the_standards_own_numbers_are_taken(number: str) -> None:
    document = documents.read(DocumentKind.resident_id, f" {number[:6]} {number[6:].lower()}")
    assert document.number == number


@pytest.mark.parametrize("number", SAMPLES)
def test_any_changed_digit_is_noticed(number: str) -> None:
    for place in range(17):
        for digit in set("0123456789") - {number[place]}:
            with pytest.raises(DocumentInvalid):
                documents.read(DocumentKind.resident_id, number[:place] + digit + number[place + 1 :])


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DocumentKind.resident_id, "110105491231002"),  # fifteen digits: no longer valid
        (DocumentKind.resident_id, id_number("19900230")),  # no such day
        (DocumentKind.resident_id, id_number(region="810000")),  # a permit is no identity card
        (DocumentKind.residence_permit, id_number(region="610100")),
        (DocumentKind.passport, "E1"),
        (DocumentKind.passport, "Ｅ１２３４５６７８"),
        (DocumentKind.travel_permit, "X12345678"),
    ],
)
def test_what_is_no_document_is_refused_without_being_repeated(kind: DocumentKind, number: str) -> None:
    with pytest.raises(DocumentInvalid) as told:
        documents.read(kind, number)
    assert number not in str(vars(told.value))


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_permits_of_hong_kong_macao_and_taiwan_are_numbered_alike(region: str) -> None:
    number = id_number("19850612", region=region)
    document = documents.read(DocumentKind.residence_permit, number)
    assert documents.birth(document, None) == date(1985, 6, 12)


def test_codes_of_counties_that_are_no_more_are_taken() -> None:
    assert documents.read(DocumentKind.resident_id, id_number(region="619999")).number


def test_a_number_tells_birth_and_gender() -> None:
    document = documents.read(DocumentKind.resident_id, SAMPLES[0])
    assert documents.birth(document, None) == date(1949, 12, 31)
    assert documents.gender(document, None) == "female"
    assert documents.gender(documents.read(DocumentKind.resident_id, SAMPLES[1]), None) == "male"
    with pytest.raises(BirthDateDiffers):
        documents.birth(document, date(1950, 1, 1))
    passport = documents.read(DocumentKind.passport, "e12345678")
    assert (passport.number, documents.gender(passport, "male")) == ("E12345678", "male")
    assert documents.birth(passport, date(2000, 1, 1)) == date(2000, 1, 1)
    with pytest.raises(BirthDateDiffers):
        documents.birth(passport, None)


def test_one_number_of_two_kinds_is_two_documents() -> None:
    one = documents.read(DocumentKind.passport, "12345678")
    other = documents.read(DocumentKind.travel_permit, "12345678")
    assert one.index_text != other.index_text


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ((2012, 3, 1), (2026, 2, 28), 13),
        ((2012, 3, 1), (2026, 3, 1), 14),
        ((2012, 2, 29), (2026, 2, 28), 13),
        ((2012, 2, 29), (2026, 3, 1), 14),
    ],
)
def test_years_are_completed_on_the_birthday(born: tuple, on: tuple, years: int) -> None:
    assert documents.age(date(*born), date(*on)) == years


def test_telephones_are_spelled_alike() -> None:
    assert phones.telephone("138 0000 0001") == phones.telephone("+86-13800000001")
    for text in ("12", "abc", "+", "1" * 29):
        with pytest.raises(PhoneInvalid):
            phones.telephone(text)


def test_a_masked_number_keeps_its_ends() -> None:
    assert documents.masked(SAMPLES[0]) == "110*************2X"
    assert issubclass(DocumentInvalid, Refusal)
