"""Fixtures of the store's tests."""

from tests.store.postgres import postgres

__all__ = ["postgres"]
