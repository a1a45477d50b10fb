"""The house measures itself: sizes, names, layers, and every way in which money can move."""

import ast
import os
import re
import subprocess
import sys
from statistics import median

import pytest
from fastapi import FastAPI

from app.kit.database import Base
from app.kit.errors import Refusal
from app.kit.http import problems
from tests.sources import ROOT, Definition, decorated, length, parameters, sources, statements, words

FILE_LINES_MAX, TEST_LINES_MAX, FILE_LINES_AIM = 250, 400, 80
FUNCTION_LINES_MAX, PARAMETERS_MAX, ENDPOINT_STATEMENTS_MAX = 60, 6, 10
FOLDER_MODULES_MAX, COLUMNS_MAX = 20, 110

BANNED = {"service", "manager", "helper", "handler", "utils", "common", "base", "process", "do"}
# Words of others, or of the federation: API principals and PostgreSQL's role are called `service`, and
# a social service organization is a legal form. Libraries name what they want overridden.
NAMED_ELSEWHERE = {
    *("Base", "get_route_handler"),
    *("SERVICE_LIMITS", "SERVICE_ROLE", "social_service_org", "service"),
}
# `service` alone is a value of these enumerations and nothing else.
SERVICES = {"app.organizations.access", "app.organizations.models.keys", "app.projects.models.benefits"}

_CHARITY = (
    "aid beneficiaries beneficiary campaign campaigns charities charity designation designations disbursement"
    " disbursements donate donated donation donations donor donors fund fundraiser fundraising funds gift"
    " gifts giver givers matching pledge pledges programme programmes project projects refund refunds village"
    " villages volunteer volunteers"
)
CHARITY = set(_CHARITY.split())

# Sentences ("Fundraising over HTTP."): a door, a vocabulary, a feature's tables and its refusals are named
# after the feature, so there is no noun left to say.
SENTENCES = re.compile(r"(^|\.)(routers?|schemas|models|errors)(\.|$)")
NOUN = re.compile(r"[A-Z][\w' -]{1,40}: \S.*[.!?]")
SENTENCE = re.compile(r"[A-Z].*\.")

# Every way money can move. A module that is new here is a new way: it needs a reason and a reviewer.
MOVES_MONEY = {
    "app.accounting.bank.decisions",
    "app.accounting.cash.deposits",
    "app.accounting.cash.sessions",
    "app.fundraising.banking.settlements",
    "app.accounting.months.years",
    "app.accounting.vouchers.steps",
    "app.cli.samples.uses",
    "app.fundraising.corrections",
    "app.fundraising.donations",
    "app.fundraising.goods.arrivals",
    "app.fundraising.goods.clothes",
    "app.fundraising.goods.disposals",
    "app.fundraising.goods.handouts",
    "app.fundraising.goods.shipments",
    "app.fundraising.goods.valuations",
    "app.fundraising.refunds",
    "app.fundraising.settling.comparing",
    "app.fundraising.suspense",
    "app.ledger.movements.dues",
    "app.onboarding.arrivals",
    "app.ledger.movements.givebacks",
    "app.ledger.movements.openings",
    "app.ledger.movements.redesignations",
    "app.ledger.movements.spending",
    "app.ledger.movements.transfers",
    "app.ledger.reversals",
}
# Beside the routers: the application, sign-in, what describes doors in the OpenAPI document, the public
# page's frame, the command that serves, and the kit's modules that are about HTTP.
KNOWS_FASTAPI = re.compile(
    r"app\.(\w+\.routers?(\.\w+){0,2}|main|cli\.serve|organizations\.(signin|declarations)"
    r"|webhooks\.description|site\.(router|sheets)|kit\.(database|http\.\w+))"
)
KNOWS_SETTINGS = re.compile(r"app\.(main|worker|opening|settings|cli(\..+)?)")

APP = sources("app")
TESTS = sources("tests")


def broken(rule: str, found: list[str]) -> None:
    assert not found, f"{rule}:\n" + "\n".join(found)


def test_files_stay_small() -> None:
    assert len(APP) > 100
    long = [f"{one}: {len(one.lines)}" for one in APP if len(one.lines) > FILE_LINES_MAX]
    long += [f"{one}: {len(one.lines)}" for one in TESTS if len(one.lines) > TEST_LINES_MAX]
    broken("a file has grown over its limit: find the noun that is missing", long)
    assert median(len(one.lines) for one in APP if one.path.name != "__init__.py") <= FILE_LINES_AIM * 1.3


def test_lines_fit() -> None:
    wide = [
        f"{one}:{number}"
        for one in (*APP, *TESTS, *sources("migrations"), *sources("benchmarks"))
        for number, line in enumerate(one.lines, 1)
        if len(line) > COLUMNS_MAX and "migrations" not in str(one)
    ]
    broken(f"a line is over {COLUMNS_MAX} columns", wide)


