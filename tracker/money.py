"""Amounts of money as integer cents."""

import re
from decimal import Decimal, InvalidOperation

from tracker.errors import N_, TrackerError

_UNITS = {
    "": 1,
    "元": 1,
    "万": 10**4,
    "万元": 10**4,
    "亿": 10**8,
    "亿元": 10**8,
    "w": 10**4,
    "k": 10**3,
    "m": 10**6,
}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


class NotAnAmount(TrackerError):
    """A text that is not an amount of money."""

    sentence = N_("“{text}” is not an amount. Write for example 20000000, 2000万 or 1.5亿.")


def read_amount(text: str) -> int | None:
    """Return the cents that a typed amount means, None for an empty one.

    Takes plain yuan, thousands separators, full-width digits, and 万 or 亿. Raises: NotAnAmount.
    """
    plain = text.translate(_FULL_WIDTH).strip().removeprefix("¥").removeprefix("￥").replace(" ", "")
    if not plain:
        return None
    match = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(元|万元?|亿元?|[wWkKmM])?", plain)
    if match is None:
        raise NotAnAmount(field="amount", text=text)
    try:
        yuan = Decimal(match[1].replace(",", "") + (match[2] or "")) * _UNITS[(match[3] or "").lower()]
    except InvalidOperation as error:
        raise NotAnAmount(field="amount", text=text) from error
    cents = yuan * 100
    if cents != int(cents) or cents > 10**17:
        raise NotAnAmount(field="amount", text=text)
    return int(cents)
