"""What is done to the register: two at once, what is refused, acceptance as a frozen copy, overrides and rules."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from lib.actions import open_store
from lib.actions.risks import changes, register
from lib.actions.saving import Conflicted
from lib.actions.uploads import uploads
from lib.domain.risks.register import RULE_SETS, differs
from lib.i18n import LANGUAGES, error
from lib.model.methods import Comparison, Rule
from lib.model.problems import AppError, Denied, NotFound
from lib.model.records import BatchKind, Study
from lib.model.risk_records import Progress, Risk, RiskStatus
from lib.store.audit import listed
from tests.actions.risk_books import AREA, added, against, covered, furnish, measures, now, risk
from tests.people import FACILITATOR


@pytest.fixture
def study(own: Study) -> Study:
    furnish(own)
    return own


def asked(action: Callable[..., Any], *given: Any) -> list[tuple[tuple[str, ...], object, object]]:
    """What is shown of each conflict: fields, theirs and ours."""
    said = refused("conflicted", action, *given)
    assert isinstance(said, Conflicted)
    assert {by[0] for by in said.by.values()} <= {FACILITATOR.name}
    return [(each.fields, each.theirs, each.ours) for each in said.conflicts]


def refused(code: str, action: Callable[..., Any], *given: Any) -> AppError:
    with pytest.raises(AppError) as raised:
        action(FACILITATOR, *given)
    assert raised.value.code == code
    for language in LANGUAGES:
        assert "{" not in error(language, raised.value)
    return raised.value


def changed(of: Risk, **update: Any) -> Risk:
    return of.model_copy(update=update)


def test_two_people_who_change_different_fields_both_stand(study: Study) -> None:
    seen = added(study, "Frafall")
    changes.save_risk(FACILITATOR, study, changed(seen, probability=5), seen)
    changes.save_risk(FACILITATOR, study, changed(seen, owner="Rådmann"), seen)
    assert (now(study, seen).probability, now(study, seen).owner) == (5, "Rådmann")


def test_who_changes_the_same_field_last_is_shown_what_the_other_wrote(study: Study) -> None:
    seen = added(study, "Frafall")
    changes.save_risk(FACILITATOR, study, changed(seen, probability=5, status=RiskStatus.FOLLOWED), seen)
    both = (("probability", "consequence"), (5, 3), (3, 2))
    assert asked(changes.save_risk, study, changed(seen, consequence=2), seen) == [both]
    assert now(study, seen).probability == 5
    (told,) = asked(changes.save_risk, study, changed(seen, status=RiskStatus.CLOSED), seen)
    assert told == (("status",), (RiskStatus.FOLLOWED,), (RiskStatus.CLOSED,))
    changes.save_risk(FACILITATOR, study, changed(seen, probability=5), seen)  # the same wish is no quarrel


def test_of_many_who_save_at_the_same_moment_none_is_lost(study: Study) -> None:
    seen = added(study, "Frafall")
    wishes: list[dict[str, Any]] = [
        {"probability": 5},
        {"after_consequence": 2},
        {"owner": "Rådmann"},
        {"cause": "Slitasje"},
        {"highest_by": "G1"},
    ]

    def save(wish: dict[str, Any]) -> None:
        changes.save_risk(FACILITATOR, study, changed(seen, **wish), seen)

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(save, wishes))
    expected = {key: value for wish in wishes for key, value in wish.items()}
    assert now(study, seen) == changed(seen, **expected)


def test_of_many_who_change_one_field_at_the_same_moment_one_stands_and_the_others_hear_so(study: Study) -> None:
    seen = added(study, "Frafall")

    def save(owner: str) -> str:
        try:
            changes.save_risk(FACILITATOR, study, changed(seen, owner=owner), seen)
        except Conflicted as refused:
            return str(refused.conflicts[0].theirs)
        return str((owner,))

    with ThreadPoolExecutor(5) as pool:
        heard = set(pool.map(save, ["A", "B", "C", "D", "E"]))
    assert heard == {str((now(study, seen).owner,))}


@pytest.mark.parametrize("step", [0, 6])
def test_a_step_off_the_scale_is_refused(study: Study, step: int) -> None:
    refused("cell.out_of_range", changes.add, study, risk("Frafall", step, 3))
    seen = added(study, "Frafall")
    refused("cell.out_of_range", changes.save_risk, study, changed(seen, consequence=step), seen)


def test_names_are_needed_and_told_apart(study: Study) -> None:
    refused("cell.required", changes.add, study, risk("  "))
    seen = added(study, "Frafall")
    refused("twice", changes.add, study, risk(" FRAFALL"))
    assert added(study, "Frafall", area=None).id != seen.id
    other = added(study, "Dyrt")
    refused("twice", changes.save_risk, study, changed(other, factor="frafall"), other)
    with pytest.raises(NotFound):
        changes.add(FACILITATOR, study, risk("X", area="nowhere"))


def test_a_renamed_risk_keeps_its_id_and_leaves_the_name_free(study: Study) -> None:
    seen = added(study, "Frafall")
    changes.save_risk(FACILITATOR, study, changed(seen, factor="Slitasje"), seen)
    again = added(study, "Frafall")
    assert now(study, seen).factor == "Slitasje"
    assert again.id != seen.id


def test_a_closed_risk_is_opened_before_it_is_rated_anew(study: Study) -> None:
    seen = added(study, "Frafall")
    changes.set_status(FACILITATOR, study, seen.id, RiskStatus.CLOSED)
    refused("closed_rerated", changes.save_risk, study, changed(seen, probability=1), seen)
    changes.set_status(FACILITATOR, study, seen.id, RiskStatus.OPEN)
    changes.save_risk(FACILITATOR, study, changed(seen, probability=1), seen)
    assert now(study, seen).probability == 1
    refused("accept_by_role", changes.set_status, study, seen.id, RiskStatus.ACCEPTED)


def test_countermeasures_are_added_changed_and_taken_away_side_by_side(study: Study) -> None:
    held = added(study, "Frafall", 4, 4)
    covered(study, held, against("Vikar", 2), against("Kurs"))
    seen = measures(study, held)
    vikar, kurs = seen
    changes.save_countermeasures(FACILITATOR, study, held.id, [changed_(vikar, owner="HR"), kurs], seen)
    changes.save_countermeasures(FACILITATOR, study, held.id, [changed_(vikar, cost=5), kurs, against("Ny")], seen)
    assert [(each.name, each.owner, each.cost) for each in measures(study, held)] == [
        ("Kurs", None, None),
        ("Vikar", "HR", 5),
        ("Ny", None, None),
    ]
    wish = [changed_(vikar, cost=6), kurs]
    assert asked(changes.save_countermeasures, study, held.id, wish, seen) == [(("cost",), (5,), (6,))]
    told = (("cost", "owner"), (5, "HR"), None)
    assert asked(changes.save_countermeasures, study, held.id, [kurs], seen) == [told]
    changes.save_countermeasures(FACILITATOR, study, held.id, [vikar], seen)
    assert [each.name for each in measures(study, held)] == ["Vikar", "Ny"]
    wish = [vikar, changed_(kurs, owner="HR")]
    assert asked(changes.save_countermeasures, study, held.id, wish, seen) == [(("owner",), None, ("HR",))]


def changed_(of: Any, **update: Any) -> Any:
    return of.model_copy(update=update)


def test_a_countermeasure_that_raises_the_risk_or_has_a_namesake_is_refused(study: Study) -> None:
    held = added(study, "Frafall", 3, 4)
    said = refused("countermeasure_raises", changes.save_countermeasures, study, held.id, [against("V", 4)], [])
    assert said.params["now"] == "3"
    two = [against("Vikar"), against("vikar ")]
    refused("twice", changes.save_countermeasures, study, held.id, two, [])
    assert measures(study, held) == ()


def test_a_removed_risk_takes_its_countermeasures_along_and_an_undo_brings_both_back(study: Study) -> None:
    held = added(study, "Frafall")
    covered(study, held, against("Vikar"))
    refused("figures_moved", changes.remove, study, changed(held, owner="Rådmann"))
    changes.remove(FACILITATOR, study, held)
    book = register.register(FACILITATOR, study)
    assert (book.risks, book.countermeasures) == ((), ())
    newest = uploads.history(FACILITATOR, study)[0]
    assert (newest.kind, newest.counts) == (BatchKind.FORM, {"risks": 2})
    uploads.flip(FACILITATOR, study, newest.id, False)
    assert measures(study, held)[0].name == "Vikar"


def test_acceptance_freezes_a_copy_and_a_later_change_shows(study: Study) -> None:
    held = added(study, "Frafall")
    covered(study, held, against("Vikar", 2))
    seen = measures(study, held)
    refused("figures_moved", changes.accept, study, changed(held, probability=1), seen, "Styret", "Lite")
    refused("figures_moved", changes.accept, study, held, [], "Styret", "Lite")
    refused("cell.required", changes.accept, study, held, seen, "Styret", " ")
    changes.accept(FACILITATOR, study, held, seen, "Styringsgruppen", "Vi kan leve med den.")
    book = register.register(FACILITATOR, study)
    said = book.acceptances[held.id]
    assert (said.role, said.accepted["probability"], said.accepted_by) == ("Styringsgruppen", 3, FACILITATOR.name)
    assert book.risk(held.id).status is RiskStatus.ACCEPTED
    assert differs(said, book.risk(held.id), book.countermeasures) == {}
    changes.save_risk(FACILITATOR, study, changed(book.risk(held.id), probability=5), book.risk(held.id))
    book = register.register(FACILITATOR, study)
    assert differs(said, book.risk(held.id), book.countermeasures) == {"probability": (3, 5)}
    assert said.accepted["probability"] == 3
    changes.withdraw(FACILITATOR, study, held.id)
    book = register.register(FACILITATOR, study)
    assert (book.acceptances, book.risk(held.id).status) == ({}, RiskStatus.FOLLOWED)


def test_a_closed_risk_is_not_accepted(study: Study) -> None:
    held = added(study, "Frafall", status=RiskStatus.CLOSED)
    refused("closed_not_accepted", changes.accept, study, held, [], "Styret", "Lite")


def test_a_forced_risk_without_a_countermeasure_holds_the_case_back_until_a_role_lets_it_go(study: Study) -> None:
    refused("nothing_held_back", changes.override, study, AREA.id, "Rådmann", "Haster")
    one = added(study, "Frafall", 1, 5)
    assert [each.id for each in register.readiness(FACILITATOR, study, AREA.id).uncovered] == [one.id]
    assert not register.readiness(FACILITATOR, study).ready
    changes.override(FACILITATOR, study, AREA.id, "Rådmann", "Fristen er i morgen.")
    found = register.readiness(FACILITATOR, study, AREA.id)
    assert found.ready
    assert found.override is not None
    assert (found.override.role, found.override.reason) == ("Rådmann", "Fristen er i morgen.")
    assert not register.readiness(FACILITATOR, study).ready
    other = added(study, "Dyrt", 3, 3)
    assert not register.readiness(FACILITATOR, study, AREA.id).ready  # the role has not seen this one
    for each in (one, other):
        covered(study, each, against("Vikar"))
    assert register.readiness(FACILITATOR, study).ready
    seen = measures(study, one)
    dropped = [changed_(seen[0], progress=Progress.DROPPED)]
    changes.save_countermeasures(FACILITATOR, study, one.id, dropped, seen)
    changes.withdraw_override(FACILITATOR, study, AREA.id)
    assert not register.readiness(FACILITATOR, study, AREA.id).ready


def test_a_study_sets_its_own_rules_with_a_reason_and_goes_back(study: Study) -> None:
    added(study, "Frafall", 3, 4)
    refused("cell.required", changes.set_policy, study, RULE_SETS["product_15"], "")
    odd = [Rule("odd", None, Comparison.AT_MOST, 4)]
    refused("rule_limit", changes.set_policy, study, odd, "Prøve")
    changes.set_policy(FACILITATOR, study, RULE_SETS["product_15"], "Vi tåler mer.")
    book = register.register(FACILITATOR, study)
    assert (book.rules, book.policy and book.policy.reason) == (RULE_SETS["product_15"], "Vi tåler mer.")
    assert register.readiness(FACILITATOR, study).ready
    changes.set_policy(FACILITATOR, study, RULE_SETS["own"], "")
    assert register.register(FACILITATOR, study).rules == RULE_SETS["own"]


def test_the_words_of_the_steps_are_merged_step_by_step(study: Study) -> None:
    changes.set_steps(FACILITATOR, study, {"probability.1": "Nesten aldri"}, {})
    changes.set_steps(FACILITATOR, study, {"consequence.5": "Stans"}, {})
    book = register.register(FACILITATOR, study)
    assert book.steps == {"probability.1": "Nesten aldri", "consequence.5": "Stans"}
    assert book.rules == RULE_SETS["own"]
    told = (("text",), ("Nesten aldri",), ("Aldri",))
    assert asked(changes.set_steps, study, {"probability.1": "Aldri"}, {}) == [told]
    changes.set_steps(FACILITATOR, study, {"probability.1": "", "consequence.5": "Stans"}, book.steps)
    assert register.register(FACILITATOR, study).steps == {"consequence.5": "Stans"}


def test_risks_of_an_area_that_is_undone_are_left_out(study: Study) -> None:
    held = added(study, "Frafall")
    covered(study, held, against("Vikar"))
    added(study, "Dyrt", area=None)
    first = uploads.history(FACILITATOR, study)[-1]
    uploads.flip(FACILITATOR, study, first.id, False)
    book = register.register(FACILITATOR, study)
    assert ([each.factor for each in book.risks], book.countermeasures) == (["Dyrt"], ())
    assert uploads.current_workbook(FACILITATOR, study, "nb")


def test_every_change_asks_and_leaves_a_line(study: Study, demonstration: Study) -> None:
    held = added(study, "Frafall")
    changes.accept(FACILITATOR, study, held, [], "Styret", "Lite")
    assert [entry.action for entry in listed(open_store.store(), study.id)][:2] == ["risk.accept", "risk.edit"]
    with pytest.raises(Denied):
        changes.add(FACILITATOR, demonstration, risk("X", area=None))


def test_what_is_written_can_be_downloaded_and_taken_in_again_without_changes(own: Study) -> None:
    held = added(own, "Frafall", 4, 4, cause="Slitasje", area=None)
    covered(own, held, against("Vikar", 2), against("Kurs"))
    changes.save_risk(FACILITATOR, own, changed(held, factor="Slitasje"), held)
    added(own, "Frafall", 2, 2, area=None)
    data = uploads.current_workbook(FACILITATOR, own, "nb")
    preview = uploads.check(FACILITATOR, own, "register.xlsx", data, "nb")
    assert preview.errors == []
    assert not preview.changes
