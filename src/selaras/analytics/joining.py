"""Joins of tables that share the names of their keys."""

from __future__ import annotations

from collections.abc import Sequence

import ibis

PLACE = ("year", "agency")
"""The key of an agency's year, in every table."""


def left(one: ibis.Table, other: ibis.Table, on: Sequence[str]) -> ibis.Table:
    """A left join that keeps each key once."""
    joined = one.left_join(other, list(on))
    return joined.drop(*(f"{name}_right" for name in on if f"{name}_right" in joined.columns))
