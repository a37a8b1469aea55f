"""Runs all rules over a report: one cause, one finding; what follows from it is attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from types import ModuleType

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.core.reporting.stored import Stored
from selaras.review.report import Report
from selaras.review.rules import RULES

ORDER = tuple(Severity)
ENDS = (".", "!", "?", "…", ".”", "?”", "!”")
"""What a sentence ends with; what is quoted at its end may bring its own."""
FOLLOWING = ("AR", "SU", "CR02", "CR04")
"""Rules whose findings can follow from a wrong figure: percentages, means, sums, the same figure elsewhere or in a sentence."""
AGAIN = {"ID10": ("ID08",), "NA15": ("NA02", "NA10"), "NA14": ("NA02",)}
"""Rules that can tell once more what another rule has told of the same sentence."""
_CITED = re.compile(r"[0-9]+/[0-9]{4}")
CAUSING = (*FOLLOWING, "CR01", "DB")
"""Rules that can name the wrong figure from which others follow."""


def review(
    report: Report, law: Law, *, others: Sequence[Report] = (), stored: Stored | None = None
) -> tuple[Finding, ...]:
    """The findings of all rules on `report`, alone, against `others` (agreement, plan, last year's report) and against

    what the database holds of the same unit and year (`stored`).

    Duplicates are dropped, consequences attached to their cause; the most severe first, then in reading order.
    """
    return arranged(_found(RULES, report, law, others, stored))


def arranged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings each once, in whole sentences, with their consequences, in order."""
    once = list(dict.fromkeys(_in_sentences(finding) for finding in findings))
    return tuple(sorted(_with_consequences(once), key=_rank))


def flat(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings and their consequences, one after the other."""
    for finding in findings:
        yield finding
        yield from flat(finding.consequences)


def _found(
    rules: Sequence[ModuleType], report: Report, law: Law, others: Sequence[Report], stored: Stored | None
) -> Iterator[Finding]:
    for rule in rules:
        yield from rule.check(report, law)
        compare = getattr(rule, "compare", None)
        if compare is not None:
            for other in others:
                yield from compare(report, other, law)
        against = getattr(rule, "against", None)
        if against is not None and stored is not None:
            yield from against(report, stored)


def _in_sentences(finding: Finding) -> Finding:
    """The finding with message and suggestion as sentences: a capital first, a full stop last."""
    return replace(
        finding,
        message=_sentence(finding.message),
        suggestion=_sentence(finding.suggestion),
        consequences=tuple(_in_sentences(each) for each in finding.consequences),
    )


def _sentence(words: str) -> str:
    whole = words.rstrip()
    return f"{whole[:1].upper()}{whole[1:]}{'' if not whole or whole.endswith(ENDS) else '.'}"


def _with_consequences(findings: Sequence[Finding]) -> list[Finding]:
    """Each finding that stands on the suspect figure of another one goes to that one."""
    cause = {index: _cause(index, findings) for index in range(len(findings))}
    found = []
    for index, finding in enumerate(findings):
        if cause[index] is None:
            followers = [other for at, other in enumerate(findings) if _root(at, cause) == index and at != index]
            found.append(_joined(finding, followers))
    return found


def _cause(index: int, findings: Sequence[Finding]) -> int | None:
    """The finding that this one follows from: its suspect figure is ours too (the earlier rule wins) or one we used."""
    own = findings[index]
    for at, other in enumerate(findings):
        if at == index or not other.places or not own.places:
            continue
        suspect = other.places[0]
        if _tells_again(own, other):
            return at
        if suspect == own.places[0]:
            if at < index and (_same_fault(own, other) or _may_follow(own, other)):
                return at
        elif _may_follow(own, other) and suspect in own.places and own.places[0] not in other.places:
            return at
    return None


def _tells_again(own: Finding, other: Finding) -> bool:
    """Whether two rules tell one fault, each in its own words: of one sentence, and of one regulation where they name any."""
    if other.code not in AGAIN.get(own.code, ()) or own.kind != other.kind:
        return False
    mine, theirs = own.places[0], other.places[0]
    if (mine.source, mine.page, mine.line) != (theirs.source, theirs.page, theirs.line) or not (mine.page or mine.line):
        return False
    cited = [set(_CITED.findall(each.message)) for each in (own, other)]
    return bool(cited[0] & cited[1]) if any(cited) else True


def _same_fault(own: Finding, other: Finding) -> bool:
    """Whether one rule tells of one fault twice: of the same cell, or of the same words; not of two things that lack."""
    return own.code == other.code and (
        _is_cell(other.places[0]) or (own.stated, own.expected) == (other.stated, other.expected)
    )


def _may_follow(own: Finding, other: Finding) -> bool:
    """Whether `own` may be a consequence of `other`: by family, from a single cell; rounding causes and follows nothing."""
    by_family = own.code.startswith(FOLLOWING) and other.code.startswith(CAUSING)
    return by_family and _is_cell(other.places[0]) and "rounding" not in (own.kind, other.kind)


def _root(index: int, cause: dict[int, int | None]) -> int:
    """The first cause of a finding; a ring of causes ends at its first member."""
    seen = [index]
    while (above := cause[seen[-1]]) is not None and above not in seen:
        seen.append(above)
    return seen[-1]


def _joined(finding: Finding, followers: Sequence[Finding]) -> Finding:
    consequences = (*finding.consequences, *followers)
    places = dict.fromkeys(place for each in (finding, *consequences) for place in each.places)
    worst = min((each.severity for each in (finding, *consequences)), key=ORDER.index)
    return replace(finding, consequences=consequences, places=tuple(places), severity=worst)


def _is_cell(place: Place) -> bool:
    return bool(place.column or place.cell) or place.row is not None


def _rank(finding: Finding) -> tuple[int, int, int, int, str]:
    place = finding.places[0] if finding.places else Place()
    return ORDER.index(finding.severity), place.page or 0, place.line or 0, place.row or 0, finding.code
