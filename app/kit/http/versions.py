"""Versions: a change says which version it was made on, so that nobody overwrites what they have not seen."""

from typing import Annotated

from fastapi import Header

from app.kit.errors import VersionNotStated, VersionStale

IfMatch = Annotated[
    str | None, Header(description="The `ETag` under which you read what you are changing, as it was.")
]


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def expect(if_match: str | None, version: int) -> None:
    """Refuse a change that was not made on `version`: 428 if it names none, 412 if it names an older one."""
    if if_match is None:
        raise VersionNotStated
    if etag(version) not in [tag.strip() for tag in if_match.split(",")]:
        raise VersionStale
