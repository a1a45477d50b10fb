"""Maps: where a project's sites are, as points on a grid with a scale. No tiles: nobody else hears of it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.projects.models import Site

WIDTH, HEIGHT_MIN, HEIGHT_MAX = 520, 260, 480
MARGIN = 44
KILOMETRES_A_DEGREE = 111.195
"""Along a meridian; along a parallel it shrinks with the cosine of the latitude."""

_SPAN_MIN = 0.02
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Point:
    """A site with its number in the list beside the map, and where it stands on the drawing."""

    number: int
    site: Site
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid: where it stands on the drawing, and its degrees."""

    at: float
    degrees: str


@dataclass(frozen=True, slots=True)
class Map:
    """Points in a frame, lines of longitude and latitude, and a bar as long as some kilometres."""

    points: Sequence[Point]
    meridians: Sequence[Line]
    parallels: Sequence[Line]
    kilometres: str
    bar: float
    height: int
    width: int = WIDTH
    margin: int = MARGIN


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the earth that is shown; degrees of longitude are drawn `shrink` times as long."""

    west: float
    north: float
    scale: float
    shrink: float
    height: int

    def x(self, longitude: float) -> float:
        return round((longitude - self.west) * self.shrink * self.scale, 1)

    def y(self, latitude: float) -> float:
        return round((self.north - latitude) * self.scale, 1)


def of(sites: Sequence[Site]) -> Map | None:
    """Return the map of those sites whose place is known, numbered as all of them are; None without any."""
    known = [
        (number, site, site.latitude_microdegrees / 1e6, site.longitude_microdegrees / 1e6)
        for number, site in enumerate(sites, 1)
        if site.latitude_microdegrees is not None and site.longitude_microdegrees is not None
    ]
    if not known:
        return None
    frame = _framed([place[2] for place in known], [place[3] for place in known])
    kilometres = _round_below(WIDTH / 4 / frame.scale * KILOMETRES_A_DEGREE)
    return Map(
        points=[Point(number, site, frame.x(east), frame.y(north)) for number, site, north, east in known],
        meridians=_lines(frame.west, WIDTH / frame.scale / frame.shrink, frame.x),
        parallels=_lines(frame.north - frame.height / frame.scale, frame.height / frame.scale, frame.y),
        kilometres=f"{kilometres:g}",
        bar=round(kilometres / KILOMETRES_A_DEGREE * frame.scale, 1),
        height=frame.height,
    )


def _framed(latitudes: Sequence[float], longitudes: Sequence[float]) -> _Frame:
    middle_north = (min(latitudes) + max(latitudes)) / 2
    middle_east = (min(longitudes) + max(longitudes)) / 2
    shrink = max(math.cos(math.radians(middle_north)), 0.01)
    # A single site is shown with some kilometres around it.
    across = max((max(longitudes) - min(longitudes)) * shrink, _SPAN_MIN)
    down = max(max(latitudes) - min(latitudes), _SPAN_MIN)
    scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT_MAX - 2 * MARGIN) / down)
    height = round(min(max(down * scale + 2 * MARGIN, HEIGHT_MIN), HEIGHT_MAX))
    west = middle_east - WIDTH / 2 / scale / shrink
    return _Frame(west, middle_north + height / 2 / scale, scale, shrink, height)


def _lines(first: float, span: float, place: Callable[[float], float]) -> list[Line]:
    """Return two to five lines at round degrees within a span."""
    step = _round_below(span / 2)
    digits = max(-math.floor(math.log10(step)), 0)
    begun = math.ceil(first / step)
    at = [(begun + number) * step for number in range(math.floor((first + span) / step) - begun + 1)]
    return [Line(place(degrees), f"{degrees:.{digits}f}") for degrees in at]


def _round_below(value: float) -> float:
    """Return the largest of 1, 2, 5 times a power of ten that is not above a value."""
    power = 10.0 ** math.floor(math.log10(value))
    return max(step * power for step in _STEPS if step * power <= value * (1 + 1e-9))
