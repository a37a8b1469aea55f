"""The index of one year by its scheme: formula as text, predicate with its status, what must be asked, what is odd.

The coefficient is added: 80,31 + 0,8 = 81,11 is the printed sheet, multiplied it would be 64,25. How the adjusted
weight works is known only where it equals the total weight; otherwise both readings are shown with their status, that of
the scheme is used for the time being, and a person chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from selaras.core.computed import Computed, Input, Status
from selaras.core.errors import Fault, Refusal
from selaras.core.finding import Finding, Severity
from selaras.core.measurement.formulas import rounding_note
from selaras.core.numerals import format_number
from selaras.core.place import NOWHERE
from selaras.core.reform.scheme import Adjustment, Part, PredicateBand, Scheme
from selaras.core.reform.score import INDEX_TEXT, ReformScore, rb_adjusted, rb_general

CENT = Decimal("0.01")
TOLERANCE = Decimal("0.005")
REGULATION = "Permenpan-RB 9/2023"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the adjustment: its formula, the adjusted RB General and the index that it gives."""

    adjustment: Adjustment
    adjusted: Computed
    index: Computed


@dataclass(frozen=True, slots=True)
class ReformIndex:
    """The index with everything that led to it. `settled` is false while a person must choose a reading.

    `readings` holds every reading of the adjustment where they differ, the one in use first.
    """

    scheme: Scheme
    general: Computed
    adjusted: Computed
    index: Computed
    band: PredicateBand | None
    printed: str
    settled: bool
    question: str
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]

    @property
    def predicate(self) -> str:
        """The predicate that counts: the one printed by the evaluator, else the scheme's; empty if there is none."""
        return self.printed or (self.band.label if self.band else "")

    def formula(self) -> str:
        """The whole sum in one line: `80,31 + 0,8 = 81,11; 81,11 × 100 ÷ 100 = 81,11; 81,11 + 12,35 = 93,46`."""
        return self.index.formula


def index(
    score: ReformScore, scheme: Scheme, *, adjustment: Adjustment | None = None, printed: str = ""
) -> ReformIndex:
    """The index of a score sheet by the scheme of its year.

    `adjustment` is the reading that a person has confirmed, else that of the sheet; without either, and with weights
    that differ, the scheme's reading is used and a question asked. `printed` (else that of the sheet) is the predicate of
    the evaluation letter, which wins. Where there is no index (total weight zero) there is no predicate.
    """
    adjustment, printed = adjustment or score.adjustment, printed or score.predicate
    chosen = adjustment or scheme.adjustment
    asked = score.adjusted_weight != score.total_weight
    ordered = [chosen, *(item for item in Adjustment if item is not chosen)] if asked else [chosen]
    readings = [_read(score, each) for each in ordered]
    first = readings[0]
    value = first.index.rounded()
    band = scheme.band(value) if value is not None and 0 <= value <= scheme.highest else None
    question = "" if not asked or adjustment is not None else _question(score, scheme, readings)
    return ReformIndex(
        scheme,
        rb_general(score),
        first.adjusted,
        first.index,
        band,
        printed.strip(),
        not question,
        question,
        tuple(readings) if asked else (),
        _odd(score, scheme, first, band, printed.strip()),
    )


def of_parts(part: Part, scores: Mapping[str, Decimal], *, year: int) -> Computed:
    """The score of a part out of those of the parts that are scored themselves, by code; the sum, never a mean.

    No figure while one is missing. Raises Refusal for an unknown part or a score below zero or above its weight.
    """
    leaves = {leaf.code: leaf for leaf in part.leaves()}
    faults = [
        Fault("Bagian tidak dikenal", read=code, expected=" | ".join(leaves)) for code in scores if code not in leaves
    ]
    faults += [
        Fault(
            f"Nilai {leaves[code].name} di luar bobotnya",
            read=format_number(score),
            expected=f"0–{format_number(leaves[code].weight)}",
        )
        for code, score in scores.items()
        if code in leaves and not 0 <= score <= leaves[code].weight
    ]
    if faults:
        raise Refusal("Nilai RB tidak dapat dijumlahkan.", *faults)
    key, formula = f"rb-bagian:{part.code}:{year}", " + ".join(leaf.name for leaf in leaves.values())
    inputs = tuple(Input(leaves[code].name, format_number(score)) for code, score in scores.items())
    missing = [leaf.name for leaf in leaves.values() if leaf.code not in scores]
    if missing:
        note = f"Belum dinilai: {', '.join(missing)}."
        return Computed(key, part.name, None, "", Status.NOTHING_TO_ADD, formula, inputs, note=note)
    value = sum(scores.values(), Decimal(0))
    return Computed(key, part.name, value, "", formula=formula, inputs=inputs, raw=value, note=rounding_note(2))


