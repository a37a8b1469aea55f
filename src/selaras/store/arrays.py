"""Columns as one JSON array, so that rows of different tables fit into one answer."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func


class AsArray(Func):
    """Some columns as one JSON array."""

    function = "JSON_ARRAY"
    output_field = models.TextField()  # the text itself: it is read at once for all rows of a kind

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        """PostgreSQL has the same function by another name."""
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY", **options)