def test_functions_stay_small() -> None:
    long = [
        f"{one}:{function.lineno} {function.name}: {length(function)}"
        for one in APP
        for function in one.functions()
        if length(function) > FUNCTION_LINES_MAX
    ]
    broken(f"a function has over {FUNCTION_LINES_MAX} lines", long)


def test_functions_are_handed_little() -> None:
    # A command's function is its command line: typer reads every option from its parameters.
    commands = {"app.cli", *(f"app.cli.{path.stem}" for path in (ROOT / "app/cli").glob("*.py"))}
    many = [
        f"{one}:{function.lineno} {function.name}: {len(parameters(function))}"
        for one in APP
        for function in one.functions()
        if len(parameters(function)) > PARAMETERS_MAX
        and not (one.module in commands and not function.name.startswith("_"))
    ]
    broken(f"a function takes over {PARAMETERS_MAX} parameters: name what belongs together", many)


def test_endpoints_load_ask_act_and_return() -> None:
    endpoints = [
        (one, function) for one in APP for function in one.functions() if decorated(function, "router")
    ]
    assert len(endpoints) > 50
    long = [
        f"{one}:{function.lineno} {function.name}: {statements(function)}"
        for one, function in endpoints
        if statements(function) > ENDPOINT_STATEMENTS_MAX
    ]
    broken(f"an endpoint has over {ENDPOINT_STATEMENTS_MAX} statements: the rule belongs in a noun", long)


def test_folders_stay_small() -> None:
    folders = {one.path.parent for one in APP}
    full = [
        str(folder.relative_to(ROOT))
        for folder in folders
        if sum(path.name != "__init__.py" for path in folder.glob("*.py")) > FOLDER_MODULES_MAX
    ]
    broken(f"a folder has over {FOLDER_MODULES_MAX} modules", full)


def test_every_folder_is_a_package_that_says_what_it_is_for() -> None:
    folders = {one.path.parent for one in APP}
    broken("a folder says nothing", [str(path) for path in folders if not (path / "__init__.py").exists()])


def test_every_module_says_what_it_is() -> None:
    silent = [
        f"{one}: {first!r}"
        for one in APP
        if not (first := next(iter(one.docstring.splitlines()), ""))
        or not (SENTENCE if SENTENCES.search(one.module) else NOUN).fullmatch(first)
    ]
    broken("a module's docstring is `Noun: what it is.`", silent)


def test_whatever_is_public_promises_something() -> None:
    silent = [
        f"{one}:{node.lineno} {node.name}"
        for one in APP
        for node in one.public()
        if not (node.name.startswith("__") and node.name.endswith("__")) and not _doc(node).strip()
    ]
    broken("a public name has no docstring", silent)


def _doc(node: Definition) -> str:
    return ast.get_docstring(node) or ""


def test_docstrings_repeat_no_types() -> None:
    parroting = [
        f"{one}:{node.lineno}"
        for one in APP
        for node in one.public()
        if re.search(r"^\s*(Args|Arguments|Parameters|Returns|Raises):$", _doc(node), re.MULTILINE)
    ]
    broken("a docstring lists arguments", parroting)


def test_names_say_what_things_are() -> None:
    empty = [
        f"{one}: {name}"
        for one in (*APP, *sources("migrations"))
        for name in one.names()
        if words(name) & BANNED
        and (name not in NAMED_ELSEWHERE or (name == "service" and one.module not in SERVICES))
    ]
    broken("a name tells nothing", empty)


def test_bodies_end_in_in_and_out() -> None:
    wrong = [
        f"{one}: {name}"
        for one in APP
        for name in one.names()
        if re.search(r"(Request|Response|Schema|Dto|DTO|Payload|Serializer)$", name) and name[0].isupper()
    ]
    broken("a body ends in In or Out", wrong)


def test_the_kit_knows_nothing_of_charity() -> None:
    # Its lists of what must not be logged are data: `donor` stands there as a string, not as a name.
    known = [f"{one}: {name}" for one in sources("app/kit") for name in one.names() if words(name) & CHARITY]
    broken("the kit knows of charity", known)


def test_the_books_are_no_doors() -> None:
    doors = [
        str(one)
        for one in (*sources("app/ledger"), *sources("app/transparency"))
        if "router" in one.module or any(name.startswith("fastapi") for name in one.imports())
    ]
    broken("the books answer no requests", doors)


def test_every_way_money_can_move_is_known() -> None:
    ways = {one.module for one in APP if "journal.post(" in one.text}
    assert ways == MOVES_MONEY
    # Nobody takes the function away from its noun, or the search above would miss it.
    aside = [
        str(one)
        for one in APP
        if any(name.startswith("app.ledger.journal.") for name in one.imports())
        and re.search(r"from app\.ledger\.journal import [^\n]*\bpost\b", one.text)
    ]
    broken("`journal.post` is called by another name", aside)


