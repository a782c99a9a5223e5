"""What every chart has around its layers: the way it takes its width, its padding and its language."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import altair as alt
from altair.utils.schemapi import debug_mode

from tracker.charts import axis
from tracker.i18n import Words

P = ParamSpec("P")
# All four sides by name: the page's chart element writes into this object.
PADDING = {"left": 8, "right": 8, "top": 8, "bottom": 8}


class WholeChart(alt.LayerChart):
    """A layered chart that is not checked against the schema each time it is sent; the tests check it.

    The check costs more than all the rest of drawing a page's chart.
    """

    def to_dict(self, validate: bool = False, **more: Any) -> dict[str, Any]:  # noqa: D102
        return super().to_dict(validate=validate, **more)


def unchecked(draw: Callable[P, WholeChart]) -> Callable[P, WholeChart]:
    """Let `draw` make a chart's parts without checking each against the schema, which the tests do once."""

    @wraps(draw)
    def faster(*args: P.args, **kwargs: P.kwargs) -> WholeChart:
        with debug_mode(False):
            return draw(*args, **kwargs)

    return faster


def finished(layers: list[alt.Chart], words: Words, **properties: Any) -> WholeChart:
    """Return the layers, back to front, as one chart that fills the width given to it.

    That width includes what stands beside the axes; the height follows the content.
    """
    months = axis.time_words(words.language)
    locale = alt.Locale(time=alt.TimeLocale(**months)) if months else alt.Undefined
    whole: dict[str, Any] = {
        "autosize": alt.AutoSizeParams(type="fit-x", contains="padding"),
        "padding": dict(PADDING),
        "config": alt.Config(view=alt.ViewConfig(strokeWidth=0), locale=locale),
        **properties,
    }
    return WholeChart(layer=layers, **whole)
