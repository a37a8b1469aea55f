"""The reform index of the units below an agency, and the share of units that are good: an indicator that computes itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.computed import Computed, Input, Status
from selaras.core.errors import Fault, Refusal
from selaras.core.measurement.formulas import HUNDRED, rounding_note
from selaras.core.measurement.records import Realisation
from selaras.core.period import Period
from selaras.core.place import NOWHERE, Place
from selaras.core.planning import FormulaKind, Indicator
from selaras.core.reform.scheme import GoodBound, Scheme
from selaras.core.value import ValueKind

FORMULA = "perangkat daerah dengan predikat baik ke atas ÷ seluruh perangkat daerah × 100%"


@dataclass(frozen=True, slots=True)
class UnitReform:
    """The reform index of one unit in one year; `predicate` only where the evaluator printed one."""

    unit: str
    year: int
    value: Decimal
    predicate: str = ""
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in the list: its predicate, and whether it is good; None for a unit that nobody evaluated."""

    unit: str
    score: UnitReform | None
    predicate: str
    good: bool | None


@dataclass(frozen=True, slots=True)
class GoodShare:
    """How many of all units are good, by which bound, and which were not evaluated."""

    good: int
    whole: int
    lines: tuple[UnitLine, ...]
    bound: GoodBound
    figure: Computed

    @property
    def missing(self) -> tuple[str, ...]:
        """The units that nobody evaluated; they count in the denominator and not as good."""
        return tuple(line.unit for line in self.lines if line.good is None)


def share_good(
    units: Iterable[str], scores: Iterable[UnitReform], year: int, scheme: Scheme, bound: GoodBound
) -> GoodShare:
    """The share of units whose predicate is at least that of `bound`, percent, out of all `units`.

    A predicate printed by the evaluator goes before that of the scheme. Raises Refusal for a score of a unit that is
    not among `units`, two scores of one unit, or a bound or printed predicate that the scheme does not have.
    """
    listed = tuple(dict.fromkeys(units))
    mine = [score for score in scores if score.year == year]
    _check(listed, mine, scheme, bound)
    least = scheme.rank(bound.label)
    assert least is not None
    by_unit = {score.unit: score for score in mine}
    lines = tuple(_line(unit, by_unit.get(unit), scheme, least) for unit in listed)
    good = sum(line.good is True for line in lines)
    return GoodShare(good, len(lines), lines, bound, _figure(good, lines, year, bound))


def realisation_of(share: GoodShare, indicator: Indicator, period: Period) -> Realisation:
    """The share as a realisation with numerator and denominator, so that nobody types a percentage beside it.

    Raises Refusal for an indicator that is no percentage of a numerator and denominator.
    """
    if indicator.value_kind is not ValueKind.PERCENT or indicator.formula is not FormulaKind.RATIO:
        fault = Fault(
            "Indikator bukan persentase pembilang/penyebut", indicator.place, f"{indicator.value_kind}, {indicator.formula}",
            f"{ValueKind.PERCENT}, {FormulaKind.RATIO}", "Ubah rumus indikatornya.",
        )  # fmt: skip
        raise Refusal("Realisasi tidak dapat diisi dari indeks RB perangkat daerah.", fault)
    note = f"Dihitung dari indeks RB {share.whole} perangkat daerah; baik berarti {share.bound.label} ke atas."
    return Realisation(
        indicator.code, period, numerator=Decimal(share.good), denominator=Decimal(share.whole), note=note
    )


def _check(units: tuple[str, ...], scores: list[UnitReform], scheme: Scheme, bound: GoodBound) -> None:
    faults = []
    labels = " | ".join(band.label for band in scheme.bands)
    if scheme.rank(bound.label) is None:
        faults.append(Fault("Batas baik bukan predikat skema ini", read=bound.label, expected=labels))
    seen: set[str] = set()
    for score in scores:
        if score.unit not in units:
            faults.append(Fault("Unit tidak ada dalam daftar yang dinilai", score.place, score.unit))
        if score.unit in seen:
            faults.append(Fault("Unit dinilai dua kali pada tahun yang sama", score.place, score.unit, "satu nilai"))
        seen.add(score.unit)
        if score.predicate and scheme.rank(score.predicate) is None:
            faults.append(Fault("Predikat tidak dikenal", score.place, score.predicate, labels))
        if not 0 <= score.value <= scheme.highest:
            faults.append(Fault("Indeks di luar jangkauannya", score.place, str(score.value), f"0–{scheme.highest}"))
    if faults:
        raise Refusal("Persentase unit dengan RB baik tidak dapat dihitung.", *faults)


def _line(unit: str, score: UnitReform | None, scheme: Scheme, least: int) -> UnitLine:
    if score is None:
        return UnitLine(unit, None, "", None)
    label = score.predicate or scheme.band(score.value).label
    rank = scheme.rank(label)
    return UnitLine(unit, score, label, rank is not None and rank >= least)


def _figure(good: int, lines: tuple[UnitLine, ...], year: int, bound: GoodBound) -> Computed:
    key, name = f"rb-unit-baik:{year}", "Persentase perangkat daerah yang reformasi birokrasinya baik"
    inputs = (Input(f"predikat {bound.label} ke atas", str(good)), Input("seluruh perangkat daerah", str(len(lines))))
    if not lines:
        return Computed(key, name, None, status=Status.NOTHING_TO_ADD, formula=FORMULA, inputs=inputs)
    missing = sum(line.good is None for line in lines)
    note = f"{missing} perangkat daerah belum dinilai dan tidak dihitung baik. " if missing else ""
    value = good * HUNDRED / len(lines)
    return Computed(key, name, value, formula=FORMULA, inputs=inputs, raw=value, note=note + rounding_note(2))
