"""Yearly certificates of donations as JSON."""

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import DonationCertificate, DonationCertificateState
from app.fundraising.receipts.certificates import Checked
from app.kit.fields import Body, Line, MoneyOut, shown
from app.kit.http.pages import PageQuery

_NUMBER, _CODE = "610100-JZ-2026-00001", "7K2M9QRT4XV7K2M9QRT4"
_MONEY = {"amount": 12345, "currency": "CNY"}
_YEAR = Field(ge=2000, le=2999, examples=[2026])


class DonationCertificateIn(Body):
    """Any gift of whoever is to get the certificate, and the year that it is over."""

    model_config = ConfigDict(
        json_schema_extra=shown({"donation_id": "01997d5d-ac96-774b-bcce-b302099a8005", "year": 2026})
    )

    donation_id: UUID
    year: Annotated[int, _YEAR]
    title: Line | None = Field(default=None, description="To whom; absent: as told with the gift.")


class DonationCertificateQuery(PageQuery):
    """Which certificates to list."""

    organization_id: UUID | None = None
    year: Annotated[int, _YEAR] | None = None
    state: DonationCertificateState | None = None
    sort: Literal["created_at", "-created_at", "amount", "-amount"] = "-created_at"


class DonationCertificateOut(BaseModel):
    """A certificate as its organization keeps it; who gave is on the paper alone."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": "01997d5d-ac96-774b-bcce-b302099a8022",
                "organization_id": "01997d5d-ac96-774b-bcce-b302099a8001",
                "number": _NUMBER,
                "year": 2026,
                "gift_count": 3,
                "amount": _MONEY,
                "issued_on": "2026-06-10",
                "state": "valid",
            }
        )
    )

    id: UUID
    organization_id: UUID
    number: str
    year: int
    gift_count: int
    amount: MoneyOut
    issued_on: date
    state: DonationCertificateState

    @classmethod
    def of(cls, certificate: DonationCertificate) -> Self:
        """Return a certificate as JSON shows it."""
        told: dict[str, Any] = {
            name: getattr(certificate, name) for name in cls.model_fields if name != "amount"
        }
        return cls(amount=MoneyOut.of(certificate.amount), **told)


class DonationCertificateCheckIn(Body):
    """The number and the code on the paper."""

    model_config = ConfigDict(json_schema_extra=shown({"number": _NUMBER, "code": _CODE}))

    number: Annotated[Line, Field(max_length=100)]
    code: Annotated[Line, Field(max_length=40)]


class CertifiedGiftOut(BaseModel):
    """One line of a certificate."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"on": "2026-05-01", "title": "慈安桥", "amount": _MONEY, "receipt": "0000012345"}
        )
    )

    on: date
    title: str
    amount: MoneyOut
    receipt: str | None = Field(description="The number of the donation receipt over it.")


class DonationCertificateCheckOut(BaseModel):
    """What a certificate says, to whoever holds it, and whether it still holds."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "number": _NUMBER,
                "state": "valid",
                "organization": "西安市慈善会",
                "name": "爱心网友",
                "year": 2026,
                "gift_count": 1,
                "amount": _MONEY,
                "amount_now": _MONEY,
                "issued_on": "2026-06-10",
                "lines": [{"on": "2026-05-01", "title": "慈安桥", "amount": _MONEY, "receipt": "0000012345"}],
            }
        )
    )

    number: str
    state: DonationCertificateState
    organization: str
    name: str
    year: int
    gift_count: int
    amount: MoneyOut
    amount_now: MoneyOut = Field(description="Less what has gone back since it was issued.")
    issued_on: date
    lines: list[CertifiedGiftOut]

    @classmethod
    def of(cls, checked: Checked) -> Self:
        """Return what the paper says, and what became of it."""
        certificate, said = checked.certificate, checked.said
        lines = [
            CertifiedGiftOut(
                on=line["on"],
                title=line["title"],
                amount=MoneyOut.of(line["amount"]),
                receipt=line["receipt"],
            )
            for line in said["lines"]
        ]
        return cls(
            number=certificate.number,
            state=certificate.state,
            organization=said["organization"],
            name=said["name"],
            year=certificate.year,
            gift_count=certificate.gift_count,
            amount=MoneyOut.of(certificate.amount),
            amount_now=MoneyOut.of(checked.amount_now),
            issued_on=certificate.issued_on,
            lines=lines,
        )
