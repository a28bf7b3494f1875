"""What an import would do to what a study holds, and what it leaves alone."""

from __future__ import annotations

from typing import Any

from lib.intake.changes import changes
from lib.intake.existing import Existing, comment_key, rating_key
from lib.model.records import Area, Comment, Municipality, RaterRole, Rating, Rows, Workshop, stable_id
from tests.intake.books import RATINGS_HEADING, STUDY, checked, rating, warnings, with_ratings, xlsx

LIERNE = Municipality(
    id=stable_id(STUDY, "municipality", "5042"), number="5042", name="Lierne", population=1355, keys={"Elever": 120.0}
)
ARCHIVE = Area(id=stable_id(STUDY, "area", "1"), code="1", name="Arkiv", sector="Stab", today="Nettverk")


def imported(sheets: dict[str, Any], **existing: Any) -> Rows:
    result = checked(xlsx(sheets), Existing(**existing))
    assert result.errors == ()
    return result.rows


def after_january() -> Existing:
    """The study after a first import of one group's ratings."""
    rows = imported(with_ratings([*rating(), "Bra"], heading=[*RATINGS_HEADING, "Kommentar"]))
    return Existing(
        rows.municipalities,
        rows.areas,
        rows.workshops,
        rows.raters,
        {rating_key(given): given.value for given in rows.ratings},
        {comment_key(given): given.text for given in rows.comments},
    )


def test_a_column_that_the_sheet_lacks_keeps_its_value_and_a_blank_cell_clears_it() -> None:
    sheets = {"Områder": [["Kode", "Område", "Samarbeid i dag"], ["1", "Arkivet", None]]}
    (area,) = imported(sheets, areas=(ARCHIVE,)).areas
    assert (area.name, area.sector, area.today) == ("Arkivet", "Stab", None)


def test_figures_merge_the_same_way_and_keep_their_spelling() -> None:
    sheets = {"Kommuner": [["Kommunenummer", "Kommune", "ELEVER", "Areal"], ["5042", "Lierne", None, 2961]]}
    (municipality,) = imported(sheets, municipalities=(LIERNE,)).municipalities
    assert (municipality.population, municipality.keys) == (1355, {"Areal": 2961.0})


def test_new_changed_and_unchanged_rows_are_told_apart() -> None:
    heading = ["Kommunenummer", "Kommune", "Innbyggere"]
    sheets = {"Kommuner": [heading, ["5042", "Lierne", 1300], ["5045", "Grong", 2359]]}
    sheets["Områder"] = [["Kode", "Område"], ["1", "Arkiv"]]
    found = changes(imported(sheets, municipalities=(LIERNE,), areas=(ARCHIVE,)), Existing((LIERNE,), (ARCHIVE,)))
    assert found.municipalities.new == ("Grong",)
    ((label, columns),) = [(d.label, d.columns) for d in found.municipalities.changed]
    assert (label, columns) == ("Lierne", {"@columns.population": (1355, 1300)})
    assert (found.areas.unchanged, bool(found.areas), bool(found)) == (1, False, True)


def test_a_changed_rating_shows_old_and_new() -> None:
    before = after_january()
    sheets = with_ratings(rating(potential=9, feasibility="vet ikke"), rating(area="2"))
    found = changes(checked(xlsx(sheets), before).rows, before)
    assert [d.columns for d in found.ratings.changed] == [
        {"@criteria.potential": (8, 9)},
        {"@criteria.feasibility": (7, None)},
    ]
    assert (len(found.ratings.new), found.raters.unchanged, found.workshops.unchanged) == (2, 1, 1)


def test_a_rater_that_changes_party_shows_the_names() -> None:
    before = after_january()
    sheets = with_ratings(rating(role="Administrasjon", municipality=None))
    found = changes(checked(xlsx(sheets), before).rows, before)
    assert found.raters.changed[0].columns == {
        "@columns.role": (RaterRole.ELECTED, RaterRole.ADMINISTRATION),
        "@columns.municipality": ("Lierne", None),
    }


def test_a_blank_cell_takes_no_answer_away_and_that_is_said() -> None:
    before = after_january()
    sheets = with_ratings([*rating(potential=None), None], heading=[*RATINGS_HEADING, "Kommentar"])
    assert warnings(sheets, before) == [("blank_keeps_value", "Vurderinger", place) for place in ("G2", "I2")]
    assert not changes(checked(xlsx(sheets), before).rows, before)


def test_made_up_figures_stay_marked_when_others_join_them() -> None:
    made_up = Workshop(
        id=stable_id(STUDY, "workshop", "januar"), name="Januar", method="prioritisation", constructed=True
    )
    sheets = with_ratings([*rating(), "nei"], heading=[*RATINGS_HEADING, "Konstruert"])
    assert warnings(sheets, Existing(workshops=(made_up,))) == [("still_constructed", "Vurderinger", "I2")]
    assert imported(sheets, workshops=(made_up,)).workshops == (made_up,)


def test_ids_are_the_same_every_time_and_whatever_the_capitals() -> None:
    one = imported(with_ratings(rating()))
    two = imported(with_ratings(rating(workshop=" JANUAR", rater="gruppe 1", area="RUS OG PSYKIATRI")))
    assert [r[:5] for r in one.ratings] == [r[:5] for r in two.ratings]
    workshop = stable_id(STUDY, "workshop", "januar")
    rater = stable_id(workshop, "rater", "gruppe 1")
    area = stable_id(STUDY, "area", "1")
    assert one.ratings == (
        Rating(workshop, 1, rater, area, "potential", 8),
        Rating(workshop, 1, rater, area, "feasibility", 7),
    )


def test_a_comment_is_taken_with_its_lines() -> None:
    rows = imported(with_ratings([*rating(), "Bra.\nHaster."], heading=[*RATINGS_HEADING, "Kommentar"]))
    assert [type(comment) for comment in rows.comments] == [Comment]
    assert rows.comments[0].text == "Bra.\nHaster."
