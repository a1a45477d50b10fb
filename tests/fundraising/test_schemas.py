"""The examples in the API document are ones that the API would take and give."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from pydantic import BaseModel

MODULES = (
    "app.accounting.schemas.channels",
    *(
        f"app.fundraising.schemas.{name}"
        for name in (
            "campaigns",
            "corrections",
            "donations",
            "donation_certificates",
            "receipt_files",
            "receipts",
            "refunds",
        )
    ),
)


def models() -> Iterator[type[BaseModel]]:
    for name in MODULES:
        for value in vars(import_module(name)).values():
            if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == name:
                yield value


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.__name__)
def test_an_example_is_one_of_its_kind(model: type[BaseModel]) -> None:
    extra = model.model_config.get("json_schema_extra") or {}
    assert isinstance(extra, dict)
    for example in extra.get("examples", []):
        read = model.model_validate(example)
        assert set(example) <= set(read.model_dump(mode="json"))


def test_whatever_an_operation_takes_or_tells_has_an_example() -> None:
    without = [model.__name__ for model in models() if not (model.model_config.get("json_schema_extra"))]
    parts = {"GiverIn", "GiverOut", "DesignationOut", "ChannelTotals", "CampaignTotals"}
    assert {name for name in without if not name.endswith("Query") and "Page" not in name} == parts
