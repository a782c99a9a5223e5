"""The parts of an agreement: parties, supplements and suspensions, each with what can be done about it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from pages.components.act_dialog import ActFields, Asked, act_form, ask, done
from pages.components.agreement_facts import relative_list
from pages.components.context import _, desk, named
from pages.components.division_picker import pick_divisions
from pages.components.document_list import document_list
from pages.components.feedback import attempt, sentence
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.form_turn import drawn_from
from pages.components.text import plain
from tracker.errors import N_, EditConflict, NotFound
from tracker.rules.document import DocumentKind
from tracker.rules.party import SIDE_NAMES
from tracker.services.agreement_file import AgreementFile
from tracker.services.document import read_documents
from tracker.services.party import add_party, change_party, remove_party
from tracker.services.supplement import archive_supplement, change_supplement
from tracker.services.suspension import archive_suspension, end_suspension

if TYPE_CHECKING:
    from db.models.party import Party
    from db.models.supplement import Supplement
    from db.models.suspension import Suspension

P = TypeVar("P", "Party", "Supplement", "Suspension")


def part_lists(file: AgreementFile) -> None:
    """Draw the parties and, where there are any, supplements, suspensions, renewals and follow-ups."""
    st.subheader(_("Parties"))
    party_list(file)
    if file.supplements:
        st.subheader(_("Supplementary agreements"))
        supplement_list(file)
    if file.suspensions:
        st.subheader(_("Suspensions"))
        suspension_list(file)
    if file.relatives:
        st.subheader(_("Renewals and follow-ups"))
        relative_list(file)


def party_list(file: AgreementFile) -> None:
    """Draw both sides with signatory, post and day of signing."""
    for party in file.parties:
        name = party_name(file, party.division_id, party.name)
        parts = [
            f"**{name}**",
            _(SIDE_NAMES[party.side]),
            " ".join(plain(text) for text in (party.post, party.signatory) if text),
            party.signed_on.isoformat() if party.signed_on else _("not signed"),
            "" if party.required else _("signature not required"),
        ]
        text = " · ".join(part for part in parts if part)
        _line(file, text, party.key, {"party": _CHANGE, "no_party": _REMOVE})
    if _may_write(file):
        st.button(
            _("Add a party"),
            icon=":material/person_add:",
            type="tertiary",
            on_click=ask,
            args=("new_party", file.agreement.key),
        )


def supplement_list(file: AgreementFile) -> None:
    """Draw the supplementary agreements by number."""
    for supplement in file.supplements:
        parts = [f"**{plain(supplement.number)}**", plain(supplement.title)]
        signed = supplement.signed_on.isoformat() if supplement.signed_on else _("not signed")
        parts.append(signed)
        if supplement.new_end_on:
            parts.append(_("new end {day}", day=supplement.new_end_on))
        acts = {"one_supplement": _CHANGE, "no_supplement": _WITHDRAW}
        _line(file, " · ".join(parts), supplement.key, acts)
        _supplement_documents(supplement.key)


def _supplement_documents(supplement_id: int) -> None:
    key = f"supplement_documents_{supplement_id}"
    opened = st.expander(_("Documents"), icon=":material/description:", on_change="rerun", key=key)
    with opened:
        if opened.open:
            owner = {"supplement_id": supplement_id}
            document_list(owner, read_documents(desk(), **owner), DocumentKind.supplement)


def suspension_list(file: AgreementFile) -> None:
    """Draw the suspensions, oldest first."""
    for rest in file.suspensions:
        until = rest.to_on.isoformat() if rest.to_on else _("open")
        text = f"{rest.from_on.isoformat()} – {until} · {plain(rest.reason)}"
        _line(file, text, rest.key, {"end_suspension": _END, "no_suspension": _WITHDRAW})


_CHANGE = (":material/edit:", N_("Change"))
_REMOVE = (":material/close:", N_("Remove"))
_WITHDRAW = (":material/archive:", N_("Archive"))
_END = (":material/play_circle:", N_("Set its end"))


def _line(file: AgreementFile, text: str, part_id: int, acts: dict[str, tuple[str, str]]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text)
        if not _may_write(file):
            return
        for act, (icon, name) in acts.items():
            st.button(
                _(name),
                icon=icon,
                type="tertiary",
                key=f"{act}_{part_id}",
                on_click=ask,
                args=(act, file.agreement.key, part_id),
            )


def _may_write(file: AgreementFile) -> bool:
    return file.agreement.archived_at is None and desk().may("agreement.write")


def party_name(file: AgreementFile, division_id: int | None, name: str) -> str:
    """Return what a party is called in the person's language, as Markdown."""
    division = file.divisions.get(division_id or 0)
    return plain(named(division.model_dump()) if division else name)


