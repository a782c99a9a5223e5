"""Scans of an agreement being logged: stored on upload and named in the draft."""

from typing import Any

import streamlit as st

from db.errors import StorageError
from pages.components.context import _, desk
from pages.components.feedback import problem_beside, sentence
from pages.components.kept_form import KeptForm
from pages.components.party_rows import division_names
from pages.components.text import plain
from tracker.errors import TrackerError
from tracker.rules.document import EXTENSIONS, LARGEST_BYTES
from tracker.services.document import store_upload

_LIMIT = LARGEST_BYTES // 1024**2


def scan_upload(form: KeptForm) -> None:
    """Draw the upload and the scans stored so far."""
    round_no = st.session_state.setdefault("scan_round", 0)
    key = f"{form.prefix}-upload-{round_no}"
    st.file_uploader(
        _("Scans: PDF, image or Word, up to {limit} MB each", limit=_LIMIT),
        type=list(EXTENSIONS),
        accept_multiple_files=True,
        key=key,
        max_upload_size=_LIMIT,
    )
    if st.session_state.get(key):
        _store(form, st.session_state[key])
        # A new widget lets go of the bytes it held.
        st.session_state["scan_round"] = round_no + 1
        st.rerun()
    for refusal in st.session_state.pop("scan_refusals", []):
        st.markdown(f":red[:material/error: {refusal}]")
    problem_beside("scans")
    for position, scan in enumerate(form.get("scans") or []):
        _scan(form, position, scan)


def scan_values(form: KeptForm) -> list[dict[str, Any]]:
    """Return the stored scans, each with the county it belongs to (None: every agreement)."""
    counties = form.get("division_ids") or []
    return [
        scan | {"division_id": scan.get("division_id") if scan.get("division_id") in counties else None}
        for scan in form.get("scans") or []
    ]


def _store(form: KeptForm, uploads: list[Any]) -> None:
    scans, refusals = list(form.get("scans") or []), []
    for upload in uploads:
        try:
            stored = store_upload(desk(), upload.name, upload).model_dump()
        except (TrackerError, StorageError) as error:
            refusals.append(sentence(error))
        else:
            scans.append(stored | {"division_id": _named_in(stored["file_name"], form)})
    st.session_state["scan_refusals"] = refusals
    form.put("scans", scans)
    form.keep()


def _named_in(file_name: str, form: KeptForm) -> int | None:
    """The one county that a file's name names, if any."""
    names = division_names(form.get("division_ids") or [])
    named = [i for i, name in names.items() if name in file_name]
    return named[0] if len(named) == 1 else None


def _scan(form: KeptForm, position: int, scan: dict[str, Any]) -> None:
    counties = form.get("division_ids") or []
    with st.container(horizontal=True, vertical_alignment="center"):
        size = max(scan["size_bytes"] // 1024, 1)
        st.markdown(f":material/description: {plain(scan['file_name'])} · {size} kB")
        if len(counties) > 1 and not form.get("joint"):
            _owner_field(form, position, scan, counties)
        st.button(
            _("Remove"),
            key=f"{form.prefix}-drop-{position}-{scan['sha256'][:8]}",
            icon=":material/close:",
            type="tertiary",
            on_click=_drop,
            args=(form, position),
        )


def _owner_field(form: KeptForm, position: int, scan: dict[str, Any], counties: list[int]) -> None:
    names = division_names(counties)
    options = [None, *counties]
    chosen = st.selectbox(
        _("Belongs to"),
        options,
        index=options.index(scan.get("division_id")) if scan.get("division_id") in counties else 0,
        format_func=lambda i: names[i] if i else _("every agreement"),
        key=f"{form.prefix}-owner-{position}-{scan['sha256'][:8]}",
        label_visibility="collapsed",
        width=200,
    )
    if chosen != scan.get("division_id"):
        scan["division_id"] = chosen
        form.keep()


def _drop(form: KeptForm, position: int) -> None:
    form.put("scans", [s for i, s in enumerate(form.get("scans") or []) if i != position])
    form.keep()
