"""How many examples a property is tried on: a part of them in a build, all of them in `make test-all`."""

from __future__ import annotations

from hypothesis import settings

BUILD, FULL = "build", "full"
SHARE = 0.3  # of a property's examples in a build
LEAST = 10


def register() -> None:
    """A build fails for what was changed, so its examples are the same each time; the full run looks for new ones."""
    settings.register_profile(BUILD, max_examples=int(100 * SHARE), derandomize=True, deadline=None)
    settings.register_profile(FULL, max_examples=100, deadline=None)
    settings.load_profile(BUILD)


def examples(full: int) -> int:
    """As many as a property says it needs, or its share in a build."""
    return full if settings.get_current_profile_name() == FULL else min(full, max(LEAST, int(full * SHARE)))


def left_out() -> str:
    """What this run did not try; empty where it tried everything."""
    if settings.get_current_profile_name() == FULL:
        return ""
    return f"Properties were tried on {SHARE:.0%} of their examples, the same as last time. All and new: make test-all"
