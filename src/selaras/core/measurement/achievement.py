"""The achievement engine: target and realisation to a percentage with its formula, inputs, cap and class.

Sources: the practice collected for Permenpan-RB 53/2014, whose annex fixes no formula; range and grades after the
guide to SKP of Permenpan-RB 8/2021 and public implementations. Every figure is unrounded and says how it came about.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from selaras.core.computed import Computed, Input, Status
from selaras.core.law import Band, GradeScale, Scale
from selaras.core.measurement import formulas
from selaras.core.measurement.formulas import ACHIEVEMENT_LABELS, HUNDRED, Labels, Outcome, rounding_note, sentence_case
from selaras.core.numerals import format_percent
from selaras.core.planning import LowerMethod, Polarity
from selaras.core.value import Value, ValueKind


def achieve(
    target: Value | None,
    realised: Value | None,
    *,
    polarity: Polarity,
    lower_method: LowerMethod | None = None,
    cap: Decimal | None = None,
    grades: GradeScale | None = None,
    key: str = "",
    places: int = 2,
) -> Computed:
    """The achievement (capaian) of one indicator in percent.

    `lower_method` is needed for lower-is-better; for a range it chooses the formula above the upper end. `cap`
    limits the value and keeps `raw`. A figure that cannot be had has no value and a status that says why:
    no target, no realisation, a target of zero, values of different kinds, a formula that does not apply.
    """
    outcome = measure(target, realised, polarity=polarity, lower_method=lower_method, grades=grades)
    return present(outcome, target, realised, key=key, name="Capaian kinerja", cap=cap, places=places)


def classify(figure: Computed, scale: Scale) -> Band | None:
    """The class of a figure, None if it has no value.

    The value is taken as it is printed (rounded to the figure's places), so that number and class on the page agree.
    """
    shown = figure.rounded()
    return None if shown is None else scale.classify(shown)


def mean(figures: Sequence[Computed], *, key: str, name: str) -> Computed:
    """The plain mean of the figures that have a value; the note says how many of how many those are."""
    filled = [(figure, figure.value) for figure in figures if figure.value is not None]
    formula = "jumlah nilai ÷ banyaknya nilai"
    counted = f"{len(filled)} dari {len(figures)} indikator mempunyai nilai."
    if not filled:
        note = counted if figures else ""
        return Computed(key, name, None, status=Status.NOTHING_TO_ADD, formula=formula, note=note)
    places = filled[0][0].places
    value = sum((amount for _, amount in filled), Decimal(0)) / len(filled)
    return Computed(
        key,
        name,
        value,
        unit=filled[0][0].unit,
        formula=formula,
        inputs=tuple(Input(figure.key or figure.name, figure.shown()) for figure, _ in filled),
        raw=value,
        places=places,
        note=f"Rata-rata sederhana: {counted} {rounding_note(places)}",
    )


def reached(figure: Computed) -> bool | None:
    """Whether the target is reached (tercapai): 100 or more before the cap and unrounded; None without a value."""
    measured = figure.value if figure.raw is None else figure.raw
    return None if measured is None else measured >= HUNDRED


def measure(
    target: Value | None,
    realised: Value | None,
    *,
    polarity: Polarity,
    lower_method: LowerMethod | None = None,
    grades: GradeScale | None = None,
    labels: Labels = ACHIEVEMENT_LABELS,
) -> Outcome:
    """Choose the formula by kind of value and polarity, and apply it. Used for achievement and progress alike."""
    if target is None:
        return Outcome(None, "", Status.NO_TARGET)
    if realised is None:
        return Outcome(None, "", Status.NO_REALISATION)
    if target.kind is not realised.kind:
        note = f"{sentence_case(labels.target)} berupa {target.kind}, {labels.realised} berupa {realised.kind}."
        return Outcome(None, "", Status.NOT_COMPARABLE, note)
    if target.kind is ValueKind.GRADE:
        return _grades(target.grade, realised.grade, polarity, grades, labels)
    if target.kind is ValueKind.YES_NO:
        return formulas.by_flag(bool(target.flag), bool(realised.flag), labels)
    return _amounts(target, realised, polarity, lower_method, labels)


def present(
    outcome: Outcome,
    target: Value | None,
    realised: Value | None,
    *,
    key: str,
    name: str,
    cap: Decimal | None = None,
    places: int = 2,
    labels: Labels = ACHIEVEMENT_LABELS,
) -> Computed:
    """An outcome as a figure that can be shown: inputs beside the formula, the cap, the rounding."""
    given = ((labels.realised, realised), (labels.target, target))
    inputs = tuple(Input(label, value.shown()) for label, value in given if value is not None)
    value, notes = outcome.raw, [outcome.note]
    if outcome.raw is not None and cap is not None and outcome.raw > cap:
        value = cap
        notes.append(f"Dibatasi {format_percent(cap)}; sebelum dibatasi {format_percent(outcome.raw, places=places)}.")
    if value is not None:
        notes.append(rounding_note(places))
    note = " ".join(note for note in notes if note)
    return Computed(
        key, name, value, status=outcome.status, formula=outcome.formula, inputs=inputs, raw=outcome.raw,
        places=places, note=note,
    )  # fmt: skip


def _amounts(target: Value, realised: Value, polarity: Polarity, method: LowerMethod | None, labels: Labels) -> Outcome:
    assert target.amount is not None
    assert realised.amount is not None
    if realised.upper is not None:
        return Outcome(None, "", Status.NOT_COMPARABLE, f"{sentence_case(labels.realised)} tidak boleh berupa rentang.")
    if polarity is Polarity.RANGE:
        if target.upper is None:
            return formulas.stable_point(target.amount, realised.amount, labels)
        return formulas.within_range(target.amount, target.upper, realised.amount, method, labels)
    if target.upper is not None:
        note = f"{sentence_case(labels.target)} berupa rentang, tetapi polaritas indikator “{polarity}”."
        return Outcome(None, "", Status.NOT_COMPARABLE, note)
    if polarity is Polarity.HIGHER:
        return formulas.higher(target.amount, realised.amount, labels)
    if method is None:
        return Outcome(None, "", Status.NOT_APPLICABLE, "Metode untuk polaritas turun belum dipilih (2T atau inversi).")
    return formulas.lower(target.amount, realised.amount, method, labels)


def _grades(target: str, realised: str, polarity: Polarity, scale: GradeScale | None, labels: Labels) -> Outcome:
    if scale is None:
        return Outcome(None, "", Status.NOT_COMPARABLE, "Skala predikat belum ditetapkan.")
    if polarity is not Polarity.HIGHER:
        return Outcome(None, "", Status.NOT_APPLICABLE, f"Predikat tidak mengenal polaritas “{polarity}”.")
    ranks = scale.rank(target), scale.rank(realised)
    if ranks[0] is None or ranks[1] is None:
        unknown = target if ranks[0] is None else realised
        return Outcome(None, "", Status.NOT_COMPARABLE, f"Predikat “{unknown}” tidak ada dalam {scale.name}.")
    outcome = formulas.by_rank(ranks[0], ranks[1], labels)
    known = f"{labels.realised} {realised} = {ranks[1]}, {labels.target} {target} = {ranks[0]}"
    return Outcome(outcome.raw, outcome.formula, note=f"{outcome.note} {scale.name}: {known}.")
