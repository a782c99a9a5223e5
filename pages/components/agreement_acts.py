"""What can be done about an agreement: the menu, and a dialog for each act."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from pages.components.act_dialog import Asked, act_form, ask, asked, draw_dialog
from pages.components.agreement_ending import abandon_dialog, terminate_dialog
from pages.components.agreement_parts import PART_ACTS, party_name
from pages.components.context import _, desk
from pages.components.link import open_page
from tracker.errors import N_
from tracker.services.agreement import archive_agreement, restore_agreement
from tracker.services.agreement_file import AgreementFile
from tracker.services.party import sign_agreement
from tracker.services.renewal import give_notice
from tracker.services.stage import STAGE_NAMES, enter_stage
from tracker.services.supplement import add_supplement
from tracker.services.suspension import suspend_agreement

Body = Callable[[AgreementFile, Asked], None]


@dataclass(frozen=True)
class Act:
    """An act: its name, its icon, when it is offered, the right it needs, and its dialog (None: a page)."""

    name: str
    icon: str
    offered: Callable[[AgreementFile], bool]
    body: Body | None = None
    right: str = "agreement.write"


def act_menu(file: AgreementFile) -> str | None:
    """Draw the menu and return the act that leads to a form on the page (`change`), if it was picked."""
    offered = {
        key: act
        for key, act in _ACTS.items()
        if (file.agreement.archived_at is None) != (key == "restore")
        and act.offered(file)
        and desk().may(act.right)
    }
    if not offered:
        return None
    picked = st.menu_button(
        _("Act"),
        list(offered),
        format_func=lambda key: f"{offered[key].icon} {_(offered[key].name)}",
        icon=":material/more_horiz:",
        key="agreement_menu",
    )
    if picked in _PAGES:
        page, parameter = _PAGES[picked]
        open_page(page, **{parameter: file.agreement.key})
    if picked and picked != "change":
        ask(picked, file.agreement.key)
    return picked


def act_dialogs(file: AgreementFile) -> None:
    """Draw the dialog of the act that was asked for, if any."""
    found = asked(file.agreement.key)
    if found is None:
        return
    name, body = (
        (_ACTS[found.act].name, _ACTS[found.act].body) if found.act in _ACTS else PART_ACTS[found.act]
    )
    if body is not None:
        draw_dialog(_(name), partial(body, file, found))


def _sign(file: AgreementFile, _asked: Asked) -> None:
    missing = [party for party in file.parties if party.signed_on is None]

    def fields(form: Any) -> None:
        for party in missing:
            form.day(f"signed_on_{party.key}", party_name(file, party.division_id, party.name))

    def act(values: dict[str, Any]) -> None:
        days = {p.key: values[f"signed_on_{p.key}"] for p in missing}
        sign_agreement(desk(), file.agreement.key, {i: day for i, day in days.items() if day})

    st.caption(_("Leave empty who has not signed yet."))
    act_form("sign", fields, act)


def _stage(file: AgreementFile, _asked: Asked) -> None:
    def fields(form: Any) -> None:
        form.choice("stage", _("Stage"), {str(s): _(n) for s, n in STAGE_NAMES.items()}, "negotiating")
        form.day("entered_on", _("In this stage since"), desk().today)

    act_form("stage", fields, lambda v: enter_stage(desk(), file.agreement.key, v["stage"], v["entered_on"]))


def _supplement(file: AgreementFile, asked: Asked) -> None:
    def fields(form: Any) -> None:
        form.line("title", _("Title"))
        form.day("signed_on", _("Signed on"), desk().today)
        form.day("effective_on", _("Effective on"), help=_("Empty: the day of signing."))
        form.day("new_end_on", _("New end of the term"), help=_("Only if it changes the term."))
        form.line("note", _("Note"), long=True)

    def act(values: dict[str, Any]) -> None:
        add_supplement(desk(), file.agreement.key, values, token=asked.token)

    act_form("supplement", fields, act)


def _suspend(file: AgreementFile, asked: Asked) -> None:
    def fields(form: Any) -> None:
        form.day("from_on", _("From"), desk().today)
        form.day("to_on", _("Until"), help=_("Empty while its end is not agreed."))
        form.line("reason", _("Reason"), long=True)

    def act(values: dict[str, Any]) -> None:
        suspend_agreement(desk(), file.agreement.key, values, token=asked.token)

    act_form("suspend", fields, act)


def _notice(file: AgreementFile, _asked: Asked) -> None:
    decision = file.standing["decision_on"] if file.standing else None
    if decision:
        st.caption(
            _("The decision deadline is {day}; a later notice does not stop that renewal.", day=decision)
        )
    act_form(
        "notice",
        lambda form: form.day("given_on", _("Notice given on"), desk().today),
        lambda values: give_notice(desk(), file.agreement.key, values["given_on"]),
    )


def _withdraw_notice(file: AgreementFile, _asked: Asked) -> None:
    st.write(_("The agreement will renew itself again as its terms say."))
    act_form("no_notice", lambda _form: None, lambda _v: give_notice(desk(), file.agreement.key, None))


def _archive(file: AgreementFile, _asked: Asked) -> None:
    st.caption(_("Only for an entry made in error: it leaves every list and count, and can be restored."))
    act_form(
        "archive",
        lambda form: form.line("reason", _("Reason"), long=True),
        lambda values: archive_agreement(desk(), file.agreement.key, values["reason"]),
        _("Archive"),
    )


def _restore(file: AgreementFile, _asked: Asked) -> None:
    st.write(_("The agreement stands in every list and count again."))
    act_form(
        "restore", lambda _form: None, lambda _v: restore_agreement(desk(), file.agreement.key), _("Restore")
    )


def _always(_file: AgreementFile) -> bool:
    return True


def _signed(file: AgreementFile) -> bool:
    return file.is_signed


def _unsigned(file: AgreementFile) -> bool:
    return not file.is_signed and file.agreement.abandoned_on is None


def _running(file: AgreementFile) -> bool:
    return file.is_signed and file.agreement.terminated_on is None


def _can_be_noticed(file: AgreementFile) -> bool:
    terms = file.agreement
    return _running(file) and terms.renewals_allowed > 0 and terms.non_renewal_notice_on is None


# Acts that lead to another page, with the parameter that names this agreement there.
_PAGES = {
    "renew": ("log.py", "renewal_of"),
    "upgrade": ("log.py", "upgrade_of"),
    "project": ("project.py", "agreement"),
}
_ACTS = {
    "change": Act(N_("Change"), ":material/edit:", _always),
    "sign": Act(N_("Record signatures"), ":material/draw:", _unsigned, _sign),
    "stage": Act(N_("Enter a stage"), ":material/steppers:", _unsigned, _stage),
    "project": Act(N_("Open a project"), ":material/account_tree:", _signed, right="project.write"),
    "supplement": Act(N_("Add a supplementary agreement"), ":material/post_add:", _running, _supplement),
    "renew": Act(N_("Renew"), ":material/autorenew:", _signed),
    "upgrade": Act(N_("Follow up with a stronger agreement"), ":material/upgrade:", _running),
    "notice": Act(N_("Give notice of non-renewal"), ":material/event_busy:", _can_be_noticed, _notice),
    "no_notice": Act(
        N_("Take the notice of non-renewal back"),
        ":material/undo:",
        lambda file: file.agreement.non_renewal_notice_on is not None,
        _withdraw_notice,
    ),
    "suspend": Act(N_("Suspend"), ":material/pause_circle:", _running, _suspend),
    "terminate": Act(N_("Terminate"), ":material/cancel:", _running, terminate_dialog),
    "abandon": Act(N_("Abandon"), ":material/cancel:", _unsigned, abandon_dialog),
    "archive": Act(
        N_("Archive (entered in error)"), ":material/archive:", _always, _archive, "agreement.archive"
    ),
    "restore": Act(N_("Restore"), ":material/unarchive:", _always, _restore, "agreement.archive"),
}
