"""Counting: a figure of a rule and a period, with the list of the records behind it; a percentage of nothing is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from selaras.core.calendar import format_date
from selaras.core.computed import Computed, Input, Status
from selaras.core.errors import Fault, Refusal
from selaras.core.numerals import format_number
from selaras.core.period import Period
from selaras.core.place import Place
from selaras.core.registers.clock import Workdays
from selaras.core.registers.definition import Basis, CountingRule, Register, Summary, Tally, Tallying
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import Content, shown
from selaras.core.registers.filters import holds, subjects
from selaras.core.registers.records import Record
from selaras.core.value import Value, ValueKind

HUNDRED = Decimal(100)
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a rule counted: the two numbers, the value, and the numbers of the records behind each.

    `met` are the records of the numerator, `missed` those of the denominator that are not in it, `waiting` those not
    counted yet. `value` is None where there was nothing to count; `note` says so. A register that is restricted gives
    no lists.
    """

    register: str
    rule: str
    name: str
    period: Period
    as_of: date
    numerator: Decimal
    denominator: Decimal | None
    value: Value | None
    note: str = ""
    met: tuple[str, ...] = field(default=())
    missed: tuple[str, ...] = field(default=())
    waiting: tuple[str, ...] = field(default=())
    unit: str = ""

    def told(self) -> str:
        """The figure in one line: `60,06% (203 dari 338)`, or that there was nothing to count."""
        if self.value is None:
            return self.note
        if self.denominator is None:
            return f"{format_number(self.numerator)} {self.unit}".strip()
        return f"{self.value.shown(2)} ({format_number(self.numerator)} dari {format_number(self.denominator)})"

    def computed(self) -> Computed:
        """The figure with its formula and inputs, as reports and pages show computed figures."""
        if self.denominator is None:
            only = (Input("cacah", format_number(self.numerator)),)
            return Computed(self.rule, self.name, self.numerator, "", formula="cacah rekaman", inputs=only, places=0)
        amount = self.value.amount if self.value else None
        inputs = (
            Input("pembilang", format_number(self.numerator)),
            Input("penyebut", format_number(self.denominator)),
        )
        status = Status.COMPUTED if amount is not None else Status.NOTHING_TO_ADD
        return Computed(
            self.rule, self.name, amount, status=status, formula="pembilang ÷ penyebut × 100%", inputs=inputs,
            raw=amount, note=self.note,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alike:
    """Records that say the same about what a table splits by and about what it adds up: `times` of them."""

    by: Content | None
    of: Content | None
    times: int = 1


def count(
    register: Register, rule: CountingRule, records: Iterable[Record], *, period: Period, workdays: Workdays,
    as_of: date,
) -> Figure:  # fmt: skip
    """The figure of `rule` over `period`, by what was known at the end of `as_of`.

    A record counts in the denominator if it lies in the period and passes its filter, in the numerator if it passes
    that one too; pending ones count in neither. Raises Refusal if a clock ran through a year without holidays, because
    the figure would not be right.
    """
    met, missed, waiting = [], [], []
    for facts in _in_period(register, records, rule.basis, rule.dated, period, workdays, as_of):
        base = rule.denominator or rule.numerator
        if not holds(base.where, facts):
            continue
        if rule.pending is not None and holds(rule.pending, facts):
            waiting.append(facts)
        elif holds(rule.numerator.where, facts):
            met.append(facts)
        else:
            missed.append(facts)
    _sure(register, rule, [*met, *missed])
    figure = figure_of(
        register, rule, period=period, as_of=as_of, numerator=tally_of(rule.numerator, met),
        denominator=tally_of(rule.denominator, [*met, *missed]) if rule.denominator else None, waiting=len(waiting),
    )  # fmt: skip
    return replace(
        figure, met=_listed(register, met), missed=_listed(register, missed), waiting=_listed(register, waiting)
    )


def figure_of(
    register: Register, rule: CountingRule, *, period: Period, as_of: date, numerator: Decimal,
    denominator: Decimal | None, waiting: int = 0,
) -> Figure:  # fmt: skip
    """The figure of two numbers that were counted elsewhere, without lists; `waiting` records are not counted yet."""
    value = _value(numerator, denominator)
    return Figure(
        register.code, rule.code, rule.name, period, as_of, numerator, denominator, value,
        _note(rule, value, waiting), unit=rule.unit,
    )  # fmt: skip


def summarise(
    register: Register, summary: Summary, records: Iterable[Record], *, period: Period, workdays: Workdays, as_of: date
) -> tuple[tuple[str, Decimal], ...]:
    """One table of the yearly report: label and amount, the labels in the order of the choices, then by name.

    Without a subject to split by, there is one line without label.
    """
    found = records_alike(register, summary, records, period=period, workdays=workdays, as_of=as_of)
    return summary_of(register, summary, found)


def records_alike(
    register: Register, summary: Summary, records: Iterable[Record], *, period: Period, workdays: Workdays, as_of: date
) -> Iterable[Alike]:
    """The records that a table counts, by what it splits and adds up."""
    for facts in _in_period(register, records, Basis.WITHIN, summary.dated, period, workdays, as_of):
        if holds(summary.tally.where, facts):
            yield Alike(
                facts(summary.by) if summary.by else None, facts(summary.tally.of) if summary.tally.of else None
            )


def summary_of(register: Register, summary: Summary, found: Iterable[Alike]) -> tuple[tuple[str, Decimal], ...]:
    """The table of `summarise` out of records that passed its filter, those that say the same taken together."""
    groups: dict[str, list[Alike]] = {}
    for alike in found:
        for label in _labels(register, summary.by, alike.by):
            groups.setdefault(label, []).append(alike)
    if not summary.by:
        return (("", _amount_of(summary.tally, groups.get("", []))),)
    return tuple(
        (label, _amount_of(summary.tally, groups.get(label, []))) for label in _order(register, summary, groups)
    )


def tally_of(tally: Tally, found: Sequence[RecordFacts]) -> Decimal:
    """The amount of a tally over records that passed its filter already."""
    return _amount_of(tally, [Alike(None, facts(tally.of) if tally.of else None) for facts in found])


def _amount_of(tally: Tally, found: Sequence[Alike]) -> Decimal:
    if tally.how is Tallying.RECORDS:
        return Decimal(sum(alike.times for alike in found))
    contents = [(alike.of, alike.times) for alike in found if alike.of is not None]
    if tally.how is Tallying.DISTINCT:
        return Decimal(len({content for content, _times in contents}))
    return sum((content * times for content, times in contents if isinstance(content, Decimal)), Decimal(0))


def bounds(basis: Basis, period: Period) -> tuple[date, date]:
    """The first and last day by which a basis places records in a period; a stock has no first day."""
    end = _last_day(period)
    if basis is Basis.STOCK:
        return date.min, end
    months = {"tahun": 12, "semester": 6, "triwulan": 3, "bulan": 1}[period.span]
    first = 1 if basis is Basis.TO_DATE else period.last_month - months + 1
    return date(period.year, first, 1), end


def _in_period(
    register: Register, records: Iterable[Record], basis: Basis, dated: str, period: Period, workdays: Workdays,
    as_of: date,
) -> Iterable[RecordFacts]:  # fmt: skip
    first, last = bounds(basis, period)
    for record in records:
        facts = RecordFacts(register, record, workdays, min(as_of, last) if basis is Basis.STOCK else as_of)
        day = facts(dated)
        if isinstance(day, date) and first <= day <= last:
            yield facts


def _listed(register: Register, found: Sequence[RecordFacts]) -> tuple[str, ...]:
    return () if register.restricted else tuple(sorted(facts.record.number for facts in found))


def _last_day(period: Period) -> date:
    month = period.last_month
    leap = month == 2 and ((period.year % 4 == 0 and period.year % 100 != 0) or period.year % 400 == 0)
    return date(period.year, month, _LAST_DAYS[month - 1] + leap)


def _value(numerator: Decimal, denominator: Decimal | None) -> Value | None:
    if denominator is None:
        return Value(ValueKind.NUMBER, numerator)
    return Value(ValueKind.PERCENT, numerator * HUNDRED / denominator) if denominator else None


def _note(rule: CountingRule, value: Value | None, waiting: int) -> str:
    parts = [rule.nothing] if value is None else []
    if waiting:
        parts.append(f"{waiting} rekaman belum dihitung karena masih berjalan.")
    return " ".join(parts)


def _sure(register: Register, rule: CountingRule, found: Sequence[RecordFacts]) -> None:
    parts = [rule.numerator.where, *([rule.denominator.where] if rule.denominator else [])]
    asked = {subject for part in parts for subject in subjects(part)}
    codes = {subject.partition(".")[2] for subject in asked if subject.startswith(("@verdict.", "@due.", "@used."))}
    years = {
        year for facts in found for code in codes if register.deadline(code)
        for year in facts.clock(code).unknown_years
    }  # fmt: skip
    if years:
        fault = Fault(
            "Tabel hari libur belum ada", Place(record=register.code), ", ".join(map(str, sorted(years))),
            "hari libur tahun itu", "Tambahkan hari libur nasional tahun itu ke buku aturan.",
        )  # fmt: skip
        raise Refusal(f"{rule.name} tidak dapat dihitung.", fault)


def _labels(register: Register, by: str, content: Content | None) -> tuple[str, ...]:
    if not by:
        return ("",)
    if content is None:
        return ("(kosong)",)
    if by == "@state":
        state = register.state(str(content))
        return (state.name if state else str(content),)
    if isinstance(content, tuple):
        return content
    return (format_date(content) if isinstance(content, date) else shown(content),)


def _order(register: Register, summary: Summary, groups: Mapping[str, object]) -> tuple[str, ...]:
    by = register.field(summary.by)
    known = by.choices if by else ()
    if summary.by == "@state":
        known = tuple(state.name for state in register.states)
    rest = (label for label in groups if label not in known)
    return (
        *known,
        *sorted(rest, key=lambda label: (not label.isdecimal(), int(label) if label.isdecimal() else 0, label)),
    )
