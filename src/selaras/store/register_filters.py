"""Filters over records as SQL, with the meaning that `core.registers.filters.holds` gives them.

A filter has two values, SQL has three. So nothing is ever negated in SQL: a negation is carried down to the
comparisons, and each is written with what it says of an empty subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Context, Decimal
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import BooleanField, Case, DateField, Expression, F, Func, Q, TextField, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import IsNull

from selaras.core.registers.clock import Verdict
from selaras.core.registers.definition import (
    CLOSED,
    DUE,
    NUMBER,
    OPENED,
    REACHED,
    STATE,
    UNIT,
    USED,
    VERDICT,
    Register,
)
from selaras.core.registers.fields import NUMERIC, Content, FieldKind
from selaras.core.registers.filters import All, Comparison, Filter, Not, Op
from selaras.store.models.registers import Standing
from selaras.store.register_rows import MARK, PLACES, WHOLE, packed, sort_key

Path = tuple[str, ...]
"""Where a text lies: the JSON column, then its keys."""
ALWAYS, NEVER = Q(pk__isnull=False), Q(pk__isnull=True)
_INVERSE = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Fetched(Func):
    """The text at a path of keys in a JSON column; NULL where there is none."""

    output_field = TextField()

    def __init__(self, column: Any, *keys: str) -> None:
        super().__init__(column)
        self.keys = keys

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        """`json_extract` with a path; the keys are quoted, so that they are never read as a part of it."""
        del connection
        column, params = compiler.compile(self.source_expressions[0])
        path = "$" + "".join(f'."{key}"' for key in self.keys)
        return f"JSON_EXTRACT({column}, %s)", (*params, path)

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        """`jsonb_extract_path_text` with the keys."""
        del connection
        column, params = compiler.compile(self.source_expressions[0])
        places = ", ".join(["%s"] * len(self.keys))
        return f"JSONB_EXTRACT_PATH_TEXT({column}, {places})", (*params, *self.keys)


class Compared(Func):
    """Two expressions with an operator between; NULL where one of them is."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, left: Any, operator: str, right: Any) -> None:
        super().__init__(left, right, template="%(expressions)s", arg_joiner=f" {operator} ")


@dataclass(frozen=True, slots=True)
class DateOf:
    """A subject that holds a date: its expression, and whether that is a text of JSON."""

    expression: Any
    is_text: bool

    def value(self, day: date) -> Any:
        """A day as the expression is compared with it."""
        return Value(day.isoformat(), TextField()) if self.is_text else Value(day, DateField())


