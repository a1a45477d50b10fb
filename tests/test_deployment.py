"""The deployment says what the program asks: no Docker engine is needed to see that nothing is left out."""

import json
import re
from pathlib import Path
from typing import Any

import typst

from app.settings import Settings
from tests.test_papers import OPERATIONS

ROOT = Path(__file__).parent.parent
# For development, for a demo, or told in another way than by the operator's .env.
APART = {"codes_file", "subscriptions_to_loopback", "mail_folder", "database_url", "migration_database_url"}


def merged(told: Any) -> Any:
    """What YAML says with its merge keys (`<<`), which whoever reads it may leave as they are."""
    if isinstance(told, list):
        return [merged(one) for one in told]
    if not isinstance(told, dict):
        return told
    own = {key: merged(value) for key, value in told.items() if key != "<<"}
    others = told.get("<<", [])
    # What is said in the place itself prevails, then what is merged first.
    for other in [others] if isinstance(others, dict) else others:
        own = merged(other) | own
    return own


def compose() -> dict[str, Any]:
    # What sets our papers reads YAML as well: no library has to be there for this file alone.
    script = b'#metadata(yaml("/compose.yaml")) <told>'
    return merged(json.loads(typst.query(script, "<told>", field="value", one=True, root=str(ROOT))))


COMPOSE = compose()


def handed(service: str) -> set[str]:
    return set(COMPOSE["services"][service]["environment"])


def test_whatever_an_operator_may_set_reaches_the_containers() -> None:
    settings = {f"ZHENGXINLU_{name.upper()}" for name in Settings.model_fields.keys() - APART}
    signing = {name for name in settings if "_LOG_" in name}
    assert settings - signing - handed("api") == set()
    assert settings - handed("worker") == set()
    assert handed("api") | handed("worker") >= {"DATABASE_URL"}
    strange = handed("worker") - settings - {"DATABASE_URL"}
    assert strange == set()


def test_every_value_that_compose_insists_on_is_told_to_operators() -> None:
    needed = set(re.findall(r"\$\{(\w+):\?", (ROOT / "compose.yaml").read_text()))
    assert {"POSTGRES_PASSWORD", "ZHENGXINLU_LOG_ORIGIN"} <= needed
    assert [name for name in sorted(needed) if f"`{name}`" not in OPERATIONS] == []
    first_steps = (ROOT / "README.md").read_text()
    assert [name for name in sorted(needed) if f"\n{name}=" not in first_steps] == []


def test_whatever_must_outlive_a_container_lies_on_a_volume() -> None:
    """Its file system is read-only; the folders are the service's own, as the image makes them."""
    image = (ROOT / "Dockerfile").read_text()
    [made] = re.findall(
        r"install --directory --owner=10001 --group=10001 --mode=700 (.+)$", image, re.MULTILINE
    )
    for name, service in COMPOSE["services"].items():
        if "build" not in service:
            continue
        assert service["read_only"] is True
        mounted = {one.partition(":")[2] for one in service.get("volumes", [])}
        assert mounted <= set(made.split()), name
    kept = re.findall(r"file://(/[\w/]+)", (ROOT / "compose.yaml").read_text())
    for service in ("api", "worker"):
        volumes = {one.partition(":")[2] for one in COMPOSE["services"][service]["volumes"]}
        assert set(kept) <= volumes
    assert {one.partition(":")[0] for one in COMPOSE["services"]["worker"]["volumes"]} <= set(
        COMPOSE["volumes"]
    )
