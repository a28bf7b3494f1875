"""The made-up subject of docs/a-subject.md, built as it stands: uploaded, answering, typed in and taken away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import worked_example

_USED = """
import io, json
from openpyxl import Workbook, load_workbook
from streamlit.testing.v1 import AppTest
from lib.actions import links, studies
from lib.actions.stakeholders import stakeholders as known
from lib.actions.uploads import uploads
from lib.exhibits import files
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.findings import findings
from lib.model.access import Actor, Grant, Role
from lib.ui.navigation import page_path
from streamlit.runtime.context import ContextProxy

me = Actor("prøve", (Grant(Role.FACILITATOR),))
study = studies.create(me, "Vår region")
book = Workbook()
areas, people = book.active, book.create_sheet("Interessenter")
areas.title = "Områder"
for row in (["Kode", "Område"], ["1", "Arkiv"], ["2", "Lønn"]):
    areas.append(row)
people.append(["Område", "Interessent", "Ønsker", "Innflytelse"])
people.append(["Arkiv", "Arkivarene", "Tid", 2])
people.append(["2", "Tillitsvalgte", None, 5])
stream = io.BytesIO()
book.save(stream)
preview = uploads.check(me, study, "bok.xlsx", stream.getvalue(), "nb")
assert not preview.errors, preview.errors
batch = uploads.confirm(me, preview)
declared = EXHIBITS["stakeholders.listed"]
found = declared.build(me, study, (), "nb")
told = {"finding": found.finding, "counts": batch.counts}
told["csv"] = files.content(declared, me, study, (), "nb", "csv").decode("utf-8-sig")
sheet = load_workbook(io.BytesIO(files.content(declared, me, study, (), "nb", "xlsx"))).worksheets[0]
told["cells"] = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
told["findings"] = [each.exhibit.key for each in findings(me, study, "nb")]
rows = list(known.stakeholders(me, study))
known.save(me, study, [rows[0].model_copy(update={"wants": "Ro"}), rows[1]], rows, ())
known.save(me, study, [rows[0], rows[1].model_copy(update={"influence": 3})], rows, ())  # had seen them as they were
told["merged"] = [[each.wants, each.influence] for each in known.stakeholders(me, study)]
key = links.make(me, Role.LEADER, study, "prøve", 1)[1]
ContextProxy.cookies = property(lambda self: {links.COOKIE: key})
page = AppTest.from_file(page_path("../lib/ui/frame.py"), default_timeout=60)
page.query_params["utredning"] = study.slug
page.run()
page.switch_page(page_path("stakeholders/listed.py")).run()
assert not page.exception, page.exception
told["page"] = [each.value for each in page.header]
told["links"] = [each.proto.url for each in page.get("link_button") if "/fil/" in each.proto.url]
told["typed"] = len(page.get("arrow_data_frame")) + len(page.dataframe)
uploads.flip(me, study, uploads.history(me, study)[0].id, False)
told["undone"] = [[each.wants, each.influence] for each in known.stakeholders(me, study)]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the subject says, from a process that runs the copy."""
    place = tmp_path_factory.mktemp("example")
    worked_example.build(place)
    environment = {**os.environ, "MULIGHETSROM_STORE": str(place / "store.duckdb"), "PYTHONPATH": str(place)}
    ran = subprocess.run(
        [sys.executable, "-c", _USED],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return found


def test_a_workbook_of_the_subject_is_read_and_answers(told: dict[str, object]) -> None:
    assert told["counts"] == {"areas": 2, "stakeholders": 2}
    assert told["finding"] == "Tillitsvalgte har mest innflytelse av to interessenter."


def test_its_files_say_the_same_and_the_list_of_findings_knows_it(told: dict[str, object]) -> None:
    for held in (told["csv"], told["cells"]):
        assert all(each in held for each in ("Tillitsvalgte", told["finding"]))  # type: ignore[operator]
    assert told["findings"] == ["stakeholders.listed"]


def test_two_who_type_at_once_lose_nothing(told: dict[str, object]) -> None:
    assert told["merged"] == [["Ro", 5], ["Tid", 3]]


def test_its_page_shows_the_answer_and_the_files(told: dict[str, object]) -> None:
    assert "Tillitsvalgte" in str(told["page"])
    assert [str(each).partition("?")[0] for each in told["links"]] == [  # type: ignore[attr-defined]
        "/fil/var-region/interessenter.xlsx",
        "/fil/var-region/interessenter.csv",
    ]


def test_what_was_typed_last_can_be_undone(told: dict[str, object]) -> None:
    assert told["undone"] == [["Ro", 5], ["Tid", 2]]


def test_it_is_short() -> None:
    assert 60 < worked_example.lines_of_python() < 150


def test_a_line_that_is_not_there_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="y = 2"):
        worked_example._add(tmp_path, worked_example.Step("add to a.py after `y = 2`", "python", "z = 3\n"))
