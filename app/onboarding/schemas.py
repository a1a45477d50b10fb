"""What onboarding says over HTTP."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import MoneyOut, shown


class OnboardingOut(BaseModel):
    """What came of a workbook. `already`: this very file was taken before, and nothing was done now."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization": "610100",
                "live_on": "2026-07-01",
                "dry_run": False,
                "already": False,
                "funds": 2,
                "accounts": 2,
                "people": 3,
                "campaigns": 1,
                "entries": 1,
                "unspent": {"amount": 9000000, "currency": "CNY"},
            }
        )
    )

    organization: str
    live_on: date
    dry_run: bool = Field(description="Whether it was only tried: nothing is kept then.")
    already: bool
    funds: int
    accounts: int
    people: int
    campaigns: int
    entries: int
    unspent: MoneyOut
