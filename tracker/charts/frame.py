"""What every chart has around its layers: the way it takes its width, its padding and its language."""

from typing import Any

import altair as alt

from tracker.charts import axis
from tracker.i18n import Words

# All four sides by name: the page's chart element writes into this object.
PADDING = {"left": 8, "right": 8, "top": 8, "bottom": 8}


def finished(layers: list[alt.Chart], words: Words, **properties: Any) -> alt.LayerChart:
    """Return the layers, back to front, as one chart that fills the width given to it.

    That width includes what stands beside the axes; the height follows the content.
    """
    months = axis.time_words(words.language)
    locale = alt.Locale(time=alt.TimeLocale(**months)) if months else alt.Undefined
    whole: dict[str, Any] = {
        "autosize": alt.AutoSizeParams(type="fit-x", contains="padding"),
        "padding": PADDING,
        "config": alt.Config(view=alt.ViewConfig(strokeWidth=0), locale=locale),
        **properties,
    }
    return alt.LayerChart(layer=layers).properties(**whole)