class Translator:
    """Filters of one register as conditions over rows whose facts are reckoned and final on the day `as_of`.

    `slots` are columns that repeat what lies at some paths of JSON; give them only for rows that were reckoned by the
    same definition. `paths` are those that were asked for so far.
    """

    def __init__(self, register: Register, as_of: date, slots: Mapping[Path, str] | None = None) -> None:
        self.register = register
        self.as_of = as_of
        self.paths: dict[Path, None] = {}
        self._slots = slots or {}
        self._first = register.deadlines[0].code if register.deadlines else ""

    def condition(self, filter_: Filter, *, holds: bool = True) -> Q:
        """The rows for which the filter holds, or does not."""
        if isinstance(filter_, Not):
            return self.condition(filter_.part, holds=not holds)
        if isinstance(filter_, Comparison):
            return self._comparison(filter_, holds=holds)
        parts = [self.condition(part, holds=holds) for part in filter_.parts]
        every = isinstance(filter_, All) is holds
        return both(parts) if every else either(parts)

    def dated(self, subject: str, first: date, last: date) -> Q:
        """The rows whose date `subject` lies from `first` to `last`."""
        of = self.day(subject)
        made = Q(Compared(of.expression, "<=", of.value(last)))
        return made if first == date.min else made & Q(Compared(of.expression, ">=", of.value(first)))

    def day(self, subject: str) -> DateOf:
        """The expression of a subject that holds a date."""
        columns = {OPENED: "opened", CLOSED: "closed"}
        if subject in columns:
            return DateOf(F(columns[subject]), is_text=False)
        if subject.startswith(REACHED):
            return DateOf(self._fetched("facts", "reached", subject.removeprefix(REACHED)), is_text=True)
        if subject.startswith(DUE):
            return self._clock_day(subject.removeprefix(DUE), "due")
        return DateOf(self._content(subject), is_text=True)

    def amount(self, subject: str) -> Any:
        """The expression of what a subject holds, as `content_of` reads it again: for different contents and sums."""
        if subject == STATE:
            return F("state")
        if subject == UNIT:
            return F("unit__code")
        if subject == NUMBER:
            return F("number")
        if subject in {OPENED, CLOSED} or subject.startswith((REACHED, DUE)):
            return self.day(subject).expression
        return self._content(subject)

    def used(self, code: str) -> Any:
        """The expression of the days that a deadline used."""
        return self._clock(code, "used")

    def _fetched(self, *path: str) -> Any:
        self.paths.setdefault(path)
        column = self._slots.get(path)
        return Fetched(F(path[0]), *path[1:]) if column is None else F(column)

    def _content(self, code: str) -> Any:
        return self._fetched(self._column(code, "content"), code)

    def _key(self, code: str) -> Any:
        return self._fetched(self._column(code, "facts"), "keys", code)

    def _column(self, code: str, name: str) -> str:
        field = self.register.field(code)
        return f"private__{name}" if field is not None and field.personal else name

    def _clock(self, code: str, part: str) -> Any:
        return F(part) if code == self._first else self._fetched("facts", "clocks", code, part)

    def _clock_day(self, code: str, part: str) -> DateOf:
        return DateOf(self._clock(code, part), is_text=code != self._first)

    def _comparison(self, asked: Comparison, *, holds: bool) -> Q:
        subject, op, value = asked.subject, asked.op, asked.value
        if op is Op.IS_NOT:
            return self._comparison(Comparison(subject, Op.IS, value), holds=not holds)
        if op is Op.EMPTY:
            return self._comparison(Comparison(subject, Op.FILLED), holds=not holds)
        if subject.startswith(VERDICT):
            return self._verdicts(subject.removeprefix(VERDICT), _chosen(op, value), holds=holds)
        if op is Op.FILLED:
            return Q(IsNull(self._bare(subject), not holds))
        if subject.startswith(USED):
            return self._used(subject.removeprefix(USED), op, value, holds=holds)
        field = self.register.field(subject)
        if isinstance(value, Decimal) and field is not None and field.kind in NUMERIC:
            return _numeric(self._key(subject), op, value, holds=holds)
        if isinstance(value, date):
            of = self.day(subject)
            return _either(of.expression, op.value, of.value(value), holds=holds)
        if op is Op.HOLDS and isinstance(value, str):
            return _holding(self._key(subject), value, holds=holds)
        if op is Op.IN and isinstance(value, tuple):
            return _listed(self._bare(subject), value, holds=holds)
        if op is Op.IS and value is not None and (field is None or field.kind is not FieldKind.CHOICES):
            return _either(self._bare(subject), "=", Value(packed(value), TextField()), holds=holds)
        return NEVER if holds else ALWAYS

    def _bare(self, subject: str) -> Any:
        if subject.startswith(USED):
            return self._clock(subject.removeprefix(USED), "used")
        return self.amount(subject)

    def _used(self, code: str, op: Op, value: Content | None, *, holds: bool) -> Q:
        if not isinstance(value, Decimal):
            return NEVER if holds else ALWAYS
        if code == self._first:
            return _whole(F("used"), op, value, holds=holds)
        return _numeric(self._clock(code, "used"), op, value, holds=holds)

    def _verdicts(self, code: str, wanted: frozenset[str], *, holds: bool) -> Q:
        """The rows whose clock stands so on the day; a clock always stands somehow, so the rest is the other verdicts."""
        every = frozenset(item.value for item in Verdict)
        asked = sorted((wanted if holds else every - wanted) & every)
        if len(asked) > len(every) / 2:
            others = either([self._verdict(code, Verdict(item)) for item in sorted(every - set(asked))])
            return Q(Case(When(others, then=False), default=True, output_field=BooleanField()))
        return either([self._verdict(code, Verdict(item)) for item in asked])

    def _verdict(self, code: str, verdict: Verdict) -> Q:
        standing = self._clock(code, "standing")
        plain = {
            Verdict.WAITING: Standing.WAITING, Verdict.STOPPED: Standing.STOPPED, Verdict.NO_LIMIT: Standing.NO_LIMIT,
        }  # fmt: skip
        if verdict in plain:
            return Q(Compared(standing, "=", Value(plain[verdict].value, TextField())))
        due, ended = self._clock_day(code, "due"), self._clock_day(code, "ended")
        timed = Q(Compared(standing, "=", Value(Standing.TIMED.value, TextField())))
        if verdict in {Verdict.ON_TIME, Verdict.LATE}:
            return timed & Q(Compared(ended.expression, "<=" if verdict is Verdict.ON_TIME else ">", due.expression))
        running = ">=" if verdict is Verdict.RUNNING else "<"
        return timed & Q(IsNull(ended.expression, True)) & Q(Compared(due.expression, running, due.value(self.as_of)))


