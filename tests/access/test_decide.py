"""Who may do what: the whole table, written out by hand."""

from __future__ import annotations

import pytest

from lib.access import ACTIONS, Action, decide, hash_key, new_key
from lib.model.access import VISITOR, Actor, Grant, Role, Scope

OWN, OTHER = Scope("own"), Scope("other")
DEMO, STORE = Scope("demo", demo=True), Scope()
PEOPLE = {
    "visitor": VISITOR,
    "reader": Actor("reader", (Grant(Role.READER, "own"),)),
    "leader": Actor("leader", (Grant(Role.LEADER, "own"),)),
    "facilitator": Actor("facilitator", (Grant(Role.FACILITATOR),)),
}
EVERYBODY, READERS, LEADERS, FACILITATORS = (
    {"visitor", "reader", "leader", "facilitator"},
    {"reader", "leader", "facilitator"},
    {"leader", "facilitator"},
    {"facilitator"},
)
# action: who may in their own study, who in another's, who in a demonstration
TABLE: dict[Action, tuple[set[str], set[str], set[str]]] = {
    Action.METHOD_READ: (EVERYBODY, EVERYBODY, EVERYBODY),
    Action.STUDY_VIEW: (READERS, FACILITATORS, EVERYBODY),
    Action.STUDY_CREATE: (FACILITATORS, FACILITATORS, FACILITATORS),
    Action.RESULTS_VIEW: (READERS, FACILITATORS, EVERYBODY),
    Action.FINDINGS_VIEW: (LEADERS, FACILITATORS, FACILITATORS),
    Action.RESULTS_EXPORT: (READERS, FACILITATORS, EVERYBODY),
    Action.TEMPLATE_DOWNLOAD: (LEADERS, FACILITATORS, FACILITATORS),
    Action.UPLOAD_CHECK: (LEADERS, FACILITATORS, set()),
    Action.UPLOAD_IMPORT: (LEADERS, FACILITATORS, set()),
    Action.UPLOAD_UNDO: (LEADERS, FACILITATORS, set()),
    Action.UPLOAD_HISTORY: (LEADERS, FACILITATORS, FACILITATORS),
    Action.UPLOAD_ORIGINAL: (LEADERS, FACILITATORS, FACILITATORS),
    Action.WORKSHOP_RATE: (READERS, FACILITATORS, set()),
    Action.WORKSHOP_WATCH: (READERS, FACILITATORS, FACILITATORS),
    Action.WORKSHOP_LEAD: (FACILITATORS, FACILITATORS, set()),
    Action.COSTS_VIEW: (READERS, FACILITATORS, EVERYBODY),
    Action.COSTS_EDIT: (LEADERS, FACILITATORS, set()),
    Action.RISK_VIEW: (READERS, FACILITATORS, EVERYBODY),
    Action.RISK_EDIT: (LEADERS, FACILITATORS, set()),
    Action.RISK_ACCEPT: (LEADERS, FACILITATORS, set()),
    Action.SWOT_VIEW: (READERS, FACILITATORS, EVERYBODY),
    Action.SWOT_EDIT: (LEADERS, FACILITATORS, set()),
    Action.LINK_MAKE: (FACILITATORS, FACILITATORS, FACILITATORS),
    Action.LINK_LIST: (FACILITATORS, FACILITATORS, FACILITATORS),
    Action.LINK_REVOKE: (FACILITATORS, FACILITATORS, FACILITATORS),
}


def test_the_table_covers_every_action() -> None:
    assert set(TABLE) == set(Action) == set(ACTIONS)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("person", PEOPLE)
def test_every_action_by_everybody(action: Action, person: str) -> None:
    allowed = [bool(decide(PEOPLE[person], action, scope)) for scope in (OWN, OTHER, DEMO)]
    assert allowed == [person in who for who in TABLE[action]]


@pytest.mark.parametrize("action", [action for action in Action if action is not Action.METHOD_READ])
@pytest.mark.parametrize("person", ["visitor", "reader", "leader"])
def test_the_store_as_a_whole_is_the_facilitators(action: Action, person: str) -> None:
    assert not decide(PEOPLE[person], action, STORE)


@pytest.mark.parametrize(
    ("person", "scope", "reason"),
    [
        ("visitor", OWN, "sign_in_first"),
        ("reader", OWN, "role_too_low"),
        ("leader", OTHER, "other_study"),
        ("facilitator", DEMO, "demo_read_only"),
        ("leader", OWN, "granted"),
    ],
)
def test_a_decision_carries_its_reason(person: str, scope: Scope, reason: str) -> None:
    assert decide(PEOPLE[person], Action.UPLOAD_IMPORT, scope).reason == reason


def test_two_grants_open_both_studies() -> None:
    both = Actor("both", (Grant(Role.READER, "own"), Grant(Role.LEADER, "other")))
    assert decide(both, Action.UPLOAD_IMPORT, OTHER)
    assert decide(both, Action.RESULTS_VIEW, OWN)
    assert decide(both, Action.UPLOAD_IMPORT, OWN).reason == "role_too_low"


def test_a_rater_may_rate_in_one_workshop_and_nothing_else() -> None:
    rater = Actor("Gruppe 1", (Grant(Role.RATER, "own", workshop="w"),))
    allowed = {action for action in Action if decide(rater, action, Scope("own", workshop="w"))}
    assert allowed == {Action.METHOD_READ, Action.WORKSHOP_RATE}
    for scope in (OWN, Scope("own", workshop="v"), Scope("other", workshop="w"), DEMO):
        assert not decide(rater, Action.WORKSHOP_RATE, scope)
    assert decide(rater, Action.RESULTS_VIEW, OWN).reason == "role_too_low"


def test_keys_are_long_different_and_kept_as_hashes() -> None:
    keys = {new_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert all(len(key) == 32 and "." not in key for key in keys)
    key = keys.pop()
    assert len(hash_key(key)) == 64
    assert key not in hash_key(key)
