"""From entries to the value of a year: quotients, checks on what was typed, and aggregation over periods.

A grade or a percentage is never summed. Sums, last values, means and maxima follow the indicator; what was used
is said in the figure. Nothing is ever zero for want of an entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.computed import Computed, Input, Status
from selaras.core.measurement.entries import AMOUNTS, doubts_of, faults_of, has_quotient, quotient, value_of
from selaras.core.measurement.formulas import HUNDRED, rounding_note
from selaras.core.measurement.records import Realisation
from selaras.core.numerals import format_number
from selaras.core.period import PER_YEAR, Period, Span
from selaras.core.planning import Aggregation, FormulaKind, Indicator, PlanDocument, Target
from selaras.core.value import Value, ValueKind

__all__ = ["YearValue", "doubts_of", "faults_of", "target_through", "value_of", "year_value"]


@dataclass(frozen=True, slots=True)
class YearValue:
    """The value of a year, and the figure that shows how it came about. A grade has no number in the figure."""

    value: Value | None
    figure: Computed


def year_value(
    indicator: Indicator,
    realisations: Iterable[Realisation],
    year: int,
    *,
    through_month: int = 12,
    parts: Sequence[tuple[Decimal, Value]] = (),
) -> YearValue:
    """The value of `year` up to and including `through_month`.

    An entry for the whole year wins. Otherwise weighted `parts` (weight in percent, value), if the indicator is
    weighted; otherwise the periods, by the indicator's aggregation. Where entries of several lengths overlap, the
    longer one counts. A mean of quotients is the sum of numerators ÷ the sum of denominators, if every period has
    both: the mean of percentages would give small periods too much weight.
    """
    key = f"realisasi:{indicator.code}:{year}"
    entries = [
        (item.period, value_of(indicator, item), item)
        for item in realisations
        if item.indicator == indicator.code and item.period.year == year and item.period.last_month <= through_month
    ]
    filled = [(period, value, item) for period, value, item in entries if value is not None]
    whole = next((entry for entry in filled if entry[0].span is Span.YEAR), None)
    if whole is not None:
        return _single(key, "nilai tahun yang diisi", whole[1], _entry_inputs(indicator, whole[2], whole[1]))
    if parts and indicator.formula is FormulaKind.WEIGHTED:
        return _weighted(indicator, key, parts)
    by_period = {period: (period, value, item) for period, value, item in filled}
    chosen = [by_period[period] for period in _without_overlap(by_period)]
    if not chosen:
        return YearValue(None, _figure(indicator.value_kind, key, None, "", (), Status.NO_REALISATION))
    pooled = _pooled(indicator, [item for _, _, item in chosen], key)
    return pooled or _combined(indicator, key, [(period, value) for period, value, _ in chosen])


def target_through(
    indicator: Indicator,
    targets: Iterable[Target],
    year: int,
    *,
    through_month: int = 12,
    document: PlanDocument,
) -> Value | None:
    """The target of `document` for `year` up to `through_month`: that of the year, if it ends by then, otherwise

    those of the periods, aggregated like the realisations. None if there is none; a year's target is never divided.
    """
    fitting = [
        (target.period, target.value)
        for target in targets
        if target.indicator == indicator.code
        and target.document is document
        and target.period.year == year
        and target.period.last_month <= through_month
    ]
    whole = next((value for period, value in fitting if period.span is Span.YEAR), None)
    if whole is not None or not fitting:
        return whole
    by_period = dict(fitting)
    return _combined(indicator, "", [(period, by_period[period]) for period in _without_overlap(by_period)]).value


def _without_overlap(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The periods in order, leaving out those that lie within a longer one that is there too."""
    taken: dict[int, Period] = {}
    for period in sorted(periods, key=lambda period: PER_YEAR[period.span]):
        if not any(month in taken for month in _months(period)):
            taken.update(dict.fromkeys(_months(period), period))
    return tuple(dict.fromkeys(taken[month] for month in sorted(taken)))


