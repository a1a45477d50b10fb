"""Charts: figures drawn by pygal on the server, and painted by the page's one stylesheet."""

import math
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import Any
from unicodedata import east_asian_width

from markupsafe import Markup

WIDTH, HEIGHT, ROW, MARGIN = 600, 280, 36, 12
"""In a drawing's own units: how wide it is, how high if its bars stand, a row of bars that lie, its edge."""

LABEL = 14
LABEL_ON_PHONES = 18
"""As large the stylesheet writes labels where the drawing is small."""

LABELS_MAX = 12
"""Of more labels than this only the first, the one in the middle and the last are written."""

DRAWINGS_KEPT = 64
_FOREIGN = {"defs", "style", "script", "desc", "title"}
_LEFT_OUT = {"background", "titles", "plot overlay", "plot text-overlay", "plot tooltip-overlay"}
_LONG = re.compile(r"(\d+\.\d)\d+")
_SERIES = re.compile(r"serie-(\d+)")


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one kind: its name, the class that paints them, their lengths; for None nothing is drawn."""

    name: str
    paint: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Bars under labels, what they show in words, and how a length is written: at a bar, and on the axis."""

    id: str
    title: str
    text: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    written: Callable[[int], str]
    axis: Callable[[int], str]
    lying: bool = False

    @property
    def svg(self) -> Markup:
        """The drawing as SVG that stands within a page; the same figures are drawn once."""
        return _drawn(self)


@cache
def _library() -> tuple[Any, Any]:
    """Return pygal and its way to write XML; a process that shows no drawing does not hold it in memory."""
    pygal, etree = import_module("pygal"), import_module("pygal.etree").etree
    # It adds a finder for plugins with maps, of a kind of which Python 3.11 warns at every later import.
    sys.meta_path[:] = [one for one in sys.meta_path if type(one).__module__ != "pygal"]
    return pygal, etree


@lru_cache(maxsize=DRAWINGS_KEPT)
def _drawn(it: Drawing) -> Markup:
    pygal, etree = _library()
    chart: Any = (pygal.HorizontalBar if it.lying else pygal.Bar)(
        width=WIDTH,
        height=ROW * (len(it.labels) + 1) if it.lying else HEIGHT,
        style=pygal.style.Style(label_font_size=LABEL, major_label_font_size=LABEL),
        show_legend=False,
        truncate_label=-1,
        max_scale=6,
        margin=MARGIN,
        # Half of the last of few labels stands beyond its bar.
        margin_right=MARGIN if it.lying or len(it.labels) <= LABELS_MAX else 3 * MARGIN,
        margin_left=MARGIN + (_room(it.labels) if it.lying else 0),
        value_formatter=_writing(it.axis),
        js=(),
    )
    # Bars that lie are drawn from below.
    order = -1 if it.lying else 1
    chart.x_labels = it.labels[::order]
    if len(it.labels) > LABELS_MAX and not it.lying:
        chart.x_labels_major = [it.labels[at] for at in (0, len(it.labels) // 2, -1)]
        chart.show_minor_x_labels = False
    for one in it.series:
        chart.add(one.name, one.values[::order], formatter=_writing(it.written, one.name))
    root = chart.render_tree()
    _bare(root, etree, it)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - pygal has escaped every word


def _room(labels: tuple[str, ...]) -> int:
    """Return how much more room labels need beside their bars than pygal leaves: it knows no wide letters."""
    need = max(sum(1 if east_asian_width(letter) in "WF" else 0.58 for letter in one) for one in labels)
    left = max(map(len, labels)) * 0.6 * LABEL
    return max(math.ceil(need * LABEL_ON_PHONES - left), 0)


def _writing(write: Callable[[int], str], name: str = "") -> Callable[[float], str]:
    # pygal reckons in floats; what we hand it and show are whole fen and thousandths.
    return lambda value: f"{name} {write(round(value))}".strip()


def _bare(root: Any, etree: Any, it: Drawing) -> None:  # noqa: ANN401 - what pygal draws has no types
    """Leave of pygal's drawing what a page shows that allows neither scripts nor a drawing's own styles.

    What it says of a bar becomes the bar's title: browsers show it to whoever points there.
    """
    for parent in list(root.iter()):
        said = {node.get("class"): node.text for node in parent if node.tag == "desc"}
        for node in list(parent):
            if not isinstance(node.tag, str) or node.tag in _FOREIGN or node.get("class") in _LEFT_OUT:
                parent.remove(node)
        if "value" in said:
            etree.SubElement(parent, "title").text = f"{said.get('x_label', '')} {said['value']}".strip()
    for node in root.iter():
        for name, value in node.items():
            node.set(name, _LONG.sub(r"\1", value))
        if found := _SERIES.search(node.get("class", "")):
            node.set("class", it.series[int(found[1])].paint)
    for place, (tag, words) in enumerate((("title", it.title), ("desc", it.text))):
        node = etree.Element(tag, id=f"{it.id}-{tag}")
        node.text = words
        root.insert(place, node)
    told = {"role": "img", "aria-labelledby": f"{it.id}-title {it.id}-desc"}
    shown = {"xmlns": root.get("xmlns"), "viewBox": root.get("viewBox")}
    root.attrib.clear()
    root.attrib.update(shown | told)
