"""Approvals: what one person asks and others decide, step by step, for every feature in the same way."""

from app.organizations.approvals.decisions import decide
from app.organizations.approvals.kinds import KINDS, Kind
from app.organizations.approvals.requests import Matter, ask, get, lock, of, withdraw

__all__ = ["KINDS", "Kind", "Matter", "ask", "decide", "get", "lock", "of", "withdraw"]
