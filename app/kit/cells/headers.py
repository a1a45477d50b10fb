"""Headers: how a column's title is recognised however it is spelled."""

import re
import unicodedata


def spelling(header: str) -> str:
    """Return a header without differences of width, case and space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", header)).casefold()
