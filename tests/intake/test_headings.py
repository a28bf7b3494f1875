"""Every kind of sheet is recognised by what people call it, its columns and its choices, in nynorsk too.

Bokmål and English are the catalogues' own words, which `test_template.py` tries.
"""

from __future__ import annotations

import pytest

from lib.domain.methods import METHODS
from lib.intake.kinds import recognised
from lib.intake.naming import name_all
from lib.intake.tables import heading_names
from lib.intake.texts import fold
from lib.model.kinds import CHOICES, SheetKind
from lib.model.sheet_kinds import AREAS_SHEET, KIND_KEYS, MUNICIPALITIES_SHEET, RECORD_SHEETS, ratings_sheet
from tests.intake.books import errors, rating, texts, with_ratings

# The headings of each kind in the order of its columns, after the sheet's name.
NYNORSK = {
    "municipalities": "Kommunar: Kommunenummer, Kommune, Innbyggjarar, År",
    "areas": "Samarbeidsområde: Kode, Samarbeidsområde, Sektor, Skildring, Kjelde, Samarbeid i dag, Når og korleis, "
    "Hindringar, Med kven, Må løysast lokalt, Enkeltvedtak",
    "costs": "Kostnader: Område, Post, Kroner, Type, Fast eller variabel, Eingongs eller løpande, Frå år, Til år, "
    "Vert fordelt etter, Konstruert",
    "own_costs": "Eigne kostnader: Kommune, Område, Kroner, Kroner åleine, Årsverk, Konstruert",
    "partial_costs": "Delsamarbeid: Område, Kommunar, Kroner, Konstruert",
    "participation": "Deltaking: Område, Kommune, Deltek, Vertskommune, Årsverk, Konstruert",
    "risks": "Risikoar: Risikofaktor, Årsak, Område, Tiltak, S utan mottiltak, K utan mottiltak, S, K, Sum, Mottiltak, "
    "S etter mottiltak, K etter mottiltak, Høgast hos, Kunnskap, Ansvarleg, Status, Kjelde, Konstruert",
    "countermeasures": "Mottiltak: Risiko, Mottiltak, Senkar S til, Senkar K til, Kostnad, Ansvarleg, Frist, "
    "Framdrift, Fase, Konstruert",
    "milestones": "Milepælar: Milepæl, Fase, Område, Ansvarleg, Frist, Gjort, Konstruert",
    "swot": "SWOT: Område, Kvadrant, Utsegn, Kommune, Rolle, Kjelde, Tema, Konstruert",
    "forces": "Fremjarar og hemmarar: Område, Fremjar eller hemmar, Utsegn, Kor sterkt (1–5), Kjelde, Konstruert",
    "notes": "Gevinstar og behov: Område, Gjeld, Utsegn, Kommune, Kjelde, Konstruert",
}
CRITERIA = {
    "prioritisation": "Potensial, Gjennomføringsevne",
    "risk": "Sannsyn, Konsekvensar",
    "self_evaluation": "Karakter",
    "scenarios": "Mogleg, Sannsynleg, Truverdig, Ønskjeleg, Realistisk, Berekraftig",
    "gatherings": "Relevante tema, Ny kunnskap, Innfridde forventningane",
    "dots": "Poeng",
}
KINDS = {kind.key: kind for kind in (MUNICIPALITIES_SHEET, AREAS_SHEET, *RECORD_SHEETS)}
CHOSEN = {
    "role": "Folkevalde, Administrasjon, Tilsette",
    "yes_no": "ja, nei",
    "cost_kind": "drift, overhead, pensjon, innsparingar",
    "nature": "fast, variabel",
    "recurrence": "løpande, eingongs",
    "risk_status": "open, vert følgd, akseptert, lukka",
    "knowledge": "svak, middels, sterk",
    "progress": "planlagd, i gang, gjort, utgår",
    "phase": "avklaring, organisering, planlegging, gjennomføring, evaluering",
    "quadrant": "Styrke, Veikskap, Moglegheit, Trugsmål",
    "side": "Fremjar, Hemmar",
    "note_kind": "Gevinst i tid, Gevinst i kvalitet, Høgdepunkt, Smertepunkt, Kompetanse, Kultur, Digitalisering",
}


