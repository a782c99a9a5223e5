"""How much memory the app takes beyond interpreter and libraries, measured in a process of its own."""

import gc
import importlib
import logging
import pkgutil
import sys
import time

import psutil
from streamlit.testing.v1 import AppTest

import db
import pages.components
import tests.bench.measures as measured
import tracker


def main() -> None:
    """Open each page once on the database of TRACKER_HOME and print how the process grew, in MiB."""
    logging.disable(logging.CRITICAL)
    # The libraries come first, by way of every module that uses one.
    for package in (db, tracker, pages.components):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    gc.collect()
    before = psutil.Process().memory_info().rss
    app = AppTest.from_file(str(measured.ROOT / "pages" / "navigation.py"), default_timeout=120).run()
    for page in measured.PAGES:
        app.switch_page(f"{page}.py").run()
    # What the frames' allocator holds back from a load is given back after a moment, at the next use.
    time.sleep(3)
    app.run()
    gc.collect()
    sys.stdout.write(f"{(psutil.Process().memory_info().rss - before) / 2**20:.0f}\n")


if __name__ == "__main__":
    main()
