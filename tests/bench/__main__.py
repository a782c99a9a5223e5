"""Measure the product at the national size, beside plain SQL on the same file: `make bench`.

Prints a table of medians and 95th percentiles in milliseconds. The database is built anew in a temporary
folder, or kept where `--keep FOLDER` says, so that a second run starts at once.
"""

import argparse
import logging
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import known, measures, national, review
from tests.bench.figure import Figure


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="keep the database in this folder")
    parser.add_argument("--scale", type=float, default=1.0, help="shrink every count, for a quick look")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = options.keep or Path(temporary)
        home.mkdir(parents=True, exist_ok=True)
        path = home / "tracker.db"
        if not path.exists():
            national.build(path, scale=options.scale)
        os.environ["TRACKER_HOME"] = str(home)
        # The test harness says at each run that there is no browser.
        logging.disable(logging.CRITICAL)
        _report(path, _measure(path))


def _measure(path: Path) -> list[Figure]:
    """Memory is taken first, by a process that does nothing else."""
    grown = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory"], capture_output=True, text=True, check=True
    )
    mebibytes = float(grown.stdout)
    figures = [*measures.facts(path), *measures.saves(path), *measures.charts(path), *measures.pages(path)]
    figures += [*review.review(path), *known.known(path)]
    return [*figures, Figure("memory beyond interpreter and libraries (MiB)", mebibytes, mebibytes, "≤ 400")]


def _report(path: Path, figures: list[Figure]) -> None:
    print(f"{platform.python_version()} · {os.cpu_count()} cores · {path.stat().st_size / 2**20:.0f} MiB")
    print("\n| work | median | p95 | aim |\n|---|---|---|---|")
    for figure in figures:
        print(f"| {figure.what} | {figure.median:.1f} | {figure.p95:.1f} | {figure.aim} |")


if __name__ == "__main__":
    main()
