"""A timeline's pages: fifty rows each, and no group or county apart that fits on one."""

from dataclasses import replace

import polars as pl

from tracker.portfolio.timeline import TimelineFrames
from tracker.portfolio.timeline_then import part_of

PAGE_ROWS = 50


def page_breaks(frames: TimelineFrames, size: int = PAGE_ROWS) -> list[range]:
    """Return the rows of each page, at most `size` of them: whole groups, or else whole counties.

    What has more rows than a page is broken where pages end.
    """
    pages: list[range] = []
    start = stop = 0
    for count in _pieces(frames.rows, size):
        if stop > start and stop + count - start > size:
            pages.append(range(start, stop))
            start = stop
        stop += count
    return [*pages, range(start, stop)] if stop > start else pages


def on_page(frames: TimelineFrames, page: range) -> TimelineFrames:
    """Return the part of the frames that stands in the rows of `page`, counted from 0 again."""
    inside = pl.col("row").is_between(page.start, page.stop - 1)
    up = pl.col("row") - page.start
    spans = (pl.col("row_from") < page.stop) & (pl.col("row_to") >= page.start)
    ends = pl.col("row_from", "row_to").clip(page.start, page.stop - 1) - page.start
    return replace(
        frames,
        rows=frames.rows.filter(inside).with_columns(row=up),
        bands=frames.bands.filter(spans).with_columns(ends),
        milestones=frames.milestones.filter(inside).with_columns(row=up),
        earlier=part_of(frames.earlier, page) if frames.earlier else None,
    )


def _pieces(rows: pl.DataFrame, size: int) -> list[int]:
    """Return the lengths of what stays together, top to bottom."""
    counties = rows.group_by("group_key", "county_id", maintain_order=True).agg(n=pl.len())

    of_group = counties.with_columns(whole=pl.col("n").sum().over("group_key"), key=pl.col("group_key"))
    pieces: list[int] = []
    kept = None
    for key, n, whole in of_group.select("key", "n", "whole").rows():
        if whole <= size and key == kept:
            pieces[-1] += n
        else:
            pieces += [size] * (n // size) + ([n % size] if n % size else [])
        kept = key
    return pieces
