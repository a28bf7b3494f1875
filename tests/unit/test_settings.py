"""Limits of uploads are settings, and one that is no number stops the program rather than being passed over."""

from __future__ import annotations

import pytest

from lib.intake.forms import Limits, limits_of
from lib.model.settings import Settings


def test_without_settings_the_limits_are_those_of_intake() -> None:
    assert limits_of(Settings.from_environment({})) == Limits()


def test_limits_are_set_by_variables() -> None:
    given = {"MULIGHETSROM_UPLOAD_MEMORY": "300", "MULIGHETSROM_UPLOAD_ROWS": "50", "MULIGHETSROM_UPLOAD_SECONDS": "2"}
    limits = limits_of(Settings.from_environment(given))
    assert (limits.memory, limits.rows, limits.cpu, limits.columns) == (300 << 20, 50, 2, 500)


@pytest.mark.parametrize("written", ["0", "-1", "mange", "1.5"])
def test_a_limit_is_a_whole_number_above_zero(written: str) -> None:
    with pytest.raises(ValueError, match="MULIGHETSROM_UPLOAD_ROWS"):
        Settings.from_environment({"MULIGHETSROM_UPLOAD_ROWS": written})