def test_only_the_edge_commits() -> None:
    committing = [
        f"{one}:{number}"
        for one in APP
        for number, line in enumerate(one.lines, 1)
        if re.search(r"\bsession\.(commit|rollback)\(", line)
    ]
    broken("a rule ends a transaction that it did not open", committing)


def test_only_doors_know_fastapi() -> None:
    knowing = [
        str(one)
        for one in APP
        if any(name == "fastapi" or name.startswith("fastapi.") for name in one.imports())
        and not KNOWS_FASTAPI.fullmatch(one.module)
    ]
    broken("FastAPI is for doors", knowing)


def test_settings_enter_at_the_edge() -> None:
    knowing = [
        str(one)
        for one in APP
        if any(name.startswith("app.settings") for name in one.imports())
        and not KNOWS_SETTINGS.fullmatch(one.module)
    ]
    broken("settings are handed down, not fetched", knowing)
    reading = [
        str(one) for one in sources("app") if "os.environ" in one.text and one.module != "app.settings"
    ]
    assert set(reading) <= {"app/kit/embedded/places.py", "app/kit/embedded/starting.py"}, reading


def test_the_layers_hold() -> None:
    program = ROOT / ".venv/bin/lint-imports"
    beside = os.path.join(os.path.dirname(sys.executable), "lint-imports")  # noqa: PTH118, PTH120
    ran = subprocess.run(
        [program if program.exists() else beside], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "4 kept, 0 broken" in ran.stdout


@pytest.fixture(scope="module")
def refusals() -> list[type[Refusal]]:
    import app.main  # noqa: F401 - with it every feature is loaded

    return [kind for kind in problems.kinds() if kind.__module__.startswith("app.")]


def test_every_refusal_states_its_fact_in_both_languages(refusals: list[type[Refusal]]) -> None:
    assert len(refusals) > 60
    silent = [
        kind.__name__
        for kind in refusals
        if not (vars(kind).get("__doc__") or "").strip().splitlines()[0].strip().endswith(".")
        or not re.search(r"[\u4e00-\u9fff]", vars(kind).get("title_zh", ""))
    ]
    broken("a refusal needs a docstring that is a sentence, and a title_zh of its own", silent)


def test_every_refusal_has_its_own_code_and_a_status(refusals: list[type[Refusal]]) -> None:
    slugs = [problems.slug(kind) for kind in refusals]
    assert sorted(set(slugs)) == sorted(slugs), "two refusals share an address"
    assert all(400 <= problems.status_of(kind) < 600 for kind in refusals)
    named = [kind.__name__ for kind in refusals if re.search(r"(Error|Exception)$", kind.__name__)]
    broken("a refusal is named as a fact", named)


def test_every_refusal_lives_with_refusals(refusals: list[type[Refusal]]) -> None:
    strays = [
        f"{kind.__module__}.{kind.__name__}"
        for kind in refusals
        if not re.fullmatch(r"app\.kit\..+|app\..+\.errors", kind.__module__)
    ]
    broken("a feature's refusals stand in its errors.py", strays)


def test_tables_are_plural_and_snake_case(app: FastAPI) -> None:
    tables = sorted(Base.metadata.tables)
    assert len(tables) > 20
    wrong = [name for name in tables if not re.fullmatch(r"([a-z]+_)*([a-z]+s|staff|people)", name)]
    broken("a table is plural snake_case", wrong)


def test_times_and_days_are_told_by_their_names() -> None:
    wrong = [
        f"{table.name}.{column.name}: {column.type}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if (kind := type(column.type).__name__) in {"DateTime", "Date"}
        and not re.search(
            r"_at$|_until$" if kind == "DateTime" else r"_on$|_from$|_until$|_to$|^day$|^month$", column.name
        )
    ]
    broken("a time ends in _at, a day in _on", wrong)


def test_money_is_a_whole_number_of_fen() -> None:
    fractional = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if type(column.type).__name__ in {"Float", "Numeric", "DOUBLE", "DOUBLE_PRECISION", "REAL"}
    ]
    broken("a column could hold a fraction, NaN or Infinity", fractional)


def test_nothing_is_left_for_later() -> None:
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplemented")
    left = [
        f"{one}:{number}"
        for one in (*APP, *sources("migrations"), *sources("benchmarks"))
        for number, line in enumerate(one.lines, 1)
        if mark.search(line)
    ]
    broken("something is left for later", left)


def test_no_test_is_skipped_or_patches_our_own_code() -> None:
    mark = re.compile(
        r"pytest\.(skip|xfail|importorskip)\(|mark\.(skip|xfail|skipif)|unittest\.mock|MagicMock"
    )
    ours = re.compile(r"monkeypatch\.setattr\(\s*[\"']?app\.")
    left = [
        f"{one}:{number}"
        for one in TESTS
        if one.path.name != "test_architecture.py"
        for number, line in enumerate(one.lines, 1)
        if mark.search(line) or ours.search(line)
    ]
    broken("a test is skipped, or patches what it should test", left)
