"""The number of the request that is being answered, so that logs, error pages and audit records can be laid side by side."""

from __future__ import annotations

from contextvars import ContextVar

errand: ContextVar[str] = ContextVar("errand", default="")
"""Empty outside a request: at the terminal and in tests of verbs."""
