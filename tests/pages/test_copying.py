"""«Lag en kopi» on pages: instead of a dead end in the demonstrations, and on the overview."""

from __future__ import annotations

import pytest

from lib.actions import studies
from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.records import Study
from lib.ui import state
from tests.pages.conftest import Open, said
from tests.people import FACILITATOR

CLOSED = ("workshop/lead.py", "workshop/wall.py", "workshop/rate.py", "intake/upload.py", "study/findings.py")


@pytest.mark.parametrize("file", CLOSED)
def test_a_visitor_is_told_how_everything_can_be_tried(open_page: Open, file: str) -> None:
    for language in LANGUAGES:
        test = open_page(file, sprak=language)
        assert t(language, "copying.by_others") in said(test)
        assert not test.text_input


@pytest.mark.parametrize(("file", "page"), [("workshop/lead.py", "pages.lead"), ("intake/upload.py", "upload.title")])
def test_a_facilitator_makes_a_copy_there_and_goes_on_in_it(open_page: Open, key: str, file: str, page: str) -> None:
    test = open_page(file, keys=key)
    assert t("nb", "frame.closed") in said(test)
    assert test.text_input[0].proto.default == "Kopi av Indre Namdal"
    test.button[0].click().run()
    assert not test.exception
    assert test.query_params["utredning"] == "kopi-av-indre-namdal"
    assert test.title[0].value == t("nb", page)
    assert next(study.slug for study in studies.visible(FACILITATOR)) == "kopi-av-indre-namdal"


def test_the_overview_offers_a_copy_of_whatever_is_looked_at(open_page: Open, key: str, study: Study) -> None:
    test = open_page("study/overview.py", study.slug, keys=key)
    for name in ("Kopi av Vår region", "Kopi 2 av Vår region"):
        asked = next(each for each in test.text_input if each.label == t("nb", "copying.name"))
        assert asked.proto.default == name
        next(each for each in test.button if each.label == t("nb", "copying.make")).click().run()
        assert t("nb", "copying.done", name=name) in said(test).replace("\\", "")
        test.selectbox(key=state.STUDY).set_value(study.slug).run()
    assert len(studies.visible(FACILITATOR)) == 5


def test_a_name_that_is_taken_is_said_and_nothing_is_made(open_page: Open, key: str) -> None:
    test = open_page("workshop/lead.py", keys=key)
    test.text_input[0].set_value("Vår region")
    test.button[0].click().run()
    assert t("nb", "errors.study_exists", name="Vår region") in said(test).replace("\\", "")
    assert len(studies.visible(FACILITATOR)) == 3


def test_a_leader_of_one_study_is_told_who_can_make_a_copy(open_page: Open, study: Study, key_for: object) -> None:
    keys = key_for(Role.LEADER, study)  # type: ignore[operator]
    test = open_page("workshop/lead.py", keys=keys)
    assert t("nb", "copying.by_others") in said(test)
    assert t("nb", "copying.title") not in said(open_page("study/overview.py", keys=keys))
