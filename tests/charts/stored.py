"""Specifications as they were looked at and stored: what a chart sends must not change unseen."""

import json
from pathlib import Path

import pytest

from tracker.charts.frame import WholeChart
from tracker.charts.picture import specification

SPECIFICATIONS = Path(__file__).parent


def assert_as_stored(chart: WholeChart, name: str) -> None:
    """Assert that a chart is valid and what `name`_spec.json holds; without the file, make it and fail."""
    chart.to_dict(validate=True)
    spec = json.dumps(specification(chart, 900), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = SPECIFICATIONS / f"{name}_spec.json"
    if not path.exists():
        path.write_text(spec, encoding="utf-8")
        pytest.fail(f"{path.name} was stored anew: look at the chart, then run again")
    assert spec == path.read_text(encoding="utf-8"), f"look at the chart, then delete {path.name}"
