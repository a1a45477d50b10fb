"""Differences: what two versions of one publication say differently, field by field and row by row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

Json = Mapping[str, Any]


def between(old: Sequence[Json], new: Sequence[Json]) -> list[dict[str, Any]]:
    """Return every field whose value is another, with the old and the new one, in the order of the form.

    A row of a table is known by who stands in it or by its first cell; one that came has no old value, one
    that went no new one.
    """
    return list(_sections(_by_code(old), _by_code(new)))


def _by_code(found: Sequence[Json]) -> dict[str, Json]:
    return {one["code"]: one for one in found}


def _sections(old: Mapping[str, Json], new: Mapping[str, Json]) -> Iterator[dict[str, Any]]:
    for code in {**old, **new}:
        before = _by_code(old[code]["fields"]) if code in old else {}
        after = _by_code(new[code]["fields"]) if code in new else {}
        section = {"section": code, "section_title_zh": (new.get(code) or old[code])["title_zh"]}
        for name in {**before, **after}:
            for change in _field(before.get(name), after.get(name)):
                yield section | change


def _field(old: Json | None, new: Json | None) -> Iterator[dict[str, Any]]:
    said = new or old or {}
    named = {"field": said["code"], "title_zh": said["title_zh"], "title": said["title"]}
    if "rows" in said:
        columns = _columns(old, new)
        before, after = (_rows(one, columns) for one in (old, new))
        units = [column["unit"] for column in columns]
        for key in {**before, **after}:
            if before.get(key) != after.get(key):
                yield named | {"unit": "row", "units": units, "old": before.get(key), "new": after.get(key)}
        return
    values = [None if one is None else one["value"] for one in (old, new)]
    if values[0] != values[1]:
        yield named | {"unit": said["unit"], "old": values[0], "new": values[1]}


def _columns(old: Json | None, new: Json | None) -> Sequence[Json]:
    # A form may have got another column since: what the old one did not ask for, it did not say.
    found: dict[str, Json] = {}
    for table in (new, old):
        for column in table["columns"] if table else ():
            found.setdefault(column["code"], column)
    return list(found.values())


def _rows(table: Json | None, columns: Sequence[Json]) -> dict[str, Any]:
    # Rows that begin alike (two gifts of a day without a giver) are told apart by their place among them.
    rows: dict[str, Any] = {}
    names = [column["code"] for column in table["columns"]] if table else []
    for row in table["rows"] if table else ():
        key, place = _key(row), 1
        while (name := f"{key}/{place}") in rows:
            place += 1
        said = dict(zip(names, row, strict=True))
        rows[name] = [said.get(column["code"]) for column in columns]
    return rows


def _key(row: Sequence[Any]) -> str:
    people = [cast("Json", cell) for cell in row if isinstance(cell, dict)]
    return str(people[0]["commitment"] if people else row[0])
