"""Caching: how long answers keep that are for everybody."""

from typing import ClassVar

from app.kit.http import versions
from app.kit.http.doors import LateRoute

MAX_AGE_SECONDS = 5
"""Short: a gift is on its campaign's page within the second, and a crowd still asks us only now and then."""
ASK_AGAIN = {"Cache-Control": versions.ASK_AGAIN}


class CacheableRoute(LateRoute):
    """A route whose answers may be shown again for a moment without asking us."""

    keeping: ClassVar[str | None] = f"public, max-age={MAX_AGE_SECONDS}"


class NamingRoute(CacheableRoute):
    """A route whose answers may name people: who takes back their word is gone from every cache at once."""

    keeping: ClassVar[str | None] = versions.ASK_AGAIN