def _months(period: Period) -> range:
    return range(period.last_month - 12 // PER_YEAR[period.span] + 1, period.last_month + 1)


def _entry_inputs(indicator: Indicator, realisation: Realisation, value: Value) -> tuple[Input, ...]:
    if not has_quotient(indicator, realisation):
        return (Input(realisation.period.name, value.shown(), realisation.place),)
    assert realisation.numerator is not None
    assert realisation.denominator is not None
    return (
        Input("pembilang", format_number(realisation.numerator), realisation.place),
        Input("penyebut", format_number(realisation.denominator), realisation.place),
    )


def _figure(
    kind: ValueKind, key: str, amount: Decimal | None, formula: str, inputs: tuple[Input, ...],
    status: Status = Status.COMPUTED, note: str = "",
) -> Computed:  # fmt: skip
    unit = "%" if kind is ValueKind.PERCENT else ""
    if amount is not None:
        note = f"{note} {rounding_note(2)}".strip()
    return Computed(key, "Realisasi", amount, unit, status, formula, inputs, amount, note=note)


def _single(key: str, formula: str, value: Value, inputs: tuple[Input, ...]) -> YearValue:
    note = "" if value.amount is not None else f"Nilai: {value.shown()}."
    text = "pembilang ÷ penyebut × 100%" if len(inputs) == 2 and value.kind is ValueKind.PERCENT else formula
    return YearValue(value, _figure(value.kind, key, value.amount, text, inputs, note=note))


def _weighted(indicator: Indicator, key: str, parts: Sequence[tuple[Decimal, Value]]) -> YearValue:
    formula = "jumlah (bobot × nilai bagian) ÷ 100"
    inputs = tuple(Input(f"bobot {format_number(weight)}", value.shown()) for weight, value in parts)
    total = sum((weight for weight, _ in parts), Decimal(0))
    amounts = [(weight, value.amount) for weight, value in parts if value.kind is indicator.value_kind]
    note = ""
    if total != HUNDRED:
        note = f"Jumlah bobot bagian yang terisi {format_number(total)}, bukan 100; nilai tidak dihitung."
    elif len(amounts) < len(parts) or indicator.value_kind not in AMOUNTS:
        note = "Nilai bagian tidak sejenis dengan indikator; nilai tidak dihitung."
    if note:
        return YearValue(None, _figure(indicator.value_kind, key, None, formula, inputs, Status.NOT_APPLICABLE, note))
    amount = sum((weight * part for weight, part in amounts if part is not None), Decimal(0)) / HUNDRED
    value = Value(indicator.value_kind, amount)
    return YearValue(value, _figure(indicator.value_kind, key, amount, formula, inputs))


def _pooled(indicator: Indicator, items: Sequence[Realisation], key: str) -> YearValue | None:
    if indicator.aggregation is not Aggregation.MEAN or not all(has_quotient(indicator, item) for item in items):
        return None
    upper = sum((item.numerator for item in items if item.numerator is not None), Decimal(0))
    lower = sum((item.denominator for item in items if item.denominator is not None), Decimal(0))
    amount = quotient(indicator.value_kind, upper, lower)
    if amount is None:
        return None
    formula = "jumlah pembilang ÷ jumlah penyebut"
    formula += " × 100%" if indicator.value_kind is ValueKind.PERCENT else ""
    inputs = tuple(
        Input(item.period.name, f"{format_number(item.numerator)} dari {format_number(item.denominator)}", item.place)
        for item in items
        if item.numerator is not None and item.denominator is not None
    )
    value = Value(indicator.value_kind, amount)
    return YearValue(value, _figure(indicator.value_kind, key, amount, formula, inputs, note=_count_note(len(items))))


def _combined(indicator: Indicator, key: str, chosen: Sequence[tuple[Period, Value]]) -> YearValue:
    values = [value for _, value in chosen]
    inputs = tuple(Input(period.name, value.shown()) for period, value in chosen)
    rule = indicator.aggregation
    kind = indicator.value_kind
    formula = {
        Aggregation.SUM: "jumlah nilai periode",
        Aggregation.LAST: f"nilai periode terakhir ({chosen[-1][0].name})",
        Aggregation.MEAN: "jumlah nilai periode ÷ banyaknya periode",
        Aggregation.MAX: "nilai periode tertinggi",
    }[rule]
    if rule is Aggregation.LAST:
        last = values[-1]
        note = "" if last.amount is not None else f"Nilai: {last.shown()}."
        return YearValue(last, _figure(kind, key, last.amount, formula, inputs, note=note))
    if kind not in AMOUNTS or any(value.kind is not kind for value in values):
        note = f"Nilai berupa {kind} tidak dapat diambil {rule}-nya."
        return YearValue(None, _figure(kind, key, None, formula, inputs, Status.NOT_APPLICABLE, note))
    low = _reduce(rule, [value.amount for value in values if value.amount is not None])
    ends = [value.amount if value.upper is None else value.upper for value in values]
    high = _reduce(rule, [end for end in ends if end is not None])
    ranged = any(value.upper is not None for value in values)
    note = _count_note(len(values))
    return YearValue(Value(kind, low, high if ranged else None), _figure(kind, key, low, formula, inputs, note=note))


def _reduce(rule: Aggregation, amounts: Sequence[Decimal]) -> Decimal:
    if rule is Aggregation.MAX:
        return max(amounts)
    total = sum(amounts, Decimal(0))
    return total if rule is Aggregation.SUM else total / len(amounts)


def _count_note(count: int) -> str:
    return f"Dari {count} periode yang terisi."
