"""Downloads: what can be taken away whole, with its addresses and their forms."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.disclosure.open_data.dictionary import DATASETS
from app.site.languages import Writer

CSV, LINES = "text/csv", "application/jsonl"
JSON, OPENAPI, TEXT = "application/json", "application/vnd.oai.openapi+json", "text/plain"
_CALLED = {JSON: "JSON", OPENAPI: "OpenAPI", TEXT: "TXT"}
# Each under the key of its name; with `_why` it is that of what it holds.
_OTHERS = (
    ("data_dictionary", "/v1/disclosure/open-data", JSON),
    ("data_log", "/v1/log/checkpoint", TEXT),
    ("data_regions", "/v1/regions", JSON),
    ("data_api", "/openapi.json", OPENAPI),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a data set is taken in one form."""

    label: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Download:
    """A data set in the reader's language, in each of its forms."""

    name: str
    description: str
    forms: Sequence[Taken]


def told(t: Writer) -> Sequence[Download]:
    """Return what can be taken: the open data sets first, then what describes and proves them."""
    sets = [
        Download(
            t.said(one.title_zh, one.title),
            t("data_columns", columns=t("comma").join(t.said(c.title_zh, c.title) for c in one.columns)),
            [
                Taken("CSV", f"/v1/disclosure/open-data/{one.name}.csv", CSV),
                Taken("JSON Lines", f"/v1/disclosure/open-data/{one.name}.jsonl", LINES),
            ],
        )
        for one in DATASETS.values()
    ]
    others = [
        Download(t(key), t(f"{key}_why"), [Taken(_CALLED[media_type], path, media_type)])
        for key, path, media_type in _OTHERS
    ]
    return [*sets, *others]
