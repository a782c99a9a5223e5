"""The address a supervisor asks whether the product works."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from db.errors import StorageError
from tracker import VERSION
from tracker.errors import TrackerError
from tracker.services.office import the_office


def health(_request: Request) -> JSONResponse:
    """Answer 200 with the number of the last change, or 503 while the database does not answer."""
    told: dict[str, object] = {"version": VERSION}
    try:
        told |= {"status": "ok", "last_change": the_office().last_change()}
    except (StorageError, TrackerError) as error:
        told |= {"status": "unavailable", "reason": type(error).__name__}
    return JSONResponse(
        told, status_code=200 if told["status"] == "ok" else 503, headers={"cache-control": "no-store"}
    )


ROUTES = [Route("/healthz", health)]
