"""How a project is reported on: the request that is open, the form, the updates so far, and the risks."""

from pages.components.context import desk
from pages.components.request_box import request_box
from pages.components.risk_log import risk_log
from pages.components.update_form import update_form
from pages.components.update_list import update_list
from tracker.services.project_sheet import ProjectSheet
from tracker.services.project_update import read_updates
from tracker.services.update_request import read_requests


def project_updates(sheet: ProjectSheet) -> None:
    """Draw all of it."""
    requests = read_requests(desk(), sheet.id)
    request_box(sheet, requests)
    update_form(sheet, next((request for request in requests if request.is_open), None))
    update_list(sheet, read_updates(desk(), sheet.id))
    risk_log(sheet)
