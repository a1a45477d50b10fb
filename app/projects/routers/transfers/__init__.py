"""The doors of transfers between members."""

from app.kit.http import doors
from app.projects.routers.transfers import bank_lines, reach, returns, transfers

router = doors.joined(door.router for door in (reach, transfers, returns, bank_lines))

__all__ = ["router"]
