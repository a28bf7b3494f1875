"""Who may do what. Every action stands in `lib.access.policy`, and `decide` is the only place that says yes or no."""

from lib.access.keys import hash_key, new_key
from lib.access.policy import ACTIONS, Action, decide

__all__ = ["ACTIONS", "Action", "decide", "hash_key", "new_key"]
