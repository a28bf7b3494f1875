"""The five factors of the self-evaluation (SAM13), each the item of a rating under its own fixed id."""

from __future__ import annotations

FACTORS = ("need", "solution", "leader", "team", "anchoring")
_PREFIX = "factor."


def factor_id(factor: str) -> str:
    return f"{_PREFIX}{factor}"


def factor_of(item: str) -> str | None:
    """The factor with this id, None for the id of anything else."""
    factor = item.removeprefix(_PREFIX)
    return factor if item == factor_id(factor) and factor in FACTORS else None
