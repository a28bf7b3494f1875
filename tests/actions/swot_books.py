"""A small study with two municipalities, three functions, and statements that several tests read."""

from __future__ import annotations

from lib.actions.swot import statements
from lib.actions.uploads import uploads
from lib.model.records import Study
from lib.model.swot_records import Quadrant, SwotBook, SwotItem
from tests.actions.books import areas, book, municipalities
from tests.people import FACILITATOR, leader

HEAD = ("Område", "Kvadrant", "Utsagn", "Kommune", "Rolle", "Kilde", "Tema")
CONTENT = book(
    {
        "Kommuner": municipalities(Grong=2359, Lierne=1355),
        "Områder": areas("Arkiv", "Lønn", "Telefoni"),
        "SWOT": [
            HEAD,
            ("Arkiv", "Trussel", "Lang reisevei", "Grong", "Ansatte", "Intervju", None),
            ("Arkiv", "Trussel", "Lang reisevei", "Lierne", None, None, None),
            ("Lønn", "Svakhet", "Lange avstander", None, "Folkevalgt", None, None),
            ("Telefoni", "Trussel", "Lang reisevei, dyrt", None, "Administrasjon", None, None),
            ("Lønn", "Mulighet", "Felles innkjøp av system", None, None, "Intervju", None),
            ("Lønn", "Styrke", "Høy kompetanse", None, None, None, None),
        ],
        "Fremmere og hemmere": [
            ("Område", "Fremmer eller hemmer", "Utsagn", "Hvor sterkt (1–5)"),
            ("Arkiv", "Fremmer", "Vilje", None),
            ("Arkiv", "Hemmer", "To systemer", None),
        ],
        "Gevinster og behov": [("Område", "Gjelder", "Utsagn"), ("Arkiv", "Tid", "Mindre leting")],
    }
)


def furnish(study: Study) -> None:
    uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, study, "bok.xlsx", CONTENT, "nb"))


def known(study: Study) -> SwotBook:
    return statements.book(leader(study), study)


def area_id(study: Study, name: str) -> str:
    return next(area.id for area in known(study).areas if area.name == name)


def item(study: Study, text: str, nth: int = 0) -> SwotItem:
    return [each for each in known(study).items if each.text == text][nth]


def of_area(study: Study, name: str) -> list[SwotItem]:
    return [each for each in known(study).items if each.area == area_id(study, name)]


def typed(text: str, quadrant: Quadrant = Quadrant.THREAT) -> SwotItem:
    return SwotItem(id="", area="", quadrant=quadrant, text=text)
