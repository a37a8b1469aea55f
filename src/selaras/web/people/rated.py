"""What the page of the rating shows: realisation by row, the rating given, the matrix with its cell, credit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selaras.core.calendar import format_date
from selaras.core.people.credit import CreditPart, credit
from selaras.core.people.feedback import of_row
from selaras.core.people.objection import Objection, Outcome
from selaras.core.people.ratings import PredicateMatrix, Rating
from selaras.core.people.realisation import Assessment, Drawn
from selaras.core.people.skp import months
from selaras.core.period import Period
from selaras.store.people import PlanFile
from selaras.web.core_words import word
from selaras.web.people.frame import predicate_look
from selaras.web.people.words import KINDS, RATINGS

BEHAVIOURS = (Rating.BELOW, Rating.AS_EXPECTED, Rating.ABOVE)
"""The columns of the matrix as it is printed: from below to above."""


def row_lines(
    file: PlanFile, period: Period, drawn: Mapping[int, Drawn], urls: Mapping[int, str]
) -> list[dict[str, Any]]:
    """Every row with what came of it in a period; `urls` hold where the realisation of a row is written."""
    typed = file.typed(period)
    found = []
    for row in file.rows:
        one, own = drawn[row.order], typed.get(row.order)
        found.append({
            "row": row, "target": row.target_text(), "shown": one.shown, "arithmetic": one.arithmetic,
            "measured": one.measured, "verified": one.verified, "evidence": one.evidence,
            "evidence_text": "\n".join(own.evidence if own else ()), "counted": one.counted, "url": urls.get(row.order, ""),
            "typed": own.realised.shown() if own and own.realised else "", "text": own.text if own else "",
            "notes": [
                {"text": note.text, "when": format_date(note.on), "kind": KINDS[note.kind][0]}
                for note in of_row(row, file.feedback, period)
            ],
        })  # fmt: skip
    return found


def matrix_lines(matrix: PredicateMatrix, given: Assessment | None) -> list[dict[str, Any]]:
    """The matrix as it is printed, the best results first; the cell of the rating given is `here`."""
    return [
        {
            "label": RATINGS[results][0],
            "cells": [
                {
                    "look": predicate_look(matrix.predicate(results, behaviour)),
                    "here": given is not None and (given.results, given.behaviour) == (results, behaviour),
                }
                for behaviour in BEHAVIOURS
            ],
        }
        for results in Rating
    ]


def given_look(file: PlanFile, given: Assessment | None) -> dict[str, Any] | None:
    """A rating as the page shows it; None while there is none."""
    if given is None:
        return None
    matrix = file.rules.matrix
    return {
        "who": file.assessor.title if given.assessor == file.plan.assessor else given.assessor,
        "when": format_date(given.on), "results": RATINGS[given.results], "behaviour": RATINGS[given.behaviour],
        "results_value": given.results.value, "behaviour_value": given.behaviour.value, "reason": given.reason,
        "predicate": predicate_look(matrix.predicate(given.results, given.behaviour)),
        "why": matrix.why(given.results, given.behaviour),
    }  # fmt: skip


def objection_look(objection: Objection | None) -> dict[str, Any] | None:
    """An objection with its decision; None where there is none."""
    if objection is None:
        return None
    ratings = [str(RATINGS[item][0]) for item in (objection.results, objection.behaviour) if item]
    return {
        "filed": format_date(objection.filed_on), "received": format_date(objection.received_on),
        "reason": objection.reason, "outcome": word(objection.outcome.value).capitalize() if objection.outcome else "",
        "tone": "good" if objection.outcome is Outcome.CHANGED else "none",
        "decided": format_date(objection.decided_on) if objection.decided_on else "",
        "ratings": "; ".join(ratings), "ground": objection.ground,
    }  # fmt: skip


def credit_look(file: PlanFile, level: str, wanted_months: int | None) -> dict[str, Any] | None:
    """The conversion into credit for the year's predicate; None before there is one, or where no rule holds."""
    rule, predicate = file.rules.credit, file.predicate
    if rule is None or predicate is None:
        return None
    count = wanted_months if wanted_months is not None else months(file.plan, file.rules.skp.month_day)
    found: dict[str, Any] = {
        "levels": list(rule.coefficients), "level": level, "months": count, "source": rule.source,
        "month_source": file.rules.skp.sources.get("bulan"),
    }  # fmt: skip
    if level:
        figure = credit(CreditPart(level, predicate, count), rule)
        found |= {
            "figure": figure.shown(),
            "arithmetic": figure.arithmetic(),
            "level_source": rule.level_sources.get(level),
        }
    return found
