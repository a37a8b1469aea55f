"""Scores of an evaluation sheet: sub-component, component, total and predicate, with what is missing.

Pure Decimal arithmetic; nothing is rounded but by the template's `Rounding`, half up, and the predicate is read off
the rounded total. Whether the regulation rounds so is unconfirmed, so the rounding is data of the template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from selaras.core.computed import Computed, Input
from selaras.core.errors import Fault, Refusal
from selaras.core.evaluation.template import (
    FULL,
    ZERO,
    Component,
    Criterion,
    Mode,
    Predicate,
    Subcomponent,
    Template,
)
from selaras.core.numerals import format_number
from selaras.core.place import Place


class Met(StrEnum):
    """Whether a criterion is met, where criteria are probes (one answer per sub-component)."""

    YES = "terpenuhi"
    PARTLY = "sebagian"
    NO = "belum"


_MET = frozenset(met.value for met in Met)


@dataclass(frozen=True, slots=True)
class Answers:
    """One column of a sheet: letters by sub-component, answers by criterion, or points by sub-component.

    `criteria` holds values of `Met` where one answer is given per sub-component (they propose, they do not count),
    and letters of the criterion's scale where criteria are averaged. Empty texts are missing answers.
    """

    letters: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubScore:
    """The score of a sub-component in points, its value in percent of the weight, and what it came from.

    `answered` is false where nothing was answered: it counts 0 and is told in `Result.missing`.
    """

    part: Subcomponent
    points: Decimal
    value: Decimal
    answer: str = ""
    answered: bool = True
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComponentScore:
    """The score of a component in points: the sum of its sub-components."""

    component: Component
    points: Decimal
    parts: tuple[SubScore, ...]

    @property
    def value(self) -> Decimal:
        """The score in percent of the weight."""
        return self.points * FULL / self.component.weight


@dataclass(frozen=True, slots=True)
class Result:
    """The whole score. `exact` is unrounded, `total` rounded by the template; the predicate is that of `total`.

    `missing` names every sub-component (or criterion, where these are averaged) without an answer; each counts 0.
    """

    template: Template
    components: tuple[ComponentScore, ...]
    exact: Decimal
    total: Decimal
    predicate: Predicate
    missing: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every question was answered."""
        return not self.missing

    def part(self, code: str) -> SubScore:
        """The score of the sub-component `code`, which must be one of the template's."""
        return next(part for component in self.components for part in component.parts if part.part.code == code)

    def figure(self) -> Computed:
        """The total as a figure with formula, inputs and the note on rounding and missing answers."""
        note = f"Dibulatkan setengah ke atas ke {self.template.rounding.places} desimal."
        if self.missing:
            note += f" Belum dijawab dan dihitung 0: {', '.join(self.missing)}."
        inputs = tuple(
            Input(item.component.title, format_number(item.points), Place(record=item.component.code))
            for item in self.components
        )
        return Computed(
            "lke.total", "Nilai evaluasi AKIP", self.total, unit="", formula="jumlah nilai komponen", inputs=inputs,
            raw=self.exact, places=self.template.rounding.places, note=note,
        )  # fmt: skip


def score(template: Template, answers: Answers) -> Result:
    """Score a sheet. Raises Refusal for codes, letters and points that the template does not know.

    A score of a sub-component is value ÷ 100 × weight; a component is the sum of its sub-components and the total the
    sum of the components (instructions for the sheet of Permenpan-RB 88/2021).
    """
    refuse_unknown(template, answers)
    components = tuple(_component(template, component, answers) for component in template.components)
    exact = sum((component.points for component in components), ZERO)
    total = template.rounding.rounded(exact)
    missing = tuple(code for component in components for part in component.parts for code in part.missing)
    return Result(template, components, exact, total, predicate_of(template, total), missing)


def predicate_of(template: Template, points: Decimal) -> Predicate:
    """The predicate of a score, rounded as the template says before it is compared; the lower bound is exclusive.

    90,00 is an A and 90,01 an AA. Exactly 0 takes the lowest predicate. Raises Refusal outside 0 to 100.
    """
    total = template.rounding.rounded(points)
    if not ZERO <= total <= FULL:
        raise Refusal(
            "Nilai evaluasi di luar 0 sampai 100.",
            Fault("nilai di luar rentang", Place(record=template.code), format_number(total), "0 sampai 100"),
        )
    return next((item for item in template.predicates if total > item.above), template.predicates[-1])


def points_of(template: Template, sub: Subcomponent, letter: str) -> Decimal:
    """The points of a sub-component for one answer: value ÷ 100 × weight. Raises Refusal for an unknown letter."""
    answer = template.scale_of(sub).answer(letter)
    if answer is None:
        raise Refusal(f"Jawaban {letter} tidak dikenal.", _unknown_letter(template, sub, letter))
    return _points(template, sub, answer.value)


def refuse_unknown(template: Template, answers: Answers) -> None:
    """Refuse answers that the template has no question for, unknown letters and points beyond the weight."""
    faults = [*_misplaced(template, answers)] or [
        *_letter_faults(template, answers),
        *_criterion_faults(template, answers),
        *_point_faults(template, answers),
    ]
    if faults:
        raise Refusal("Jawaban LKE tidak sesuai dengan instrumennya.", *faults)


