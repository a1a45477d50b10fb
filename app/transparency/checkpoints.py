"""Checkpoints: what the log says it is, at one size, and the proof files that hold against them."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from app.transparency import notes, tree
from app.transparency.notes import NoteWrong, SigningKey, VerifierKey
from app.transparency.tree import HASH_BYTES

PROOF_HEAD = "c2sp.org/tlog-proof@v1"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's origin, its size, and the root of its tree (C2SP tlog-checkpoint, three lines)."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, keys: Sequence[SigningKey]) -> str:
        """Return it as a note under every key."""
        return notes.sign(str(self), keys)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the checkpoint that a note's text says, without extensions; NoteWrong if it says none."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or not _NUMBER.fullmatch(lines[1]):
            raise NoteWrong("not a checkpoint")
        return cls(lines[0], int(lines[1]), read_hash(lines[2]))

    @classmethod
    def opened(cls, note: str, keys: Sequence[VerifierKey]) -> Self:
        """Return the checkpoint of a note that one of these keys has signed under the log's own name."""
        found = cls.read(notes.open_note(note, keys))
        # A key that is good for another name says nothing about this log.
        notes.open_note(note, [key for key in keys if key.name == found.origin])
        return found


def read_hash(text: str) -> bytes:
    """Return the 32 bytes that are written in base64; NoteWrong if they are not."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteWrong("not a hash") from None
    if len(raw) != HASH_BYTES:
        raise NoteWrong("not a hash")
    return raw


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in the log: index, hashes and a signed checkpoint (C2SP tlog-proof)."""

    index: int
    hashes: Sequence[bytes]
    note: str

    def __str__(self) -> str:
        lines = [PROOF_HEAD, f"index {self.index}", *(base64.b64encode(one).decode() for one in self.hashes)]
        return "\n".join(lines) + f"\n\n{self.note}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the proof that is written as `text`; NoteWrong if it is none."""
        head, _, note = text.partition("\n\n")
        lines = head.split("\n")
        if lines[0] != PROOF_HEAD:
            raise NoteWrong("not a tlog-proof")
        if len(lines) > 1 and lines[1].startswith("extra "):
            del lines[1]
        number = lines[1].removeprefix("index ") if len(lines) > 1 else ""
        if not _NUMBER.fullmatch(number):
            raise NoteWrong("a proof without an index")
        return cls(int(number), [read_hash(line) for line in lines[2:]], note)

    def check(self, entry: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
        """Return the checkpoint in which the entry is proven to be; NoteWrong or ProofWrong otherwise."""
        checkpoint = Checkpoint.opened(self.note, keys)
        tree.check_inclusion(self.index, checkpoint.size, tree.leaf_hash(entry), self.hashes, checkpoint.root)
        return checkpoint