def named(kind: SheetKind, headings: str) -> tuple[list[str | None], int]:
    """The keys of a row of headings, and how many of them were understood rather than read."""
    written = [(text, column) for column, text in enumerate(headings.split(", "))]
    labels = {column.key: column.text for column in kind.columns}
    found, understood = name_all(written, heading_names(kind, texts()), 1, labels)
    return [heading.key for heading in found], len(understood)


def test_every_kind_method_and_choice_is_here() -> None:
    assert {*NYNORSK, "ratings"} == set(KIND_KEYS)
    assert set(CRITERIA) == set(METHODS)
    assert set(CHOSEN) == set(CHOICES)


@pytest.mark.parametrize("key", NYNORSK)
def test_a_sheet_in_nynorsk_needs_no_question(key: str) -> None:
    sheet, headings = NYNORSK[key].split(": ")
    assert recognised(sheet, texts()) == key
    assert named(KINDS[key], headings) == ([column.key for column in KINDS[key].columns], 0)


@pytest.mark.parametrize("key", CRITERIA)
def test_ratings_in_nynorsk_need_no_question(key: str) -> None:
    assert recognised("Vurderingar", texts()) == "ratings"
    kind = ratings_sheet(METHODS[key])
    headings = f"Verkstad, Runde, Gruppe, Rolle, Kommune, Område, {CRITERIA[key]}, Merknad, Enkeltpersonar, Konstruert"
    assert named(kind, headings) == ([column.key for column in kind.columns], 0)


@pytest.mark.parametrize("key", CHOSEN)
def test_choices_in_nynorsk_are_taken(key: str) -> None:
    words = CHOSEN[key].split(", ")
    meant = [[choice for choice in CHOICES[key] if fold(word) in known(choice)] for word in words]
    assert meant == [[choice] for choice in CHOICES[key]]


@pytest.mark.parametrize("choices", CHOICES)
def test_no_word_means_two_choices(choices: str) -> None:
    words = [word for choice in CHOICES[choices] for word in known(choice)]
    assert len(words) == len(set(words))
    assert "" not in words


def known(choice: str) -> set[str]:
    return {fold(name) for name in texts().names(f"choices.{choice}")}


@pytest.mark.parametrize(
    ("key", "headings", "meant"),
    [
        ("municipalities", "Kommunenr., Kommune, Folkemengde", "number, municipality, population"),
        ("municipalities", "Knr, Kommunenavn, Innb.", "number, municipality, population"),
        ("risks", "Risiko, Sannsynl., Konsekvens (1-5), S x K", "factor, probability, consequence, sum"),
        ("costs", "Tjeneste, Kostnadspost, Beløp (kr)", "area, cost_item, kroner"),
        ("milestones", "Leveranse, Prosjektfase, Tidsfrist", "milestone, phase, deadline"),
        ("swot", "Funksjon, SWOT, Innhold", "area, quadrant, statement"),
    ],
)
def test_what_people_write_for_short_is_taken(key: str, headings: str, meant: str) -> None:
    assert named(KINDS[key], headings) == (meant.split(", "), 0)


def test_a_heading_that_is_like_none_of_ours_gets_no_suggestion() -> None:
    sheets = {"Områder": [["Kode", "Område", "Xyz"], ["1", "Arkiv", "a"]]}
    assert errors(sheets) == [("column_not_ours", "Områder", "C1")]


@pytest.mark.parametrize("more", [[], ["Kommentar"]])
def test_ratings_without_a_single_score_are_told_so(more: list[object]) -> None:
    row = ["Januar", "Gruppe 1", "Rus og psykiatri", "Viktig for oss"]
    heading = ["Workshop", "Gruppe", "Område", *more]
    found = errors(with_ratings(row[: len(heading)], heading=heading))
    assert {code for code, _, _ in found} == {"missing_column"}


def test_a_sheet_of_ratings_with_one_cell_is_told_so() -> None:
    assert ("missing_column", "Vurderinger", "") in errors({"Vurderinger": [["Til møtet"]]})


def test_a_list_is_no_matrix_although_a_row_reads_like_headings() -> None:
    book = with_ratings(rating(municipality="S", area="P"), rating(municipality="S", area="Rus og psykiatri"))
    book["Kommuner"] = [["Kommunenummer", "Kommune"], ["0301", "S"]]
    book["Områder"] = [["Kode", "Område"], ["1", "P"], ["2", "Rus og psykiatri"]]
    assert errors(book) == []
