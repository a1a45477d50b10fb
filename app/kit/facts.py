"""Facts: small values that nothing changes once they are made, as cheap to make as a tuple.

Setting the fields of a frozen dataclass costs three times what making a plain one does, and a gift passes
through a dozen of them on its way into the books. So the type checker, which reads every line of ours,
refuses the change, and the running program does not pay for refusing it again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Class = TypeVar("Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def fact(*, kw_only: bool = False) -> Callable[[type[Class]], type[Class]]:
    """Make a class a slotted dataclass, equal and hashed by its values, and never to be assigned to."""
    return dataclass(slots=True, kw_only=kw_only, unsafe_hash=True)
