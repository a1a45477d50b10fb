"""Names: what the public reads of who gave; in full only where the giver agreed."""

import enum
import re
from dataclasses import dataclass

from app.fundraising.models import Donation

_NUMBER = re.compile(r"\d{7,}")
# A mobile telephone, or a citizen's number; amounts and voucher numbers are neither.
_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?![\dXx])")
LABELS = {"zh": "匿名", "en": "Anonymous"}


class Naming(enum.StrEnum):
    """Why a name reads as it does; `unnamed`: nobody told it, or the giver was erased."""

    consented = "consented"
    masked = "masked"
    anonymous = "anonymous"
    unnamed = "unnamed"


@dataclass(frozen=True, slots=True)
class Name:
    """A giver as the public reads them; without a text for who stays unnamed."""

    naming: Naming
    text: str | None = None

    def label(self, language: str) -> str:
        """Return what to print, in `zh` or `en`."""
        return self.text or LABELS[language]


def of(donation: Donation, told: str | None) -> Name:
    """Return a gift's giver as the public may know them, from the name that came with it."""
    if donation.anonymous:
        return Name(Naming.anonymous)
    name = " ".join((told or "").split())
    if not name:
        return Name(Naming.unnamed)
    if donation.show_name:
        return Name(Naming.consented, without_numbers(name))
    return Name(Naming.masked, name[0] + "*")


def without_numbers(text: str) -> str:
    """Return a text in which long numbers can't be read.

    Platforms use a phone as the name of who never chose one, and people write theirs into messages: who
    agreed to be named did not agree to be called.
    """
    return _NUMBER.sub(lambda found: "*" * len(found.group()), text)


def without_contacts(text: str) -> str:
    """Return a text of our own people in which no telephone and no citizen's number can be read.

    What staff write for everybody holds amounts and numbers of papers, which stay; a person's number gets
    into it by mistake.
    """
    return _PERSONAL.sub(lambda found: "*" * len(found.group()), text)
