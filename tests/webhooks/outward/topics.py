"""Topics: under which names the service tells what happened, as its source says it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import app as service

HOLE = "*"
"""Stands for a word that only a running service knows."""


@dataclass(frozen=True)
class Module:
    """A module of the service as it is written."""

    path: str
    tree: ast.Module

    def topics(self) -> Iterator[str]:
        """The topics of everything that is told here, with holes for what only running knows."""
        for function in ast.walk(self.tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
                    if (said := _topic(call)) is not None:
                        yield from self.words(said, function)

    def words(self, said: ast.expr, function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
        """What an expression may read as, looked up where the function and its callers stand."""
        match said:
            case ast.Constant(value=str() as text):
                return {text}
            case ast.IfExp():
                return self.words(said.body, function) | self.words(said.orelse, function)
            case ast.JoinedStr():
                found = {""}
                for part in said.values:
                    value = part.value if isinstance(part, ast.FormattedValue) else part
                    found = {one + more for one in found for more in self.words(value, function)}
                return found
            case ast.Name(id=name):
                return self._named(name, function)
            case ast.Call(func=ast.Name(id=name)):
                return self._returned(name)
            case _:
                return {HOLE}

    def _named(self, name: str, function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
        for statement in self.tree.body:
            if isinstance(statement, ast.Assign):
                pairs = zip(_flat(statement.targets[0]), _flat(statement.value), strict=False)
                for target, value in pairs:
                    if isinstance(target, ast.Name) and target.id == name:
                        return self.words(value, function)
        names = [one.arg for one in function.args.args]
        if name not in names:
            return {HOLE}
        place, found = names.index(name), set[str]()
        if not function.name.startswith("_"):
            # Whoever calls it from another module is not read here.
            found.add(HOLE)
        for caller in ast.walk(self.tree):
            if isinstance(caller, ast.Call) and _called(caller) == function.name:
                given = caller.args[place : place + 1]
                # A caller's own words may be anything that it was given.
                found |= self.words(given[0], function) if given and _plain(given[0]) else {HOLE}
        return found or {HOLE}

    def _returned(self, name: str) -> set[str]:
        for function in self.tree.body:
            if isinstance(function, ast.FunctionDef) and function.name == name:
                for one in ast.walk(function):
                    if isinstance(one, ast.Return) and one.value is not None:
                        return self.words(one.value, function)
        return {HOLE}


def told() -> dict[str, set[str]]:
    """Every topic under which something is told, with the modules that do."""
    folder, found = Path(str(service.__file__)).parent, dict[str, set[str]]()
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text()
        if "outbox" in text:
            name = str(path.relative_to(folder))
            for topic in Module(name, ast.parse(text)).topics():
                found.setdefault(topic, set()).add(name)
    return found


def _topic(call: ast.Call) -> ast.expr | None:
    match call.func:
        case ast.Attribute(value=ast.Name(id="outbox"), attr="tell"):
            return call.args[1]
        case ast.Name(id="Happening"):
            return call.args[0]
        case _:
            return None


def _called(call: ast.Call) -> str | None:
    return call.func.id if isinstance(call.func, ast.Name) else None


def _plain(said: ast.expr) -> bool:
    return isinstance(said, ast.Constant)


def _flat(said: ast.expr) -> list[ast.expr]:
    return list(said.elts) if isinstance(said, ast.Tuple) else [said]