def both(parts: Iterable[Q]) -> Q:
    """Every condition; without any, every row."""
    left = [part for part in parts if part is not ALWAYS]
    if any(part is NEVER for part in left):
        return NEVER
    return reduce(and_, left) if left else ALWAYS


def either(parts: Iterable[Q]) -> Q:
    """At least one condition; without any, no row."""
    left = [part for part in parts if part is not NEVER]
    if any(part is ALWAYS for part in left):
        return ALWAYS
    return reduce(or_, left) if left else NEVER


def _chosen(op: Op, value: Content | None) -> frozenset[str]:
    if op is Op.FILLED:
        return frozenset(item.value for item in Verdict)
    if op is Op.IN and isinstance(value, tuple):
        return frozenset(value)
    return frozenset({value}) if op is Op.IS and isinstance(value, str) else frozenset()


def _either(left: Any, operator: str, right: Any, *, holds: bool) -> Q:
    """A comparison, or its opposite, which holds for what is empty too."""
    if holds:
        return Q(Compared(left, operator, right))
    return Q(IsNull(left, True)) | Q(Compared(left, _INVERSE[operator], right))


def _listed(left: Any, values: tuple[str, ...], *, holds: bool) -> Q:
    each = [Q(Compared(left, "=" if holds else "<>", Value(value, TextField()))) for value in values]
    return either(each) if holds else either([Q(IsNull(left, True)), both(each)])


def _holding(left: Expression, value: str, *, holds: bool) -> Q:
    found = StrIndex(left, Value(f"{MARK}{value}{MARK}", TextField()))
    if holds:
        return Q(Compared(found, ">", Value(0)))
    return Q(IsNull(left, True)) | Q(Compared(found, "=", Value(0)))


def _numeric(left: Any, op: Op, value: Decimal, *, holds: bool) -> Q:
    """A number against the texts that sort as numbers: exactly, also where the value has more digits than are kept."""
    key = sort_key(value)
    exact = Context(prec=200).compare(_amount(key), value) == 0
    return _bounded(left, op, Value(key, TextField()), exact=exact, above=_amount(key) > value, holds=holds)


def _whole(left: Any, op: Op, value: Decimal, *, holds: bool) -> Q:
    floor = value.to_integral_value(ROUND_FLOOR, Context(prec=200))
    if abs(floor) > 10**9:
        floor = Decimal(10**9 if floor > 0 else -(10**9))
    return _bounded(left, op, Value(int(floor)), exact=floor == value, above=floor > value, holds=holds)


def _bounded(left: Any, op: Op, bound: Any, *, exact: bool, above: bool, holds: bool) -> Q:
    """A comparison with a bound that is the value, or the next one below it (above it: the value is below all)."""
    if exact:
        return _either(left, op.value, bound, holds=holds)
    if op is Op.IS:
        return NEVER if holds else ALWAYS
    smaller = op in {Op.BELOW, Op.UP_TO}
    if above:
        return _either(left, "<" if smaller else ">=", bound, holds=holds)
    return _either(left, "<=" if smaller else ">", bound, holds=holds)


def _amount(key: str) -> Decimal:
    """The number that a key stands for."""
    return Decimal(int(key) - 10 ** (WHOLE + PLACES + 1)).scaleb(-PLACES, Context(prec=200))
