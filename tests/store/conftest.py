"""Fixtures of the store's tests."""

from tests.store.postgres import postgres
from tests.store.workspace import own_database

__all__ = ["own_database", "postgres"]
