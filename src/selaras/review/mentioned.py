"""Names of the budget table mentioned in sentences, each with the amounts said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selaras.core.place import Place
from selaras.review.budgets import Master
from selaras.review.report import Figure, Report, Sentence, SentenceKind
from selaras.review.rownames import FEWEST, searched
from selaras.review.spoken import Part, Spoken, clauses


@dataclass(frozen=True, slots=True)
class Pair:
    """A name, an amount said of it, whether it is spending, and the other amount of the same clause, if there is one."""

    name: str
    figure: Figure
    place: Place
    spent: bool
    other: Figure | None


def pairs(report: Report, master: Master) -> Iterator[Pair]:
    """Every amount in running text or lists that follows exactly one name of the master within its clause."""
    names = {words: claim.name for claim in master.claims if len((words := searched(claim.name)).split()) >= FEWEST}
    for sentence in report.sentences:
        if sentence.kind not in (SentenceKind.TEXT, SentenceKind.ITEM) or not any(
            figure.money for figure in sentence.figures
        ):
            continue
        previous = ""
        for clause in clauses(sentence):
            name = _name(_opening(sentence, clause), names) or previous
            previous = name
            if name:
                yield from _of_clause(name, clause, sentence)


def _of_clause(name: str, clause: tuple[Spoken, ...], sentence: Sentence) -> Iterator[Pair]:
    budget = [item for item in clause if item.part is Part.BUDGET]
    spent = [item for item in clause if item.part is Part.SPENT]
    loose = [item for item in clause if item.part is Part.OTHER and item.figure.money]
    if not budget and len(loose) == 1 and clause[0] is loose[0]:
        budget = loose
    if len(budget) > 1 or len(spent) > 1:
        return
    for own, other, is_spent in ((budget, spent, False), (spent, budget, True)):
        if own and own[0].figure.money:
            yield Pair(name, own[0].figure, sentence.place, is_spent, other[0].figure if other else None)


def _opening(sentence: Sentence, clause: tuple[Spoken, ...]) -> str:
    """The words before the first amount of a clause; `REACH` does not bound names."""
    first = next((item for item in clause if item.figure.money), clause[0])
    ends = [figure for figure in sentence.figures if figure.text]
    start = max(
        (at + len(figure.text) for figure in ends if 0 <= (at := sentence.text.find(figure.text)) < first.start),
        default=0,
    )
    return sentence.text[min(start, first.start) : first.start]


def _name(words: str, names: dict[str, str]) -> str:
    """The name that the words contain: the longest one, unless two that do not contain each other are there."""
    folded = f" {re.sub(r'[^a-z0-9]+', ' ', words.casefold())} "
    inside = sorted((name for name in names if f" {name} " in folded), key=len, reverse=True)
    if not inside:
        return ""
    longest = inside[0]
    return names[longest] if all(other in longest for other in inside[1:]) else ""