def _new_party(file: AgreementFile, asked: Asked) -> None:
    sides = {str(side): _(name) for side, name in SIDE_NAMES.items()}
    side = st.segmented_control(_("Side"), list(sides), default="county", format_func=sides.__getitem__)
    divisions: list[int] = []
    if side == "county":
        levels = ("county", "prefecture", "province")
        divisions = pick_divisions("new_party_division", several=False, levels=levels)

    def fields(form: ActFields) -> None:
        if side != "county":
            form.line("name", _("Name"))
        # Without its day, a required party would make a signed agreement an unsigned one.
        _signing_fields(form, {"signed_on": (file.standing or {}).get("signed_on")})

    def act(values: dict[str, Any]) -> None:
        division = divisions[0] if divisions else None
        sent = values | {"side": side, "division_id": division}
        add_party(desk(), file.agreement.key, sent, token=asked.token)
        st.session_state.pop("new_party_division", None)

    act_form("new_party", fields, act, _("Add"))


def _change_party(file: AgreementFile, asked: Asked) -> None:
    party = _part(file.parties, asked)
    if party is None:
        return
    fixed = {"side": party.side, "division_id": party.division_id, "name": party.name}

    def fields(form: ActFields) -> None:
        if party.division_id is None:
            form.line("name", _("Name"), party.name)
        _signing_fields(form, party.model_dump())

    def save(values: dict[str, Any], seen: int | None) -> None:
        change_party(desk(), party.key, fixed | values, seen=seen)

    _with_conflict(f"party_{party.key}", "party", fields, save, party.model_dump())


def _change_supplement(file: AgreementFile, asked: Asked) -> None:
    supplement = _part(file.supplements, asked)
    if supplement is None:
        return

    def fields(form: ActFields) -> None:
        form.line("title", _("Title"), supplement.title)
        form.day("signed_on", _("Signed on"), supplement.signed_on)
        form.day("effective_on", _("Effective on"), supplement.effective_on)
        form.day("new_end_on", _("New end of the term"), supplement.new_end_on)
        form.line("note", _("Note"), supplement.note, long=True)

    def save(values: dict[str, Any], seen: int | None) -> None:
        change_supplement(desk(), supplement.key, values, seen=seen)

    _with_conflict(f"supplement_{supplement.key}", "supplement", fields, save, supplement.model_dump())


def _part(parts: Sequence[P], asked: Asked) -> P | None:
    """Return the part asked for, or say that somebody else has removed it meanwhile."""
    found = next((part for part in parts if part.key == asked.part_id), None)
    if found is None:
        st.error(sentence(NotFound()))
    return found


def _signing_fields(form: ActFields, now: dict[str, Any]) -> None:
    form.line("signatory", _("Signatory"), now.get("signatory", ""))
    form.line("post", _("Post"), now.get("post", ""))
    form.day("signed_on", _("Signed on"), now.get("signed_on"))
    form.check("required", _("Signature required"), value=now.get("required", True))


def _with_conflict(
    key: str,
    entity: str,
    fields: Callable[[ActFields], None],
    save: Callable[[dict[str, Any], int | None], None],
    now: dict[str, Any],
) -> None:
    """Draw the form, or what a second editor met: both values of each field, to choose from.

    `now` is the record as it stands; the save names the version the form was first drawn from.
    """
    first = "to_on" if entity == "suspension" else "signed_on"
    drawn = drawn_from(key, f"{key}_{first}", now)
    if settled := settled_values(key, entity):
        with attempt():
            save(*settled)
            done()

    def act(values: dict[str, Any]) -> None:
        try:
            save(values, drawn["version"])
        except EditConflict as conflict:
            keep_conflict(key, conflict, values, drawn)
            st.rerun()

    act_form(key, fields, act)


def _reason_dialog(label: str, act: Callable[[int, str], None]) -> Callable[[AgreementFile, Asked], None]:
    def body(_file: AgreementFile, asked: Asked) -> None:
        act_form(
            f"{asked.act}_{asked.part_id}",
            lambda form: form.line("reason", _("Reason"), long=True),
            lambda values: act(asked.part_id or 0, values["reason"]),
            _(label),
        )

    return body


def _end_suspension(file: AgreementFile, asked: Asked) -> None:
    rest = _part(file.suspensions, asked)
    if rest is None:
        return

    def fields(form: ActFields) -> None:
        last_on = rest.to_on or desk().today
        form.day("to_on", _("Until"), last_on, help=_("The last day of the suspension."))

    def save(values: dict[str, Any], seen: int | None) -> None:
        end_suspension(desk(), rest.key, values["to_on"], seen=seen)

    _with_conflict(f"end_suspension_{rest.key}", "suspension", fields, save, rest.model_dump())


PART_ACTS: dict[str, tuple[str, Callable[[AgreementFile, Asked], None]]] = {
    "new_party": (N_("Add a party"), _new_party),
    "party": (N_("Change a party"), _change_party),
    "no_party": (N_("Remove a party"), _reason_dialog(N_("Remove"), lambda i, r: remove_party(desk(), i, r))),
    "one_supplement": (N_("Change a supplementary agreement"), _change_supplement),
    "no_supplement": (
        N_("Archive a supplementary agreement"),
        _reason_dialog(N_("Archive"), lambda i, r: archive_supplement(desk(), i, r)),
    ),
    "end_suspension": (N_("End a suspension"), _end_suspension),
    "no_suspension": (
        N_("Archive a suspension"),
        _reason_dialog(N_("Archive"), lambda i, r: archive_suspension(desk(), i, r)),
    ),
}
