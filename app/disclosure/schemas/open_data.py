"""Open data and its dictionary as JSON."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.open_data.dictionary import DATASETS, ColumnType, Dataset
from app.kit.fields import shown

_COLUMN: dict[str, Any] = {
    "name": "raised_fen",
    "title_zh": "募集总额",
    "title": "Raised (gross)",
    "type": "integer",
    "unit": "fen",
    "source": "ledger",
}
_DATASET: dict[str, Any] = {
    "name": "campaigns",
    "title_zh": "募捐活动",
    "title": "Campaigns",
    "row": "A campaign that is or was open to the public.",
    "csv": "/v1/disclosure/open-data/campaigns.csv",
    "jsonl": "/v1/disclosure/open-data/campaigns.jsonl",
    "columns": [_COLUMN],
}


class DataColumnOut(BaseModel):
    """A column of a dataset."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_COLUMN))

    name: str
    title_zh: str
    title: str
    type: ColumnType
    unit: str | None
    source: str = Field(description="Which record it comes from; `ledger`: added up from the books.")


class DatasetOut(BaseModel):
    """A dataset: what one of its rows is, where its files are, and its columns."""

    model_config = ConfigDict(json_schema_extra=shown(_DATASET))

    name: str
    title_zh: str
    title: str
    row: str
    csv: str
    jsonl: str
    columns: list[DataColumnOut]

    @classmethod
    def of(cls, dataset: Dataset) -> Self:
        """Return a dataset as JSON shows it."""
        files = {form: f"/v1/disclosure/open-data/{dataset.name}.{form}" for form in ("csv", "jsonl")}
        return cls(
            **{name: getattr(dataset, name) for name in ("name", "title_zh", "title", "row")},
            **files,
            columns=[DataColumnOut.model_validate(column) for column in dataset.columns],
        )


class OpenDataOut(BaseModel):
    """Every dataset, and under which licence they may be used: that is the organization's decision."""

    model_config = ConfigDict(json_schema_extra=shown({"licence": None, "datasets": [_DATASET]}))

    licence: str | None = Field(description="Null until the organization has decided on one.")
    datasets: list[DatasetOut]

    @classmethod
    def under(cls, licence: str | None) -> Self:
        """Return the dictionary of every dataset under a licence."""
        return cls(licence=licence, datasets=[DatasetOut.of(one) for one in DATASETS.values()])
