"""Orders as JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.gifts import Giver
from app.fundraising.models import Donation, DonationOrder, OrderState
from app.fundraising.paying.payables import Payer, PaymentMethod
from app.fundraising.schemas.donations import GiverIn
from app.fundraising.ways import orders
from app.fundraising.ways.orders import NewOrder, Placed
from app.kit.fields import Body, Code, Line, MoneyIn, MoneyOut, Words, shown
from app.kit.http.pages import PageQuery

NUMBER = "ZXL202605017K2M9QX4T0V8R3W6"
OpenId = Annotated[str, Field(strict=True, pattern=r"^[A-Za-z0-9_-]{1,128}$")]
_FEN = {"amount": 5000, "currency": "CNY"}
_SHOWN = {
    "number": NUMBER,
    "campaign_id": "01997d5d-ac96-774b-bcce-b302099a8002",
    "platform_id": "01997d5d-ac96-774b-bcce-b302099a8004",
    "amount": _FEN,
    "designation": None,
    "terms_version": "2026-01",
    "state": "open",
    "created_at": "2026-05-01T02:00:00Z",
    "expires_at": "2026-05-01T04:00:00Z",
    "paid": None,
    "paid_late": False,
    "donation_id": None,
    "lookup_code": None,
}
_MADE = _SHOWN | {
    "secret": "7K2M9QX4T0V8R3W6ZBND4H5J6K",
    "payment": {
        "type": "donation.succeeded",
        "data": {"donation_id": NUMBER, "campaign": "SX-2026-BRIDGE", **_FEN, "donor": {"anonymous": True}},
    },
}


class ReceiptWishIn(Body):
    """That a receipt is wished for, and to whom."""

    title: Line
    tax_id: Line | None = None
    email: Line | None = None


class PaymentWishIn(Body):
    """Where the giver is when they pay: `jsapi` or `h5` of WeChat Pay; `app`, `page` or `wap` of Alipay."""

    method: PaymentMethod
    openid: OpenId | None = Field(
        default=None, description="Of the giver at our WeChat application, for `jsapi`; it is kept nowhere."
    )


class DonationOrderIn(Body):
    """What somebody means to give, through which payment platform."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "campaign": "SX-2026-BRIDGE",
                "platform": "sandbox",
                "amount": _FEN,
                "terms_version": "2026-01",
                "giver": {"name": "王小明", "show_name": True},
                "message": "愿桥早日建成",
                "receipt": {"title": "王小明"},
            }
        )
    )

    campaign: Code
    platform: Code
    amount: MoneyIn
    terms_version: Line = Field(description="Of the donation terms that the giver has agreed to.")
    designation: Code | None = None
    giver: GiverIn = GiverIn()
    message: Words | None = None
    receipt: ReceiptWishIn | None = None
    payment: PaymentWishIn | None = Field(
        default=None, description="For WeChat Pay and Alipay, which want to know how it will be paid."
    )

    def as_order(self, *, address: str | None = None) -> NewOrder:
        """Return the same in the words of the rules."""
        wish = self.receipt.model_dump() if self.receipt else {}
        paying = dict(self.payment) if self.payment else {}
        return NewOrder(
            campaign=self.campaign,
            platform=self.platform,
            amount=self.amount.amount,
            terms_version=self.terms_version,
            designation=self.designation,
            giver=Giver(**dict(self.giver)),
            message=self.message,
            receipt={name: value for name, value in wish.items() if value},
            payer=Payer(**paying, address=address),
        )


class DonationOrderOut(BaseModel):
    """An order, and the gift that has come under its number. Nothing is told of the giver."""

    model_config = ConfigDict(json_schema_extra=shown(_SHOWN))

    number: str
    campaign_id: UUID
    platform_id: UUID
    amount: MoneyOut
    designation: str | None
    terms_version: str
    state: OrderState
    created_at: datetime
    expires_at: datetime
    paid: MoneyOut | None
    paid_late: bool
    donation_id: UUID | None
    lookup_code: str | None

    @classmethod
    def of(cls, order: DonationOrder, gift: Donation | None, **more: Any) -> Self:  # noqa: ANN401
        """Return an order as JSON shows it."""
        return cls(
            number=order.number,
            campaign_id=order.campaign_id,
            platform_id=order.platform_id,
            amount=MoneyOut.of(order.amount),
            designation=order.designation,
            terms_version=order.terms_version,
            state=orders.state(order, gift),
            created_at=order.created_at,
            expires_at=order.expires_at,
            paid=MoneyOut.of(gift.amount) if gift else None,
            paid_late=gift is not None and gift.donated_at > order.expires_at,
            donation_id=gift.id if gift else None,
            lookup_code=gift.lookup_code if gift else None,
            **more,
        )


class DonationOrderMadeOut(DonationOrderOut):
    """A fresh order with its secret, told once, and what the payer's device needs to pay it."""

    model_config = ConfigDict(json_schema_extra=shown(_MADE))

    secret: str
    payment: dict[str, Any] = Field(
        description="As the platform wants it: what `WeixinJSBridge` is handed, an `h5_url`, Alipay's "
        "`order_string` or `url`, or what a demo's platform is to tell."
    )

    @classmethod
    def placed(cls, placed: Placed, payment: Mapping[str, Any]) -> Self:
        """Return a fresh order as JSON shows it."""
        return cls.of(placed.order, None, secret=placed.secret, payment=dict(payment))


class DonationOrderQuery(PageQuery):
    """Which orders to list."""

    organization_id: UUID | None = None
    campaign_id: UUID | None = None
    state: OrderState | None = None
    sort: Literal["created_at", "-created_at", "amount", "-amount"] = "-created_at"
