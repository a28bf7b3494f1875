"""What is shipped as settings: open to this machine only, silent to the outside, and readable in both themes.

Contrast as in WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1 for text.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config as streamlit_config

ROOT = Path(__file__).parents[1]
CONFIG: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
STYLE = (ROOT / "lib" / "ui" / "style.css").read_text(encoding="utf-8")
ENOUGH = 4.5
CAPTION = 0.6
"""How much of the text colour Streamlit gives captions."""
SELECTED = 0.1
"""How much of the accent Streamlit lays behind a selected segment."""

Colour = tuple[float, float, float]


def colour(written: str) -> Colour:
    """«#0B5A78» as red, green and blue from 0 to 1."""
    red, green, blue = (int(written[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def mixed(over: Colour, share: float, under: Colour) -> Colour:
    red, green, blue = (share * a + (1 - share) * b for a, b in zip(over, under, strict=True))
    return red, green, blue


def luminance(of: Colour) -> float:
    """WCAG's relative luminance."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in of)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on_accent(theme: str) -> Colour:
    """The colour of words on a primary button: light-dark(<light>, <dark>) in the style sheet."""
    found = re.search(r"light-dark\((#\w{6}), (#\w{6})\)", STYLE)
    assert found
    return colour(found[1 if theme == "light" else 2])


def pairs(theme: str) -> dict[str, tuple[Colour, Colour]]:
    """Every colour of text with what it stands on, in one theme."""
    given = CONFIG["theme"][theme]
    text, accent, link = (colour(given[key]) for key in ("textColor", "primaryColor", "linkColor"))
    page, field = colour(given["backgroundColor"]), colour(given["secondaryBackgroundColor"])
    sidebar = colour(given["sidebar"]["backgroundColor"])
    return {
        "text on the page": (text, page),
        "text in a field": (text, field),
        "text in the sidebar": (text, sidebar),
        "caption on the page": (mixed(text, CAPTION, page), page),
        "caption in the sidebar": (mixed(text, CAPTION, sidebar), sidebar),
        "link on the page": (link, page),
        "value of a slider": (accent, page),
        "selected segment": (accent, mixed(accent, SELECTED, page)),
        "primary button": (on_accent(theme), accent),
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_can_be_read(theme: str) -> None:
    weak = {name: round(contrast(*pair), 2) for name, pair in pairs(theme).items() if contrast(*pair) < ENOUGH}
    assert not weak


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(colour("#FFFFFF"), colour("#000000")) == pytest.approx(21)
    assert contrast(colour("#767676"), colour("#FFFFFF")) == pytest.approx(4.54, abs=0.005)
    assert contrast(colour("#777777"), colour("#FFFFFF")) == pytest.approx(4.48, abs=0.005)


def test_the_style_sheet_is_put_on_every_page() -> None:
    assert "style.css" in "".join(path.read_text(encoding="utf-8") for path in (ROOT / "lib" / "ui").rglob("*.py"))


def test_the_server_answers_this_machine_only_and_reports_to_nobody() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert not re.search(r"https?://", (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def names(settings: dict[str, Any], prefix: str = "") -> list[str]:
    """The full names of all options, «theme.dark.textColor»."""
    found: list[str] = []
    for key, value in settings.items():
        found += names(value, f"{prefix}{key}.") if isinstance(value, dict) else [prefix + key]
    return found


def test_streamlit_knows_every_option() -> None:
    known = streamlit_config.get_config_options()
    assert [name for name in names(CONFIG) if name not in known] == []
    assert "server.adress" not in known
