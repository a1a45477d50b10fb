"""Negotiation: which of several forms of an answer a client prefers, and on what the choice depended."""

from starlette.requests import Request
from starlette.responses import Response

LANGUAGES = ("zh", "en")
_VARIES = "varies"


def preferences(said: str) -> list[str]:
    """Return what a header such as Accept names, in small letters and the weightiest first (RFC 9110 12.4.2).

    Of equal weights the first stays first. What weighs 0 is not wanted, and a weight nobody can read is 0.
    """
    weighed: list[tuple[float, str]] = []
    for part in said.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weighed.append((_weight(parameters), name))
    return [name for weight, name in sorted(weighed, key=lambda one: -one[0]) if name and weight > 0]


def _weight(parameters: list[str]) -> float:
    said = next((one[2:] for one in parameters if one.startswith("q=")), "1")
    try:
        weight = float(said)
    except ValueError:
        return 0
    return weight if 0 <= weight <= 1 else 0


def language(request: Request) -> str | None:
    """Return which of our languages a client prefers, None if it names neither."""
    depends_on(request, "Accept-Language")
    said = preferences(request.headers.get("accept-language", ""))
    return next((name[:2] for name in said if name.partition("-")[0] in LANGUAGES), None)


def depends_on(request: Request, header: str) -> None:
    """Note that the answer to `request` would be another one if this header said something else."""
    request.scope.setdefault("state", {}).setdefault(_VARIES, set()).add(header)


def vary(request: Request, response: Response) -> None:
    """Tell caches on which headers of its request an answer depended, in `Vary`."""
    noted: set[str] = request.scope.get("state", {}).get(_VARIES, set())
    told = response.headers.get("vary", "").lower()
    for header in sorted(noted):
        if header.lower() not in {one.strip() for one in told.split(",")}:
            response.headers.add_vary_header(header)
