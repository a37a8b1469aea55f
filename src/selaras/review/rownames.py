"""Names of programmes and activities of the budget table as running text spells them, with where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selaras.review.budgets import Master, master
from selaras.review.likeness import bare, fold
from selaras.review.report import BudgetClaim, Report, Sentence

FEWEST = 2
"""Words that a name must have to be recognised in a sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the budget table that a sentence names, and from where to where."""

    row: BudgetClaim
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Names:
    master: Master
    spelled: re.Pattern[str]
    rows: dict[str, BudgetClaim]


def rows_named(report: Report, sentence: Sentence) -> list[Found]:
    """The rows of the budget table that a sentence names, in order; names that two rows share are left out."""
    known: _Names | None = report.once("row names", _names)
    if known is None:
        return []
    return [
        Found(known.rows[fold(match[0])], match.start(), match.end())
        for match in known.spelled.finditer(sentence.text)
        if fold(match[0]) in known.rows
    ]


def searched(name: str) -> str:
    """The words by which a name is looked up in text: without the word of its level, unless only one would be left."""
    words = bare(name)
    return words if len(words.split()) >= FEWEST else fold(name)


def _names(report: Report) -> _Names | None:
    found = master(report)
    if found is None:
        return None
    rows: dict[str, list[BudgetClaim]] = {}
    for claim in found.claims:
        words = searched(claim.name)
        if len(words.split()) >= FEWEST:
            rows.setdefault(words, []).append(claim)
    single = {words: _highest(claims) for words, claims in rows.items() if _one_voice(claims)}
    if not single:
        return None
    spelled = sorted((r"\W+".join(map(re.escape, words.split())) for words in rows), key=len, reverse=True)
    return _Names(found, re.compile(rf"\b(?:{'|'.join(spelled)})\b", re.IGNORECASE), single)


def _highest(claims: list[BudgetClaim]) -> BudgetClaim:
    return min(claims, key=lambda claim: claim.level)


def _one_voice(claims: list[BudgetClaim]) -> bool:
    """Whether rows of one name tell the same, as a programme with its only activity does."""
    return len({(claim.budget and claim.budget.amount, claim.spent and claim.spent.amount) for claim in claims}) == 1
