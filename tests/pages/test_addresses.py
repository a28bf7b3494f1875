"""An address that somebody has mistyped, or made to do harm, opens the page all the same."""

from __future__ import annotations

import pytest

from tests.pages.conftest import Open

RUBBISH = ("\"><script>alert(1)</script>' =1+1 æøå ²", "-1", "9-9", "9" * 30, "0001-01-01", "")
PARAMETERS = {
    "risk/register.py": ("omrade", "regel", "celle", "risiko"),
    "risk/plan.py": ("omrade",),
    "risk/history.py": ("fra", "til"),
    "risk/self_evaluation.py": ("workshop",),
    "swot/across.py": ("tema",),
    "swot/function.py": ("omrade", "side-threat"),
    "swot/compare.py": ("etter", "en", "annen"),
    "costs/comparison.py": (
        "samarbeid", "vis", "modell", "fast", "tall", "lik", "nokkel.x", "minst.Grong", "belop", "hvaom", "aar",
        "rente", "hendelse",
    ),
    "costs/cost_figures.py": ("omrade", "kommune"),
}  # fmt: skip


@pytest.mark.parametrize("page", PARAMETERS)
def test_rubbish_in_the_address_breaks_no_page(page: str, open_page: Open) -> None:
    study = "kongsbergregionen" if page.startswith("swot/") else "indre-namdal"
    for rubbish in RUBBISH:
        opened = open_page(page, study, **dict.fromkeys(PARAMETERS[page], rubbish))
        assert not opened.exception, rubbish
        assert opened.title
