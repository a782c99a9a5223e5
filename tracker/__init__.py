"""What the product knows and decides. Imports no screen."""

from typing import Final

VERSION: Final = "0.3.0"
