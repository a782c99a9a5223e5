"""A paper as the tests of its formats need it: every kind of part, and texts with a meaning elsewhere."""

from tests.charts.test_light_mix import BEFORE, NOW, VIEW, ZH
from tracker.charts.light_mix import light_mix, light_mix_chart
from tracker.charts.picture import picture
from tracker.exchange.paper import Column, Listing, Paper, Picture, Section, Table

HOSTILE = '#import *x* $a_1$ `b` <script>zz</script> @ref [c](d) \\ " & مرحبا 🎉 = == - + / // /* ~'
LONG = "一二三四五六七八九十" * 4
COLUMNS = (Column("名称", 2.0), Column("数", is_number=True))


def a_table(*rows: tuple[str, str], **changes: object) -> Table:
    """A table of a name and a number."""
    return Table(**({"title": "项目", "columns": COLUMNS, "rows": rows} | changes))  # type: ignore[arg-type]


def a_picture() -> Picture:
    """A chart that the product draws."""
    return Picture(
        "湖南省：12 个项目", picture(light_mix_chart(light_mix(NOW, BEFORE), VIEW, ZH), "png", 400)
    )


def a_paper(*sections: Section, title: str = "湖南省2021年6月简报", language: str = "zh_CN") -> Paper:
    """A paper with these sections, or with one that has everything."""
    whole = Section(
        heading="亮灯情况",
        sentences=(HOSTILE, "第二句。"),
        pictures=(a_picture(),),
        listings=(Listing("新签约：1", (HOSTILE,), "另有 3 项"),),
        tables=(a_table((HOSTILE, "1,234"), (LONG, "-5"), lights=("red", "grey"), rest="此处列出前 2 项"),),
    )
    definitions = Section("指标定义", ("截至 2021-06-30",), tables=(a_table(("落地率", "n/N")),))
    return Paper(title, ("截至 2021-06-30",), sections or (whole,), definitions, "湖南省 · 截至", language)
