"""Headers: how a column's title is recognised however it is spelled."""

import re
import unicodedata

# What nobody sees: a mark at the beginning of a file, and what is pasted along from pages.
_UNSEEN = re.compile("[\\s\u200b-\u200f\u2060\ufeff]")


def spelling(header: str) -> str:
    """Return a header without differences of width, case, space and characters that nobody sees."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", header)).casefold()