def _component(template: Template, component: Component, answers: Answers) -> ComponentScore:
    parts = tuple(_subcomponent(template, sub, answers) for sub in component.subcomponents)
    return ComponentScore(component, sum((part.points for part in parts), ZERO), parts)


def _subcomponent(template: Template, sub: Subcomponent, answers: Answers) -> SubScore:
    if template.mode is Mode.CRITERIA:
        return _averaged(template, sub, answers.criteria)
    if template.mode is Mode.POINTS:
        return _entered(template, sub, answers.points.get(sub.code))
    letter = answers.letters.get(sub.code, "")
    answer = template.scale_of(sub).answer(letter)
    if answer is None:
        return SubScore(sub, ZERO, ZERO, answered=False, missing=(sub.code,))
    return SubScore(sub, _points(template, sub, answer.value), answer.value, letter)


def _averaged(template: Template, sub: Subcomponent, given: Mapping[str, str]) -> SubScore:
    """The weighted mean of the criteria; one without an answer counts 0."""
    found = {item.code: template.scale_of(item).answer(given.get(item.code, "")) for item in sub.criteria}
    missing = tuple(code for code, answer in found.items() if answer is None)
    if len(missing) == len(sub.criteria):
        return SubScore(sub, ZERO, ZERO, answered=False, missing=missing)
    weighted = ((item.weight, answer.value) for item in sub.criteria if (answer := found[item.code]))
    reached = sum((weight * value for weight, value in weighted), ZERO)
    whole = sum((item.weight for item in sub.criteria), ZERO)
    points = _rounded_part(template, reached * sub.weight / (whole * FULL))
    return SubScore(sub, points, reached / whole, missing=missing)


def _entered(template: Template, sub: Subcomponent, points: Decimal | None) -> SubScore:
    if points is None:
        return SubScore(sub, ZERO, ZERO, answered=False, missing=(sub.code,))
    return SubScore(sub, _rounded_part(template, points), points * FULL / sub.weight)


def _points(template: Template, sub: Subcomponent, value: Decimal) -> Decimal:
    return _rounded_part(template, value * sub.weight / FULL)


def _rounded_part(template: Template, points: Decimal) -> Decimal:
    return template.rounding.rounded(points) if template.rounding.each_part else points


def _misplaced(template: Template, answers: Answers) -> Iterator[Fault]:
    """Answers of a kind that the mode of the template does not ask for."""
    given = {"huruf sub-komponen": any(answers.letters.values()), "nilai sub-komponen": bool(answers.points)}
    wanted = {Mode.ANSWER: "huruf sub-komponen", Mode.POINTS: "nilai sub-komponen"}.get(template.mode, "")
    for name, there in given.items():
        if there and name != wanted:
            expected = wanted or "jawaban setiap kriteria"
            yield Fault("cara menjawab tidak sesuai dengan instrumen", Place(record=template.code), name, expected)


def _letter_faults(template: Template, answers: Answers) -> list[Fault]:
    known = {sub.code: sub for sub in template.subcomponents}
    faults = _strangers(template, "sub-komponen", answers.letters, known)
    for code, letter in answers.letters.items():
        if letter and code in known and template.scale_of(known[code]).answer(letter) is None:
            faults.append(_unknown_letter(template, known[code], letter))
    return faults


def _criterion_faults(template: Template, answers: Answers) -> list[Fault]:
    known = {criterion.code: criterion for criterion in template.criteria}
    faults = _strangers(template, "kriteria", answers.criteria, known)
    for code, given in answers.criteria.items():
        if not given or code not in known:
            continue
        if template.mode is Mode.CRITERIA:
            if template.scale_of(known[code]).answer(given) is None:
                faults.append(_unknown_letter(template, known[code], given))
        elif given not in _MET:
            faults.append(Fault("jawaban kriteria tidak dikenal", _at(template, code), given, " | ".join(Met)))
    return faults


def _point_faults(template: Template, answers: Answers) -> list[Fault]:
    known = {sub.code: sub for sub in template.subcomponents}
    faults = _strangers(template, "sub-komponen", answers.points, known)
    for code, points in answers.points.items():
        if code in known and not (points.is_finite() and ZERO <= points <= known[code].weight):
            expected = f"0 sampai {format_number(known[code].weight)}"
            faults.append(Fault("nilai di luar bobotnya", _at(template, code), str(points), expected))
    return faults


def _strangers(template: Template, name: str, given: Mapping[str, object], known: Mapping[str, object]) -> list[Fault]:
    return [
        Fault(f"{name} tidak ada dalam instrumen", _at(template, code), code, "kode dari instrumen")
        for code in given
        if code not in known
    ]


def _unknown_letter(template: Template, part: Subcomponent | Criterion, letter: str) -> Fault:
    letters = " | ".join(template.scale_of(part).letters)
    return Fault("jawaban tidak dikenal", _at(template, part.code), letter, letters)


def _at(template: Template, code: str) -> Place:
    return Place(record=f"instrumen {template.code}, {code}")
