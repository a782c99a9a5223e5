"""Roles and scopes, before any service asks."""

import pytest

from tracker.permissions import LEAST_ROLE, Person, Role, may

# Reading, and what is a person's own: drafts of forms and saved views.
OWN = ("read", "history.read", "draft.write", "saved_view.write")


@pytest.mark.parametrize("act", [a for a in LEAST_ROLE if a not in OWN])
def test_a_viewer_changes_nothing(act: str) -> None:
    assert not may(Person("bob", Role.viewer), act)


@pytest.mark.parametrize("act", LEAST_ROLE)
def test_an_administrator_may_do_every_act(act: str) -> None:
    assert may(Person("dora", Role.administrator), act)


def test_an_act_nobody_declared_is_refused_to_everybody() -> None:
    assert not may(Person("dora", Role.administrator), "agreement.shred")


def test_a_record_is_seen_if_one_of_its_divisions_is_in_scope() -> None:
    alice = Person("alice", Role.editor, frozenset({1, 2}))
    assert (alice.sees({2, 9}), alice.sees({9})) == (True, False)


def test_a_record_of_no_division_is_everybodys() -> None:
    assert Person("alice", Role.editor, frozenset({1})).sees(frozenset())
