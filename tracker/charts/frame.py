"""What every chart has around its layers: the way it takes its width, its padding and its language.

A drawn chart is remembered by all that it was drawn from, so that a page shown again draws nothing.
"""

import pickle
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from hashlib import blake2b
from typing import Any, ParamSpec

import altair as alt
from altair.utils.schemapi import debug_mode

from tracker.charts import axis
from tracker.i18n import Words

P = ParamSpec("P")
# All four sides by name: the page's chart element writes into this object.
PADDING = {"left": 8, "right": 8, "top": 8, "bottom": 8}


class WholeChart(alt.LayerChart):
    """A layered chart that is neither checked against the schema nor made anew each time it is sent.

    The check costs more than all the rest of drawing a page's chart; the tests do it.
    """

    def to_dict(self, validate: bool = False, **more: Any) -> dict[str, Any]:
        """Return the specification, which is remembered while a page sends it.

        A page's chart element has the frames put into `datasets` of the transformer it enables; they are
        put there again without being turned into bytes a second time.
        """
        datasets = alt.data_transformers.options.get("datasets")
        if datasets is None or more:
            return super().to_dict(validate=validate, **more)
        # A copy of a chart may have been changed: what was sent is only that of the very object.
        owner, spec, sent = self.__dict__.get("_sent", (0, {}, {}))
        if owner != id(self):
            spec = super().to_dict(validate=validate)
            sent = dict(datasets)
            object.__setattr__(self, "_sent", (id(self), spec, sent))
        datasets.update(sent)
        return deepcopy(spec)


@dataclass(frozen=True)
class _Drawing:
    """A chart still to be drawn; two are one when the same function is asked with equal arguments."""

    key: bytes
    draw: Callable[[], WholeChart] = field(compare=False)


def remembered(draw: Callable[P, WholeChart]) -> Callable[P, WholeChart]:
    """Let `draw` return the chart it made before from arguments of the same content, frames included.

    Nobody changes a chart once drawn. Its parts are made without checking each against the schema, which
    the tests do once.
    """

    @wraps(draw)
    def shown(*args: P.args, **kwargs: P.kwargs) -> WholeChart:
        asked = pickle.dumps((draw.__module__, draw.__qualname__, args, kwargs))
        return _drawn(_Drawing(blake2b(asked).digest(), lambda: draw(*args, **kwargs)))

    return shown


# As many as a dozen people look at: a timeline's is the largest, with about a megabyte.
@lru_cache(maxsize=48)
def _drawn(drawing: _Drawing) -> WholeChart:
    with debug_mode(False):
        return drawing.draw()


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
