"""Everything that is kept, in DuckDB or PostgreSQL behind one interface."""

from lib.store.engine import Session, Store, Tx, open_store

__all__ = ["Session", "Store", "Tx", "open_store"]
