"""Documents of one record with their versions: download, add, add a version, withdraw."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.text import plain
from tracker.rules.document import (
    DOCUMENT_KIND_NAMES,
    EXTENSIONS,
    LARGEST_BYTES,
    DocumentKind,
    StoredFile,
)
from tracker.services.document import (
    DocumentFile,
    add_document,
    add_document_version,
    archive_document,
    open_document,
    restore_document,
    store_upload,
)

_LIMIT = LARGEST_BYTES // 1024**2


def document_list(owner: dict[str, int], documents: Sequence[DocumentFile], kind: DocumentKind) -> None:
    """Draw the documents of the record that `owner` names (`{"agreement_id": 7}`); new ones are of `kind`."""
    for document in documents:
        _document(document)
    if not desk().may("document.write"):
        return

    def add(stored: StoredFile) -> None:
        add_document(desk(), owner, stored, kind)

    _upload(
        f"document_{'_'.join(f'{k}{v}' for k, v in owner.items())}",
        _("Add a document: PDF, image, Word or Excel, up to {limit} MB", limit=_LIMIT),
        add,
    )


def _document(document: DocumentFile) -> None:
    newest = document.versions[0]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            icon = ":material/archive:" if document.archived_at else ":material/description:"
            st.markdown(f"{icon} **{plain(document.title)}** · {_(DOCUMENT_KIND_NAMES[document.kind])}")
            _download(newest, _("Download"))
        if document.archived_at:
            st.caption(_("Withdrawn: {reason}", reason=plain(document.archive_reason)))
        with st.expander(_("Versions ({count})", count=len(document.versions)), icon=":material/history:"):
            for version in document.versions:
                _version(version)
            _changes(document)


def _version(version: Any) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        when = words().instant(version.stored_at, desk().settings.zone)
        size = words().number(max(version.size_bytes // 1024, 1))
        st.markdown(f"{version.number} · {plain(version.file_name)} · {size} kB · {when}")
        st.caption(f"SHA-256 {version.sha256[:12]}…", help=version.sha256)
        _download(version, _("Download version {number}", number=version.number))


def _download(version: Any, label: str) -> None:
    # The content is read, and permission asked, when it is clicked.
    st.download_button(
        label,
        data=lambda: open_document(desk(), version.key)[1],
        file_name=version.file_name,
        mime=version.media_type,
        key=f"download_{version.key}_{label}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _changes(document: DocumentFile) -> None:
    if document.archived_at:
        if desk().may("document.archive") and st.button(_("Restore"), key=f"restore_document_{document.id}"):
            _carry_out(lambda: restore_document(desk(), document.id))
        return
    if desk().may("document.write"):
        _upload(
            f"version_{document.id}",
            _("Add a newer version"),
            lambda stored: add_document_version(desk(), document.id, stored),
        )
    if desk().may("document.archive"):
        with st.form(f"archive_document_{document.id}", border=False):
            reason = st.text_input(_("Reason"), key=f"document_reason_{document.id}")
            place = st.container()
            if st.form_submit_button(_("Archive"), icon=":material/archive:"):
                _carry_out(lambda: archive_document(desk(), document.id, reason))
                with place:
                    problem_beside("reason")


def _upload(key: str, label: str, take: Callable[[StoredFile], None]) -> None:
    """Draw an upload that is stored and taken at once; a new widget then lets go of the bytes."""
    turn = st.session_state.setdefault(f"{key}_turn", 0)
    upload = st.file_uploader(label, type=list(EXTENSIONS), key=f"{key}_{turn}", max_upload_size=_LIMIT)
    if upload is None:
        return
    with attempt():
        take(store_upload(desk(), upload.name, upload))
        st.session_state[f"{key}_turn"] = turn + 1
        announce(_("Saved."))
        st.rerun()


def _carry_out(act: Callable[[], None]) -> None:
    with attempt():
        act()
        announce(_("Saved."))
        st.rerun()
