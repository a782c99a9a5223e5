"""Find anything from one box: counties, agreements, projects and signing events."""

from dataclasses import dataclass

from tracker.portfolio.agreement import county_parties
from tracker.portfolio.search import Found, find_agreements, find_events, find_projects
from tracker.rules.division import DivisionMatch
from tracker.rules.division_key import Fit
from tracker.services.desk import Desk
from tracker.services.division import find_divisions
from tracker.services.reading import portfolio_for

SHOWN = 20
# What a text names beyond this many divisions, it does not name; pinyin initials are often shared.
_DIVISIONS_FOLLOWED = 5


@dataclass(frozen=True)
class SearchResult:
    """What a text was found in; each kind holds its best SHOWN matches and the number of all."""

    divisions: list[DivisionMatch]
    agreements: Found
    projects: Found
    events: Found

    @property
    def total(self) -> int:
        """How many records of any kind were found."""
        return len(self.divisions) + self.agreements.total + self.projects.total + self.events.total


def search_everything(desk: Desk, text: str) -> SearchResult:
    """Return what the text may mean, within the person's scope.

    A text that names a county, also by code, pinyin or a former name, finds its agreements and projects.
    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    matches = [match for term in find_divisions(desk, text, limit=SHOWN) for match in term.matches]
    known = set(county_parties(portfolio)["division_id"])
    # Initials fit many counties alike; those with an agreement are the ones people look for.
    matches.sort(key=lambda m: m.division is None or m.division.id not in known)
    exact = [m.division.id for m in matches if m.division and m.fit is Fit.exact and m.division.id in known]
    named = exact[:_DIVISIONS_FOLLOWED]
    return SearchResult(
        matches[:SHOWN],
        find_agreements(portfolio, text, named, SHOWN),
        find_projects(portfolio, text, named, SHOWN),
        find_events(portfolio, text, SHOWN),
    )
