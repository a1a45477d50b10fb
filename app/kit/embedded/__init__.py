"""Embedded: a PostgreSQL of our own for the demo and the tests, without installing or configuring one.

It is a real server with durable commits, never a substitute: what holds here holds in production.
Production names its own by `DATABASE_URL`.
"""

from app.kit.embedded.binaries import Binaries, every_binaries, find_binaries, private_copy
from app.kit.embedded.errors import (
    DidNotStart,
    DurabilityRequired,
    FolderUnreachable,
    NoBinaries,
    OtherMajor,
    PasswordsLost,
)
from app.kit.embedded.places import home
from app.kit.embedded.server import Server, remove
from app.kit.embedded.starting import start, temporary

__all__ = [
    "Binaries",
    "DidNotStart",
    "DurabilityRequired",
    "FolderUnreachable",
    "NoBinaries",
    "OtherMajor",
    "PasswordsLost",
    "Server",
    "every_binaries",
    "find_binaries",
    "home",
    "private_copy",
    "remove",
    "start",
    "temporary",
]
