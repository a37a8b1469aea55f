"""Sections that give a programme's amounts without its name, and name a programme without its amounts: are they one?

A section on an indicator often says what `program penunjang` cost in one paragraph and which programme that is in another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from selaras.review.budgets import Master, heads
from selaras.review.likeness import bare
from selaras.review.report import BudgetClaim, Report, Sentence, SentenceKind

_SUPPORT = re.compile(r"\b(?:program|kegiatan)\s+(?:\w+\s+)?(?:penunjang|pendukung|menunjang|mendukung)", re.IGNORECASE)
FEWEST = 2
"""So many sections must say the same."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """A row of the budget table whose amounts are told where only another programme is named."""

    row: BudgetClaim
    named: BudgetClaim
    amounts: tuple[Sentence, ...]
    names: tuple[Sentence, ...]


def crossed(report: Report, master: Master) -> list[Crossed]:
    """The programmes whose amounts stand, in several sections and never otherwise, beside the name of another one."""
    rows = heads(master.claims)
    called = [(row, f" {bare(row.name)} ") for row in rows]
    costs: dict[tuple[str, ...], list[tuple[BudgetClaim, Sentence]]] = defaultdict(list)
    names: dict[tuple[str, ...], list[tuple[BudgetClaim, Sentence]]] = defaultdict(list)
    for sentence in report.sentences:
        if sentence.kind is SentenceKind.CELL or len(sentence.path) < 2:
            continue
        section = sentence.path[:-1]
        if _SUPPORT.search(sentence.text):
            costs[section] += [(row, sentence) for row in rows if _tells(sentence, row)]
        said = f" {bare(sentence.text)} "
        names[section] += [(row, sentence) for row, name in called if name in said]
    return _agreed([(costs[section], names[section]) for section in costs])


def _agreed(
    sections: Sequence[tuple[Sequence[tuple[BudgetClaim, Sentence]], Sequence[tuple[BudgetClaim, Sentence]]]],
) -> list[Crossed]:
    """What the sections say that speak of one programme only, where all of them say the same."""
    told: dict[int, list[tuple[BudgetClaim, Sentence, BudgetClaim, Sentence]]] = defaultdict(list)
    for costs, names in sections:
        if len({row.row for row, _ in costs}) == 1 == len({row.row for row, _ in names}):
            told[costs[0][0].row].append((*costs[0], *names[0]))
    return [
        Crossed(found[0][0], found[0][2], tuple(item[1] for item in found), tuple(item[3] for item in found))
        for row, found in told.items()
        if len(found) >= FEWEST and {item[2].row for item in found} == {found[0][2].row} != {row}
    ]


def _tells(sentence: Sentence, row: BudgetClaim) -> bool:
    """Whether the sentence gives both budget and spending of the row."""
    amounts = {figure.amount for figure in sentence.figures}
    return (
        row.budget is not None and row.spent is not None and {row.budget.amount, row.spent.amount} <= amounts
    )  # fmt: skip
