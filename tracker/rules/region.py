"""How a region is named wherever one is chosen: a division by its id, a sales region by its id with a minus.

One number names either, so that an address, a filter and a figure need not know which of the two it is.
"""


def region_key(sales_region_id: int) -> int:
    """Return the number that names a sales region among all regions."""
    return -sales_region_id


def sales_region_id(key: int) -> int | None:
    """Return the id of the sales region that `key` names, None if it names a division."""
    return -key if key < 0 else None
