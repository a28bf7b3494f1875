"""No text says a number that the code may change: limits are passed in from the constants that hold."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest

from lib import i18n
from lib.domain.ranking import robustness
from lib.exhibits import limits
from lib.i18n import t
from lib.model.problems import Denied, Spelled
from lib.model.sheet_kinds import RECORD_SHEETS

NUMBER = re.compile(r"\d")
LARGE = {"nb": ("hundre", "tusen", "femteplassen"), "en": ("hundred", "thousand", "fifth")}
# Keys of texts that may hold a figure or a number in letters, and why.
FIGURES = {
    "language.*": "how dates are written",
    "columns.example.*": "the figures of an example row",
    "*.synonyms.*": "what people write over a column",
    "sources.*": "the year of a source",
    "about.sources": "the year of a source",
    "ranking.caveat_source": "the year of a source",
    "risk.*_source": "the year of a source",
    "about.costs": "what a source found",
    "about.agreement": "what a measure is by its own definition, from 0 to 1",
    "about.weight": "per cent, of which there are 100",
    "ranking.weight_help": "per cent, of which there are 100",
    "ranking.concordance": "a measure from 0 to 1",
    "discuss.order_note": "a formula",
    "errors.shares_not_100": "per cent, of which there are 100",
    "errors.*_out_of_range": "per cent, of which there are 100, or nothing at all",
    "errors.population_zero": "the figure that was found",
    "errors.cell.not_a_date": "an example of a date",
    "problems.not_a_date": "an example of a date",
    "template.allowed.date": "an example of a date",
    "typed.*.help": "an example of a date",
    "problems.ambiguous_risk": "an example",
    "delta.name_help": "an example of a name",
    "risk.measure_help": "an example of a name",
    "columns.help.ratings.round": "the first round",
    "columns.help.costs.shared_by": "an example of what to write",
    "columns.help.own_costs.kroner": "nothing at all",
    "cost_figures.forgotten": "nothing at all",
    "costs.own_no_limit": "nothing at all",
    "costs.curves_alt": "per cent, of which there are 100",
    "columns.strength": "held below",
    "live.loopback": "an address",
}
LETTERS = {
    "language.from_two": "the numbers themselves",
    "costs.unit.*": "a unit",
    "*.ambiguous_number": "the mark of thousands",
    "costs.methods_alt": "as many as the sentence or the table names",
    "about.fair": "as many as the sentence names",
    "about.firm": "an example",
    "live.swot_help": "a SWOT has four sides",
    "*.municipality_number": "four digits, by law",
}


def texts(language: str) -> dict[str, str]:
    several = {key: " ".join(forms) for key, forms in i18n.plurals(language).items()}
    return {key: re.sub(r"\{\w+\}", "", said) for key, said in (i18n.catalogue(language) | several).items()}


def allowed(key: str, reasons: dict[str, str]) -> bool:
    return any(fnmatchcase(key, known) for known in reasons)


def in_letters(language: str) -> re.Pattern[str]:
    """Number words from three on; two, «begge to» and «one» are words of everyday."""
    words = i18n.catalogue(language)["language.from_two"].split("; ")[1:]
    return re.compile(rf"\b({'|'.join((*words, *LARGE[language]))})\b", re.IGNORECASE)


@pytest.mark.parametrize("language", LARGE)
def test_no_text_holds_a_figure_of_its_own(language: str) -> None:
    found = {key: said for key, said in texts(language).items() if NUMBER.search(said) and not allowed(key, FIGURES)}
    assert found == {}


@pytest.mark.parametrize("language", LARGE)
def test_no_text_holds_a_number_in_letters(language: str) -> None:
    number = in_letters(language)
    found = {key: said for key, said in texts(language).items() if number.search(said) and not allowed(key, LETTERS)}
    assert found == {}


@pytest.mark.parametrize("reasons", [FIGURES, LETTERS])
def test_every_exception_is_needed(reasons: dict[str, str]) -> None:
    holding = {
        key
        for language in LARGE
        for key, said in texts(language).items()
        if (NUMBER if reasons is FIGURES else in_letters(language)).search(said)
    }
    assert [known for known in reasons if not any(fnmatchcase(key, known) for key in holding)] == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_heading_of_a_force_says_the_limits_of_its_column(language: str) -> None:
    column = next(kind for kind in RECORD_SHEETS if kind.key == "forces").column("strength")
    assert re.findall(r"\d+", t(language, column.text)) == [str(column.low), str(column.high)]


@pytest.mark.parametrize("language", LARGE)
def test_a_limit_that_moves_is_told_as_it_is(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = t(language, "firmness.left_out_title", **limits.limits(language))
    monkeypatch.setattr(limits, "TOP", 7)
    limits.limits.cache_clear()
    after = t(language, "firmness.left_out_title", **limits.limits(language))
    limits.limits.cache_clear()
    five, seven = (i18n.counted(language, number) for number in (robustness.TOP, 7))
    assert after == before.replace(five, seven) != before


def test_a_refusal_says_the_fewest_in_letters() -> None:
    assert i18n.error("nb", Denied("too_few_raters", fewest=Spelled(4))).startswith("Færre enn fire i utvalget")
