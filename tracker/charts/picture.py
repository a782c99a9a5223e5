"""Charts as pictures for slides and papers: SVG, PNG and PDF, with Chinese letters on any machine.

The shipped font (fonts/, SIL Open Font Licence) is registered with the renderer, so a server without any
font draws the same picture as a desk with many.
"""

from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import altair as alt
import polars as pl

from tracker.charts.palette import LIGHT

Format = Literal["svg", "png", "pdf"]
# On a slide of 16 to 9 the smallest words of a picture of this width are still ten points high.
SLIDE_WIDTH = 1120
FAMILY = "Tracker Sans SC"
MEDIA_TYPES: dict[Format, str] = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
# An SVG names its font without carrying it; where ours is not installed the reader's own Chinese font serves.
_FALLBACKS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
_FONTS = Path(__file__).parent / "fonts"


def picture(chart: alt.TopLevelMixin, kind: Format, width: int = 1400) -> bytes:
    """Render a chart on white, `width` pixels wide; PNG at twice that resolution.

    Build the chart with light colours. Takes about a second; call it when the picture is asked for.
    """
    renderer = _renderer()
    spec = specification(chart, width)
    if kind == "svg":
        return str(renderer.vegalite_to_svg(spec)).encode()
    if kind == "png":
        return bytes(renderer.vegalite_to_png(spec, scale=2))
    return bytes(renderer.vegalite_to_pdf(spec))


def slides(charts: Iterable[alt.TopLevelMixin], stem: str) -> bytes:
    """Render charts as PNG of a slide's width, numbered in the order given, and return them as one ZIP."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for number, chart in enumerate(charts, 1):
            archive.writestr(f"{stem}-{number}.png", picture(chart, "png", SLIDE_WIDTH))
    return packed.getvalue()


def specification(chart: alt.TopLevelMixin, width: int) -> dict[str, Any]:
    """Return the Vega-Lite specification with its data inside, the shipped font and a white ground.

    The frames are put in by hand: Altair's own way depends on a setting shared by all threads, which a page
    drawing at the same moment changes.
    """
    copy: Any = deepcopy(chart)
    datasets: dict[str, list[dict[str, Any]]] = {}
    for view in (copy, *_views(copy)):
        if isinstance(view.data, pl.DataFrame):
            name = f"frame_{len(datasets)}"
            datasets[name] = _records(view.data)
            view.data = alt.NamedData(name=name)
    spec: dict[str, Any] = copy.to_dict()
    spec["datasets"] = datasets
    spec["width"], spec["background"] = width, LIGHT.paper
    spec["config"] = {**spec.get("config", {}), "font": f"{FAMILY}, {_FALLBACKS}"}
    return spec


@cache
def _renderer() -> Any:
    # Imported late: the library is large, and only a picture needs it.
    import vl_convert

    vl_convert.register_font_directory(str(_FONTS))
    return vl_convert


def _views(chart: Any) -> list[Any]:
    views: list[Any] = []
    for kind in ("layer", "hconcat", "vconcat"):
        parts: Any = getattr(chart, kind, alt.Undefined)
        for part in [] if parts is alt.Undefined else parts:
            views += [part, *_views(part)]
    return views


def _records(frame: pl.DataFrame) -> list[dict[str, Any]]:
    # A day without a time is read as midnight in London; with one, as midnight here, which is what is meant.
    days = [name for name, kind in frame.schema.items() if kind == pl.Date]
    texts = [pl.col(name).dt.strftime("%Y-%m-%dT00:00:00") for name in days]
    return frame.with_columns(texts).to_dicts()


def file_name(stem: str, as_of: date, kind: Format, mark: str = "") -> str:
    """Return the name a picture is saved under: what it shows, as of when, and as known when (`mark`)."""
    return f"{stem}-{as_of.isoformat()}{mark}.{kind}"
