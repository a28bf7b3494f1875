"""`make link`: a new facilitator link, whether or not a server is running."""

from __future__ import annotations

import sys

from lib.actions import links
from lib.commands.start import refusal
from lib.i18n import DEFAULT, t
from lib.model.problems import AppError


def main() -> int:
    """Print the link; 1 and a sentence when the store cannot be reached."""
    try:
        key = links.owner_key()
    except AppError as refused:
        print(refusal(refused), file=sys.stderr)
        return 1
    print(t(DEFAULT, "terminal.first_link", days=links.OWNER_DAYS, address=links.address_of(key)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
