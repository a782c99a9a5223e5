"""A few records written the product's own way, for tests about keeping them."""

from datetime import date

from db.engine import Database
from db.files import FileStore
from db.models import (
    Agreement,
    Document,
    DocumentVersion,
    ForecastChange,
    Milestone,
    MilestoneCredit,
    Project,
)
from db.models.base import utc_now
from db.vocabulary import SlipReason
from tests.conftest import division_id

SCAN = "扫描件".encode()


def record_samples(database: Database, store: FileStore) -> None:
    """Write two agreements, the second renewing the first, a project with a milestone, and a document."""
    sha256 = store.put(SCAN)
    with database.transaction(actor="alice", origin="test") as work:
        first = work.save(_agreement("430281-2020-F-001"))
        work.save(_agreement("430281-2023-F-001", renewal_of_id=first.key))
        county_id = division_id(database, "430281")
        project = work.save(
            Project(
                agreement_id=first.key,
                division_id=county_id,
                pillar_id=1,
                name="电商",
                opened_on=date(2020, 8, 1),
            )
        )
        begun = {"due_on": date(2020, 12, 1), "forecast_on": date(2020, 12, 20), "weight": 5}
        part = {"credited_on": date(2020, 11, 15), "credit_percent": 40}
        milestone = work.save(Milestone(project_id=project.key, name="开工", **begun, **part))
        moved = {"changed_on": date(2020, 11, 2), "reason_code": SlipReason.county, "note": "换届"}
        for day in (date(2020, 12, 10), date(2020, 12, 20)):
            work.save(ForecastChange(milestone_id=milestone.key, new_on=day, **moved))
        for day, percent in ((date(2020, 11, 1), 20), (date(2020, 11, 15), 40)):
            work.save(MilestoneCredit(milestone_id=milestone.key, credited_on=day, percent=percent))
        scan = work.save(Document(title="扫描件", agreement_id=first.key))
        work.save(
            DocumentVersion(
                document_id=scan.key,
                number=1,
                sha256=sha256,
                file_name="扫描件.pdf",
                media_type="application/pdf",
                size_bytes=len(SCAN),
                stored_at=utc_now(),
            )
        )
    with database.transaction(actor="bob", origin="test", reason="typo") as work:
        agreement = work.get(Agreement, first.key)
        agreement.note = "更正"
        work.save(agreement)


def _agreement(number: str, **relatives: int) -> Agreement:
    return Agreement(number=number, title="框架协议", opened_on=date(2020, 7, 17), **relatives)
