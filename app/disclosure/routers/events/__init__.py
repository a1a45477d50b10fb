"""Events over HTTP."""

from app.disclosure.routers.events import desk, initiatives, public, seats

__all__ = ["desk", "initiatives", "public", "seats"]
