"""Shipped: the census of 2020, which comes with the program (`app/organizations/data/README.md`)."""

import csv
from datetime import date
from importlib.resources import files

COUNTED_ON = date(2020, 11, 1)
SOURCE = "《中国人口普查分县资料—2020》，国务院第七次全国人口普查领导小组办公室编，中国统计出版社，2022年"
RECORDED_BY = "shipped"


def people() -> dict[str, int]:
    """Return how many people lived in each region of Shaanxi on the day of the census."""
    data = files("app.organizations") / "data" / "shaanxi_populations_2020.csv"
    rows = csv.DictReader(data.read_text(encoding="utf-8").splitlines())
    return {row["region_code"]: int(row["people_count"]) for row in rows}
