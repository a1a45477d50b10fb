"""The doors about donors."""

from app.fundraising.routers.donors import cards, dealings, erasures, own, requests
from app.kit.http.doors import joined

router = joined(door.router for door in (cards, dealings, erasures, requests, own))

__all__ = ["router"]
