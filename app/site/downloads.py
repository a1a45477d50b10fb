"""Downloads: what can be taken away whole, with its address and its form."""

from collections.abc import Mapping, Sequence

from app.site.languages import Writer

JSON, OPENAPI, TEXT = "application/json", "application/vnd.oai.openapi+json", "text/plain"
# Each under the key of its name; with `_why` it is that of what it holds.
_SETS = (
    ("data_campaigns", "/v1/disclosure/campaigns", JSON),
    ("data_projects", "/v1/disclosure/projects", JSON),
    ("data_log", "/v1/log/checkpoint", TEXT),
    ("data_regions", "/v1/regions", JSON),
    ("data_api", "/openapi.json", OPENAPI),
)


def told(t: Writer) -> Sequence[Mapping[str, str]]:
    """Return the data sets in the writer's language; a list also comes as a workbook."""
    return [
        {
            "name": t(key),
            "description": t(f"{key}_why"),
            "path": path,
            "media_type": media_type,
            "form": "JSON, XLSX" if media_type is JSON else media_type,
        }
        for key, path, media_type in _SETS
    ]
