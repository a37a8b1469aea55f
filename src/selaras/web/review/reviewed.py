"""A review as its writers know it, made again from what was kept: for downloads and for the working paper."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from functools import cache

from selaras.core.errors import CannotRun
from selaras.core.source import Reading
from selaras.documents.findings import Reviewed, Rule
from selaras.documents.findings.kept import restored
from selaras.documents.read import read
from selaras.review.rules import RULES
from selaras.store.models import ReviewCase, ReviewDecision
from selaras.store.reviews import READING_FILE, case_folder, file_at
from selaras.web.review.case_page import lines_of


def reviewed_of(case: ReviewCase, decisions: Iterable[ReviewDecision]) -> Reviewed:
    """The review with its judgements: what was put aside counts as waived, with reason and name.

    Raises NotFound, CannotRun and Refusal where the report is gone or can no longer be read.
    """
    lines = lines_of(case, decisions)
    result = case.result
    return Reviewed(
        _reading(case),
        result.get("unit", ""),
        result.get("year") or case.year,
        result.get("tables", 0),
        result.get("figures", 0),
        result.get("seconds", 0.0),
        tuple(line.finding for line in lines if not line.is_waived),
        tuple(
            (line.finding, line.decision.reason, line.decision.by) for line in lines if line.is_waived and line.decision
        ),
        rules(),
        files=(file_at(case.agency.code, case.file),),
    )


@cache
def rules() -> tuple[Rule, ...]:
    """The rules as they explain themselves."""
    made = []
    for rule in RULES:
        text = inspect.cleandoc(rule.__doc__ or "")
        made.append(Rule(rule.CODE, " ".join(text.split("\n\n")[0].split()), text, tuple(rule.KINDS)))
    return tuple(sorted(made, key=lambda rule: rule.code))


def _reading(case: ReviewCase) -> Reading:
    """What was read of the report; read again where nothing is kept of it, or something that is damaged."""
    path = case_folder(case.agency.code, case.pk) / READING_FILE
    try:
        return restored(path.read_bytes(), case.title)
    except (OSError, CannotRun):
        return read(file_at(case.agency.code, case.file))
