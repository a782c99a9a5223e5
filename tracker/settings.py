"""Settings from the environment, read in one place."""

import json
import locale
import os
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from platformdirs import user_data_path

from tracker.errors import HomeNotWritable

_DEMO_MARK = "demo.json"


@dataclass(frozen=True)
class Settings:
    """Where the product keeps its data, and the organisation's time zone."""

    home: Path
    database: str = ""
    files: str = ""
    zone_name: str = "Asia/Shanghai"
    demo_as_of: date | None = None

    @property
    def database_url(self) -> str:
        """The database's address: TRACKER_DATABASE_URL, or a SQLite file in the home."""
        return self.database or f"sqlite:///{self.home / 'tracker.db'}"

    @property
    def files_url(self) -> str:
        """Where documents are kept: TRACKER_FILES_URL (any fsspec address), or a folder in the home."""
        return self.files or str(self.home / "files")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone, in which "today" is meant."""
        return ZoneInfo(self.zone_name)

    def make_home(self) -> None:
        """Create the home folder. Raises: HomeNotWritable."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            probe = self.home / ".writable"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise HomeNotWritable(path=str(self.home)) from error


def read_settings(home: Path | None = None) -> Settings:
    """Return the settings in force; `home` wins over TRACKER_HOME."""
    default = os.environ.get("TRACKER_HOME") or user_data_path("county-tracker")
    home = (home or Path(default)).expanduser().absolute()
    return Settings(
        home=home,
        database=os.environ.get("TRACKER_DATABASE_URL", ""),
        files=os.environ.get("TRACKER_FILES_URL", ""),
        zone_name=os.environ.get("TRACKER_TIME_ZONE", "Asia/Shanghai"),
        demo_as_of=_demo_day(home),
    )


def system_locale() -> str:
    """Return the locale the surroundings ask for, such as zh_CN.UTF-8; an empty text if they do not say."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((value for value in named if value), None) or locale.getlocale()[0] or ""


def mark_as_demo(home: Path, as_of: str | None) -> None:
    """Leave the mark in `home` by which the product knows a demonstration and the day it opens at.

    None takes the mark away.
    """
    if as_of is None:
        (home / _DEMO_MARK).unlink(missing_ok=True)
    else:
        (home / _DEMO_MARK).write_text(json.dumps({"as_of": as_of}), encoding="utf-8")


def _demo_day(home: Path) -> date | None:
    try:
        return date.fromisoformat(json.loads((home / _DEMO_MARK).read_text(encoding="utf-8"))["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
