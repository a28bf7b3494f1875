"""«Plan» as a visitor sees it: the answer first, boxes to tick, the forms, and what two people do at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions.bridge import plan
from lib.i18n import LANGUAGES, t, today
from lib.model.access import Role
from lib.model.records import Study
from lib.model.risk_records import Milestone, Phase, Progress
from lib.ui import state
from tests.actions import risk_books
from tests.pages.conftest import Open, said, spec_of
from tests.people import FACILITATOR

PAGE = "risk/plan.py"
LATE, SOON = (today() + timedelta(days=days) for days in (-3, 8))


def milestone(name: str, **more: object) -> Milestone:
    return Milestone.model_validate({"id": "", "name": name, "phase": Phase.PLANNING} | more)


def held(study: Study) -> dict[str, Milestone]:
    return {each.name: each for each in plan.plan(FACILITATOR, study).milestones}


@pytest.fixture
def leader(own: Study, key_for: Callable[[Role, Study], str]) -> str:
    """The study has two milestones, one of them late, and a countermeasure."""
    risk_books.furnish(own)
    risk = risk_books.added(own, "Få søkere", 4, 4)
    risk_books.covered(own, risk, risk_books.against("Felles utlysning", 2, deadline=SOON + timedelta(days=9)))
    for name, deadline in (("Avtale vedtatt", LATE), ("Saker sendt", SOON)):
        plan.add(FACILITATOR, own, milestone(name, deadline=deadline, owner="Rådmannen"), today())
    return key_for(Role.LEADER, own)


def words(page: AppTest) -> str:
    return said(page).replace("\\", "")


def boxes(page: AppTest) -> dict[str, bool]:
    return {box.label.replace("\\", "").partition(":")[0]: box.value for box in page.checkbox}


def tick(page: AppTest, name: str) -> AppTest:
    box = next(each for each in page.checkbox if each.label.replace("\\", "").startswith(name))
    return (box.uncheck() if box.value else box.check()).run()


def test_the_answer_comes_first_and_then_what_is_next(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader)
    assert not page.exception
    assert page.header[0].value.replace("\\", "") == "1 av 3 leveranser er forsinket."
    assert "Neste leveranse: Saker sendt" in words(page)
    assert list(boxes(page)) == ["Avtale vedtatt", "Saker sendt", "Felles utlysning"]
    assert [row["Leveranse"] for row in page.table[0].value.to_dict("records")] == list(boxes(page))
    assert "Forsinket: Avtale vedtatt." in page.get("vega_lite_chart")[0].proto.alt
    assert spec_of(page, 0)["config"]["locale"]["number"]["decimal"] == ","


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_runs_in_every_language(own: Study, leader: str, language: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, sprak=language)
    assert not page.exception
    assert page.title[0].value == t(language, "pages.plan")
    assert "nan" not in words(page).lower().split()


def test_a_tick_is_stored_at_once_and_the_answer_moves(own: Study, leader: str, open_page: Open) -> None:
    page = tick(open_page(PAGE, own.slug, leader), "Avtale vedtatt")
    assert not page.exception
    assert held(own)["Avtale vedtatt"].done_on == today()
    assert page.header[0].value.replace("\\", "") == "Ingenting er forsinket. Planen har 3 leveranser."
    assert boxes(page)["Avtale vedtatt"]
    page = tick(page, "Felles utlysning")
    assert plan.plan(FACILITATOR, own).countermeasures[0].progress is Progress.DONE
    page = tick(page, "Avtale vedtatt")
    assert held(own)["Avtale vedtatt"].done_on is None
    assert not boxes(page)["Avtale vedtatt"]


def test_a_box_is_read_aloud_without_backslashes_and_markup_in_a_name_stays_text(
    own: Study, leader: str, open_page: Open
) -> None:
    for name in (":red[Rødt]", "1. Møte", "Se www.grong.no"):
        plan.add(FACILITATOR, own, milestone(name, owner="HR-sjefen"), today())
    labels = {box.label for box in open_page(PAGE, own.slug, leader).checkbox}
    assert "Saker sendt: om 8 dager (Rådmannen)" in labels
    assert r"\:red\[Rødt\]\: uten frist \(HR\-sjefen\)" in labels
    assert r"1\. Møte\: uten frist \(HR\-sjefen\)" in labels
    assert "Se www\\.\u2060grong\\.no\\: uten frist \\(HR\\-sjefen\\)" in labels


def test_what_another_has_ticked_is_seen_and_not_ticked_back(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader)
    plan.tick(FACILITATOR, own, held(own)["Avtale vedtatt"].id, True, today())
    page = tick(page, "Saker sendt")
    assert boxes(page) == {"Avtale vedtatt": True, "Saker sendt": True, "Felles utlysning": False}
    assert all(each.done_on for each in held(own).values())


def test_a_reader_sees_the_boxes_and_cannot_tick(
    own: Study, leader: str, key_for: Callable[[Role, Study], str], open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, key_for(Role.READER, own))
    assert all(box.disabled for box in page.checkbox)
    assert t("nb", "plan.tick_why") in words(page)
    assert not page.text_input


def test_the_demonstration_says_why_nothing_can_be_ticked_and_is_marked(open_page: Open) -> None:
    page = open_page(PAGE)
    assert len(page.checkbox) >= 10
    assert all(box.disabled for box in page.checkbox)
    assert t("nb", "plan.tick_demo") in words(page)
    assert t("nb", "ranking.constructed") in words(page)


def _new(page: AppTest, **typed: str) -> AppTest:
    for key, text in typed.items():
        page.text_input(key=f"{state.PLAN_NEW}.0.{key}").input(text)
    button = next(each for each in page.button if each.label == t("nb", "plan.add"))
    return button.click().run()


def test_a_new_milestone_is_added_and_a_passed_deadline_told(own: Study, leader: str, open_page: Open) -> None:
    page = _new(open_page(PAGE, own.slug, leader), name="Mandat", deadline=f"{LATE:%d.%m.%Y}", owner="Ordfører")
    assert not page.exception
    assert (held(own)["Mandat"].deadline, held(own)["Mandat"].owner) == (LATE, "Ordfører")
    assert "Fristen var alt passert for «Mandat»." in words(page)
    assert page.text_input(key=f"{state.PLAN_NEW}.1.name").value == ""


@pytest.mark.parametrize(
    ("typed", "said_so"),
    [
        ({"name": ""}, "«Milepæl» må fylles ut."),
        ({"name": "X", "deadline": "snart"}, "«snart» under «Frist» er ikke en dato"),
    ],
)
def test_what_cannot_stand_is_a_sentence_and_what_was_typed_stays(
    own: Study, leader: str, typed: dict[str, str], said_so: str, open_page: Open
) -> None:
    page = _new(open_page(PAGE, own.slug, leader), owner="Ordfører", **typed)
    assert said_so in words(page)
    assert page.text_input(key=f"{state.PLAN_NEW}.0.owner").value == "Ordfører"
    assert len(held(own)) == 2


def _save(page: AppTest, edits: dict[str, object]) -> AppTest:
    key = f"{state.PLAN_TABLE}.0"
    page.session_state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | edits
    return page.button(key=f"{key}.save").click().run()


def test_the_table_changes_adds_and_takes_away(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader)
    order = [each.name for each in plan.plan(FACILITATOR, own).milestones]
    page = _save(
        page,
        {
            "edited_rows": {order.index("Saker sendt"): {"deadline": "1. juni 2030", "area": "A1 Arkiv"}},
            "added_rows": [{"name": "Evaluert", "phase": "evaluation"}],
            "deleted_rows": [order.index("Avtale vedtatt")],
        },
    )
    assert not page.exception
    found = held(own)
    assert set(found) == {"Saker sendt", "Evaluert"}
    assert (str(found["Saker sendt"].deadline), found["Saker sendt"].area) == ("2030-06-01", risk_books.AREA.id)
    assert found["Evaluert"].phase is Phase.EVALUATION


def test_what_another_saves_while_one_types_is_kept_or_told(own: Study, leader: str, open_page: Open) -> None:
    page, seen = open_page(PAGE, own.slug, leader), held(own)
    place = list(seen).index("Saker sendt")
    other = seen["Saker sendt"].model_copy(update={"owner": "Prosjektleder"})
    plan.save_milestones(FACILITATOR, own, [other], [seen["Saker sendt"]], today())
    page = _save(page, {"edited_rows": {place: {"owner": "Økonomisjef"}}})
    assert t("nb", "errors.conflicted") in words(page)
    assert held(own)["Saker sendt"].owner == "Prosjektleder"
    page = _save(page, {"edited_rows": {place: {"deadline": "01.06.2030"}}})
    assert (held(own)["Saker sendt"].owner, str(held(own)["Saker sendt"].deadline)) == ("Prosjektleder", "2030-06-01")


def test_a_name_is_text_whatever_stands_in_it(own: Study, leader: str, open_page: Open) -> None:
    name = "<b>**Fet**</b> [lenke](x) $x$"
    plan.add(FACILITATOR, own, milestone(name, deadline=LATE), today())
    page = open_page(PAGE, own.slug, leader)
    assert name in boxes(page)
    label = next(box.label for box in page.checkbox if "Fet" in box.label)
    assert "\\*\\*Fet" in label


def test_an_empty_plan_says_what_to_do(own: Study, key_for: Callable[[Role, Study], str], open_page: Open) -> None:
    page = open_page(PAGE, own.slug, key_for(Role.LEADER, own))
    assert not page.exception
    assert t("nb", "plan.empty") in words(page)
    assert not page.checkbox
    assert not page.get("vega_lite_chart")
    assert t("nb", "plan.empty_read_only") in words(open_page(PAGE, own.slug, key_for(Role.READER, own)))