def _read(score: ReformScore, adjustment: Adjustment) -> Reading:
    general = rb_general(score)
    assert general.value is not None
    same = score.adjusted_weight == score.total_weight
    if adjustment is Adjustment.BY_SHARE or same:
        adjusted = rb_adjusted(score)
    else:
        adjusted = _by_applicable(score, general.value)
    steps = [
        f"{format_number(score.general_initial)} + {format_number(score.coefficient)} = {general.shown()}",
        f"{general.shown()} × {_ratio(score, adjustment)} = {adjusted.shown()}",
    ]
    value = None if adjusted.value is None else adjusted.value + score.thematic
    key, name = f"rb-indeks:{score.year}", "Indeks RB"
    inputs = (
        Input("RB General penyesuaian", adjusted.shown(), score.place),
        Input("RB Tematik", format_number(score.thematic), score.place),
    )
    if value is None:
        figure = Computed(key, name, None, "", adjusted.status, INDEX_TEXT, inputs, note=adjusted.note)
        return Reading(adjustment, adjusted, figure)
    total = format_number(value.quantize(CENT, rounding=ROUND_HALF_UP), places=2)
    steps.append(f"{adjusted.shown()} + {format_number(score.thematic)} = {total}")
    figure = Computed(key, name, value, "", formula="; ".join(steps), inputs=inputs, raw=value, note=rounding_note(2))
    return Reading(adjustment, adjusted, figure)


def _by_applicable(score: ReformScore, general: Decimal) -> Computed:
    weight = score.adjusted_weight
    inputs = (
        Input("RB General", format_number(general), score.place),
        Input("total bobot", format_number(score.total_weight), score.place),
        Input("bobot penyesuaian", format_number(weight), score.place),
    )
    key, name, text = f"rb-penyesuaian:{score.year}", "RB General penyesuaian", Adjustment.BY_APPLICABLE.value
    if not weight or not score.total_weight:
        note = "Total bobot nol." if weight else "Bobot penyesuaian nol."
        return Computed(key, name, None, "", Status.ZERO_TARGET, text, inputs, note=note)
    value = general * score.total_weight / weight
    return Computed(key, name, value, "", formula=text, inputs=inputs, raw=value, note=rounding_note(2))


def _ratio(score: ReformScore, adjustment: Adjustment) -> str:
    weights = format_number(score.adjusted_weight), format_number(score.total_weight)
    upper, lower = weights if adjustment is Adjustment.BY_SHARE else weights[::-1]
    return f"{upper} ÷ {lower}"


def _question(score: ReformScore, scheme: Scheme, readings: list[Reading]) -> str:
    ways = "; ".join(f"{item.adjustment}: {item.index.formula or item.index.status}" for item in readings)
    return (
        f"Bobot penyesuaian {format_number(score.adjusted_weight)} berbeda dari total bobot "
        f"{format_number(score.total_weight)}, dan cara menghitungnya belum dipastikan. Sementara ini dipakai "
        f"{readings[0].adjustment} (status aturan: {scheme.adjustment_source.certainty}). Pilih yang sesuai dengan "
        f"lembar hasil evaluasi: {ways}."
    )


def _odd(
    score: ReformScore, scheme: Scheme, reading: Reading, band: PredicateBand | None, printed: str
) -> tuple[Finding, ...]:
    places = () if score.place == NOWHERE else (score.place,)
    bounds = [("RB General", rb_general(score).value, scheme.general.weight)]
    thematic = scheme.thematic.weight if scheme.thematic else Decimal(0)
    bounds += [("RB Tematik", score.thematic, thematic), ("Indeks RB", reading.index.value, scheme.highest)]
    found = [
        Finding(
            "RB-LIMIT",
            "suspicious-pattern",
            Severity.ERROR,
            f"{name} {format_number(value)} berada di luar 0 sampai {format_number(most)} menurut {scheme.name}.",
            stated=format_number(value),
            expected=f"0–{format_number(most)}",
            places=places,
            regulation=scheme.source.text,
        )
        for name, value, most in bounds
        if value is not None and not 0 <= value <= most
    ]
    if not scheme.holds_in(score.year):
        found.append(
            Finding(
                "RB-SCHEME",
                "wrong-period",
                Severity.WARNING,
                f"{scheme.name} bukan skema evaluasi tahun {score.year}.",
                stated=scheme.name,
                expected=f"skema tahun {score.year}",
                places=places,
            )
        )
    if printed and band is not None and printed.casefold() != band.label.casefold():
        found.append(
            Finding(
                "RB-PREDICATE",
                "arithmetic",
                Severity.INFO,
                f"Predikat tercetak {printed}, sedangkan menurut {scheme.name} {reading.index.shown()} tergolong "
                f"{band.label} ({band.source.certainty}); yang tercetak dipakai.",
                stated=printed,
                expected=band.label,
                places=places,
                regulation=band.source.text,
            )
        )
    return tuple(found)


def _apart(stated: Decimal | None, figure: Computed) -> bool:
    """Whether a printed value is another than the figure; never where either is missing."""
    value = figure.rounded()
    return stated is not None and value is not None and abs(_cents(stated) - value) > TOLERANCE


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)
