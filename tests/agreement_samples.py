"""Agreements as the log form sends them, for tests of every layer above the services."""

from datetime import date
from typing import Any
from uuid import uuid4

from tests.conftest import division_id
from tracker.services.agreement import log_agreements
from tracker.services.desk import Desk

LILING, NAN, GUIDONG = "430281", "430921", "431027"
SUMMIT = date(2020, 7, 17)
PARTNER = "阿里巴巴集团数字乡村与区域经济发展事业部"


def log_values(desk: Desk, *codes: str, **changed: Any) -> dict[str, Any]:
    """Return a valid sending: a framework of 36 months with each county, signed at the summit."""
    counties = [
        {"side": "county", "division_id": division_id(desk.database, code)} for code in codes or (LILING,)
    ]
    return {
        "parties": [*counties, {"side": "partner", "name": PARTNER}],
        "signed_on": SUMMIT,
        "effective_on": SUMMIT,
        "term_months": 36,
        **changed,
    }


def logged(desk: Desk, *codes: str, **changed: Any) -> int:
    """Log one agreement and return its id."""
    return log_agreements(desk, log_values(desk, *codes, **changed), uuid4().hex)[0]
