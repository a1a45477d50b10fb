"""The program's own source, read so that tests can measure it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent
Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# What a linter is told at a line's end is no text that somebody reads.
_PRAGMA = re.compile(r"\s+# (noqa|pyright|type):.*$")


@dataclass(frozen=True)
class Source:
    """One file of Python."""

    path: Path

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        return str(self).removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def lines(self) -> list[str]:
        return [_PRAGMA.sub("", line) for line in self.text.splitlines()]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def docstring(self) -> str:
        return ast.get_docstring(self.tree) or ""

    def functions(self) -> Iterator[Function]:
        yield from (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public(self) -> Iterator[Definition]:
        """Yield what others may use: its names and those of its classes, without an underscore."""
        yield from _public(self.tree.body)

    def names(self) -> Iterator[str]:
        """Yield every name that this file gives to something."""
        yield self.path.stem
        for node in ast.walk(self.tree):
            if isinstance(node, Definition):
                yield node.name
            elif isinstance(node, ast.arg):
                yield node.arg
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                yield node.attr
            elif isinstance(node, ast.alias) and node.asname:
                yield node.asname

    def imports(self) -> Iterator[str]:
        """Yield the module that each import reads from; a name imported from one counts as being in it."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _public(body: list[ast.stmt]) -> Iterator[Definition]:
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def sources(folder: str) -> list[Source]:
    """Return every file of Python below a folder of the project."""
    return [Source(path) for path in sorted((ROOT / folder).rglob("*.py"))]


def words(name: str) -> set[str]:
    """Return the words of an identifier: `DonationOut` is donation and out."""
    return {word.lower() for part in name.split("_") for word in _WORD.findall(part)}


def parameters(function: Function) -> list[str]:
    """Return the names of what a function is handed, itself not counted."""
    given = function.args
    names = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name not in {"self", "cls"}]


def statements(function: Function) -> int:
    """Return how many statements a function's body has, at every depth, its docstring not counted."""
    found = sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1
    return found - (ast.get_docstring(function) is not None)


def length(function: Function) -> int:
    """Return how many lines a function takes."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def decorated(function: Function, by: str) -> bool:
    """Return whether a decorator of this name stands above a function (`router` for `@router.get(...)`)."""
    return any(ast.unparse(mark).split(".")[0].split("(")[0] == by for mark in function.decorator_list)
