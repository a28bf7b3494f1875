"""A server that is killed amid the tapping: phones go on with their cookie, and nothing they gave is lost."""

from __future__ import annotations

from pathlib import Path

from tests.load.workshop_kills import killed


def test_every_tap_is_kept_once_through_three_kills(tmp_path: Path) -> None:
    found = killed(tmp_path, kills=3, raters=10)
    assert found.shortcomings() == []
    assert len(found.restarted) == 3
    assert found.kept.joins == 10
    assert len(found.ledger.acknowledged) > 100
