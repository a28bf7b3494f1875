"""Secrets for links: random, and only their hash is ever kept."""

from __future__ import annotations

import hashlib
import secrets


def new_key() -> str:
    """192 random bits in 32 characters that survive being pasted into mail."""
    return secrets.token_urlsafe(24)


def hash_key(key: str) -> str:
    """SHA-256 in hex; a plain hash is enough for a random key that nobody can guess."""
    return hashlib.sha256(key.encode()).hexdigest()
