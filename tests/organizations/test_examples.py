"""The examples in the OpenAPI document are true: each is something its own model accepts."""

from importlib import import_module
from inspect import isclass
from typing import Any

import pytest
from pydantic import BaseModel

MODULES = {
    f"app.organizations.schemas.{noun}"
    for noun in (
        "approvals",
        "policies",
        "desk",
        "factors",
        "handovers",
        "grants",
        "keys",
        "organizations",
        "people",
        "populations",
        "regions",
        "signin",
    )
}


def shown() -> list[tuple[type[BaseModel], Any]]:
    modules = [import_module(name) for name in MODULES]
    models = {one for module in modules for one in vars(module).values() if isclass(one)}
    bodies = {one for one in models if issubclass(one, BaseModel) and one.__module__ in MODULES}
    pairs = [(one, (one.model_config.get("json_schema_extra") or {}).get("examples", [])) for one in bodies]
    return sorted(
        ((one, example) for one, many in pairs for example in many), key=lambda pair: pair[0].__name__
    )


@pytest.mark.parametrize(("model", "example"), shown(), ids=lambda one: getattr(one, "__name__", ""))
def test_an_example_is_something_its_model_accepts(model: type[BaseModel], example: Any) -> None:
    assert model.model_validate(example).model_dump(mode="json", exclude_unset=True) == example


def test_every_body_shows_an_example() -> None:
    names = {model.__name__ for model, _ in shown()}
    expected = {"OrganizationIn", "OrganizationChanges", "ParentIn", "PersonIn", "GrantIn", "DelegationIn"}
    assert expected | {"KeyIn", "RefreshIn", "PasswordIn", "MeOut", "TokensOut", "RegionOut"} <= names
