"""Fixtures of others that pages are tried with."""

from tests.disclosure.projects.conftest import at

__all__ = ["at"]
