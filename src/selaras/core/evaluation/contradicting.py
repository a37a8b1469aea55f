"""Answers that the criteria or the records contradict: refused where nothing can save them, asked about otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from selaras.core.errors import Fault, Refusal
from selaras.core.evaluation.facts import Observed
from selaras.core.evaluation.proposing import NOTHING, Beyond, lacking, letter_for, propose, reaches
from selaras.core.evaluation.scoring import Answers, Met
from selaras.core.evaluation.template import Criterion, Mode, Subcomponent, Template
from selaras.core.finding import Finding, Severity
from selaras.core.numerals import format_number
from selaras.core.place import Place

KIND = "contradictory-answer"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What answers are held against: clues drawn from the records by criterion, evidence beyond the criteria and

    reasons, both by sub-component.
    """

    observed: Mapping[str, tuple[Observed, ...]]
    beyond: Mapping[str, Beyond]
    reasons: Mapping[str, str]


NO_GROUNDS = Grounds({}, {}, {})


def contradictions(template: Template, answers: Answers, grounds: Grounds = NO_GROUNDS) -> tuple[Finding, ...]:
    """Every contradiction. Errors are to be refused, warnings need a reason, notes point to evidence that is there.

    Speaks only where one answer is given per sub-component; elsewhere criteria have grades and nothing is claimed met.
    """
    return tuple(
        finding for sub in template.subcomponents for finding in contradictions_in(template, sub, answers, grounds)
    )


def contradictions_in(
    template: Template, sub: Subcomponent, answers: Answers, grounds: Grounds = NO_GROUNDS
) -> tuple[Finding, ...]:
    """The contradictions of one sub-component and its criteria; see `contradictions`."""
    if template.mode is not Mode.ANSWER:
        return ()
    found: list[Finding] = []
    for criterion in sub.criteria:
        given = answers.criteria.get(criterion.code, "")
        found += _criterion(criterion, given, grounds.observed.get(criterion.code, ()))
    return (*found, *_letter(template, sub, answers, grounds))


def refuse_errors(found: Iterable[Finding], message: str, only: str = "") -> None:
    """Refuse what cannot stand, with every reason; `only` looks at one sub-component or criterion. Raises Refusal."""
    faults = [
        _fault(item)
        for item in found
        if item.severity is Severity.ERROR and (not only or (item.places and item.places[0].record == only))
    ]
    if faults:
        raise Refusal(message, *faults)


def _criterion(criterion: Criterion, given: str, observed: tuple[Observed, ...]) -> Iterator[Finding]:
    for item in observed:
        if given == Met.YES and item.met is False:
            severity = Severity.ERROR if item.clue.decisive else Severity.WARNING
            yield _finding(
                "LKE-FAKTA", severity, f"Kriteria {criterion.code} dinyatakan terpenuhi, tetapi data tidak mendukungnya",
                criterion.code, given, item.sentence, "Catat buktinya dahulu, atau ubah jawabannya.", item.place,
            )  # fmt: skip
        if given == Met.NO and item.met and item.clue.decisive:
            yield _finding(
                "LKE-BUKTI", Severity.INFO, f"Kriteria {criterion.code} dinyatakan belum terpenuhi, padahal ada datanya",
                criterion.code, given, item.sentence, "Periksa apakah jawabannya dapat dinaikkan.", item.place,
            )  # fmt: skip


def _letter(template: Template, sub: Subcomponent, answers: Answers, grounds: Grounds) -> Iterator[Finding]:
    letter = answers.letters.get(sub.code, "")
    answer = template.scale_of(sub).answer(letter)
    if answer is None:
        return
    found = propose(template, sub, _held(sub, answers.criteria, grounds))
    beyond, reason = grounds.beyond.get(sub.code, NOTHING), grounds.reasons.get(sub.code, "").strip()
    name = f"Jawaban {letter} untuk {sub.code}"
    expected = f"paling tinggi {found.letter}" if found.letter else ""
    best = letter_for(template, sub, found.most)
    highest = f"paling tinggi {best}" if best else ""
    if sub.criteria and not reaches(answer, found.most):
        most = f"{format_number(found.most, places=2)}%"
        yield _finding(
            "LKE-KRITERIA", Severity.ERROR,
            f"{name} lebih tinggi daripada yang dimungkinkan: paling banyak {most} kriteria dapat terpenuhi",
            sub.code, letter, highest,
            "Turunkan jawabannya, atau lengkapi kriteria dengan bukti.",
        )  # fmt: skip
    elif sub.criteria and not reaches(answer, found.share):
        codes = ", ".join(item.code for item in found.unanswered)
        yield _finding(
            "LKE-KRITERIA", Severity.WARNING, f"{name} bersandar pada kriteria yang belum dijawab",
            sub.code, letter, expected, f"Jawab kriteria {codes}.",
        )  # fmt: skip
    if lack := lacking(answer, sub.aspect, beyond):
        yield _finding(
            "LKE-LEBIH", Severity.ERROR, f"{name} memerlukan {lack}", sub.code, letter, highest,
            "Lampirkan buktinya, atau pilih jawaban yang diusulkan.",
        )  # fmt: skip
    if _is_lower(template, sub, letter, found.letter) and not reason:
        yield _finding(
            "LKE-ALASAN", Severity.WARNING, f"{name} lebih rendah daripada usulan {found.letter} tanpa alasan",
            sub.code, letter, found.letter, "Tulis alasannya.",
        )  # fmt: skip


def _held(sub: Subcomponent, criteria: Mapping[str, str], grounds: Grounds) -> dict[str, str]:
    """The criteria as answered, but unmet where the records decide so."""
    held = dict(criteria)
    for item in sub.criteria:
        if any(seen.met is False and seen.clue.decisive for seen in grounds.observed.get(item.code, ())):
            held[item.code] = Met.NO.value
    return held


def _is_lower(template: Template, sub: Subcomponent, letter: str, proposed: str) -> bool:
    letters = template.scale_of(sub).letters
    return bool(proposed) and letters.index(letter) > letters.index(proposed)


def _finding(
    code: str, severity: Severity, message: str, part: str, stated: str, expected: str, suggestion: str,
    place: Place | None = None,
) -> Finding:  # fmt: skip
    places = (Place(record=part), *((place,) if place and place.sentence() else ()))
    return Finding(code, KIND, severity, f"{message}.", stated, expected, places=places, suggestion=suggestion)


def _fault(finding: Finding) -> Fault:
    place = finding.places[0] if finding.places else Place()
    return Fault(finding.message.rstrip("."), place, finding.stated, finding.expected.rstrip("."), finding.suggestion)
