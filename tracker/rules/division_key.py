"""What people type for a division: its name, its code, its English name, its pinyin and the initials."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import cache
from itertools import islice, product
from typing import Final

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

_DROPPED = re.compile(r"[\s'’‘ʼ`´\"“”\-‐–·•.()（）\[\]【】]+")
_SUFFIXES: Final = (
    "自治县",
    "自治州",
    "自治旗",
    "自治区",
    "特别行政区",
    "地区",
    "省",
    "市",
    "县",
    "区",
    "旗",
    "盟",
)
_KIND_WORDS = re.compile(
    r" (Autonomous |Special |Forestry |New )*"
    r"(County|City|District|Banner|Area|Prefecture|League|Province|Region)$"
)
_READINGS_TRIED = 4
_PARTS_LOOKED_AT = 400


class Way(IntEnum):
    """How a typed text names a division, the surest first."""

    full_name = 0
    code = 1
    stem = 2
    latin = 3
    initials = 4
    other_reading = 5


class Fit(IntEnum):
    """How much of the name the typed text covers, the most first."""

    exact = 0
    prefix = 1
    part = 2


def folded(text: str) -> str:
    """Return `text` as it is compared: half-width, lower case, without accents, blanks and apostrophes."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _DROPPED.sub("", text)


def stem_of(name: str) -> str:
    """Return a Chinese name without its kind (醴陵 of 醴陵市); a name of two characters stays whole."""
    place = _place(name)
    return place if len(place) > 1 else name


@cache
def name_keys(name: str, name_en: str = "") -> Mapping[str, Way]:
    """Return every text by which people may call a division of this name, with its surest way."""
    keys: dict[str, Way] = {}
    for key, way in _all_keys(name, name_en):
        # Lüliang is typed lvliang on a pinyin keyboard and luliang elsewhere; both are kept.
        for spelling in (key, key.replace("v", "u")) if "v" in key else (key,):
            if spelling and way < keys.get(spelling, len(Way)):
                keys[spelling] = way
    return keys


def _all_keys(name: str, name_en: str) -> Iterator[tuple[str, Way]]:
    yield folded(name), Way.full_name
    yield folded(stem_of(name)), Way.stem
    english = folded(name_en.replace("ü", "v").replace("Ü", "v"))
    place_en = folded(_KIND_WORDS.sub("", name_en).replace("ü", "v").replace("Ü", "v"))
    yield from ((english, Way.latin), (place_en, Way.latin))
    syllables = lazy_pinyin(name)
    if len(syllables) != len(name):
        return
    size = len(_place(name))
    kind = syllables[size:]
    for turn, place in enumerate(_readings(name[:size], syllables[:size], place_en)):
        whole = [*place, *kind]
        yield "".join(whole), Way.other_reading if turn else Way.latin
        yield _initials(whole), Way.other_reading if turn else Way.initials
        if size > 1:
            yield "".join(place), Way.other_reading if turn else Way.latin
            yield _initials(place), Way.other_reading if turn else Way.initials


def _place(name: str) -> str:
    suffix = next((s for s in _SUFFIXES if name.endswith(s) and len(name) > len(s)), "")
    return name.removesuffix(suffix)


def _readings(place: str, usual: list[str], english: str) -> list[list[str]]:
    """Return some readings of a short place name, the one that its English name has first."""
    if len(place) > 3:
        return [usual]
    choices = [_syllables(c, first) for c, first in zip(place, usual, strict=True)]
    found = [list(reading) for reading in islice(product(*choices), _READINGS_TRIED)]
    return sorted(found, key=lambda reading: "".join(reading) != english)


@cache
def _syllables(character: str, usual: str) -> tuple[str, ...]:
    listed = PINYIN_DICT.get(ord(character), "").split(",")[:2]
    return tuple(dict.fromkeys([usual, *(to_normal(reading) for reading in listed if reading)]))


def _initials(syllables: list[str]) -> str:
    return "".join(syllable[0] for syllable in syllables)


class KeyText:
    """Many keys as one text, so that a look through all of them is a few C-speed finds."""

    def __init__(self, keys: list[tuple[str, int, Way]]) -> None:
        self._owners = [(owner, way) for _, owner, way in keys]
        self._text = "\n" + "".join(f"{key}\n" for key, _, _ in keys)
        self._starts: list[int] = []
        position = 1
        for key, _, _ in keys:
            self._starts.append(position)
            position += len(key) + 1

    def beginning(self, typed: str) -> Iterator[tuple[int, Way, Fit]]:
        """Give the owners of the keys that begin with `typed`, which is folded."""
        for position in self._places("\n" + typed):
            ends = self._text[position + len(typed) + 1] == "\n"
            yield *self._owner(position + 1), Fit.exact if ends else Fit.prefix

    def containing(self, typed: str) -> Iterator[tuple[int, Way, Fit]]:
        """Give the owners of some keys that have `typed` inside; initials do not count."""
        for position in islice(self._places(typed), _PARTS_LOOKED_AT):
            owner, way = self._owner(position)
            if way <= Way.latin:
                yield owner, way, Fit.part

    def _places(self, typed: str) -> Iterator[int]:
        position = self._text.find(typed)
        while position >= 0:
            yield position
            position = self._text.find(typed, position + 1)

    def _owner(self, position: int) -> tuple[int, Way]:
        return self._owners[bisect_right(self._starts, position) - 1]
