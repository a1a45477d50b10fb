"""Receipts: a leaf with what its commitments hide opened, and its proof: verified offline, for ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import orjson

from app.ledger import commitments
from app.transparency.checkpoints import Checkpoint, Proof
from app.transparency.notes import VerifierKey

FORMAT = "zhengxinlu-receipt/v1"


class ReceiptWrong(ValueError):  # noqa: N818 - a fact about a receipt
    """A receipt does not show what it says."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A field in the clear, with the salt by which its commitment is computed again."""

    value: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """The bytes of a leaf, the fields of it that are opened, its proof, and the keys that signed it."""

    leaf: bytes
    opened: Mapping[str, Opened]
    proof: str
    vkeys: Sequence[str]

    def written(self) -> bytes:
        """Return it as the file that a donor keeps."""
        opened = {name: {"value": one.value, "salt": one.salt.hex()} for name, one in self.opened.items()}
        said = {
            "format": FORMAT,
            "leaf": self.leaf.decode(),
            "opened": opened,
            "proof": self.proof,
            "vkeys": list(self.vkeys),
        }
        return orjson.dumps(said, option=orjson.OPT_INDENT_2)

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Return the receipt that a file holds; ReceiptWrong if it is none."""
        try:
            said = orjson.loads(content)
            if said["format"] != FORMAT:
                raise ReceiptWrong("not a receipt of this format")
            opened = {
                name: Opened(one["value"], bytes.fromhex(one["salt"])) for name, one in said["opened"].items()
            }
            return cls(said["leaf"].encode(), opened, said["proof"], said["vkeys"])
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise ReceiptWrong(f"not a receipt: {fault}") from None

    def check(self, trusted: Sequence[VerifierKey] = ()) -> tuple[dict[str, Any], Checkpoint]:
        """Return what the leaf says and the checkpoint it is proven in; raise what is wrong with it.

        Without keys that you trust from elsewhere, the receipt's own are believed.
        """
        keys = list(trusted) or [VerifierKey.read(one) for one in self.vkeys]
        proof = Proof.read(self.proof)
        checkpoint = proof.check(self.leaf, keys)
        leaf: dict[str, Any] = orjson.loads(self.leaf)
        if leaf.get("index") != proof.index:
            raise ReceiptWrong(f"the leaf says index {leaf.get('index')}, the proof {proof.index}")
        for name, one in self.opened.items():
            if commitments.commit(name, one.salt, one.value.encode()).hex() != leaf["commit"].get(name):
                raise ReceiptWrong(f"`{name}` is not what the leaf commits to")
        return leaf, checkpoint
