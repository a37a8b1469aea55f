"""Filters over records: a small typed expression as data, never evaluated as code, and its plain interpreter.

A filter has two values only. A comparison with something empty is false, and `!=` is the exact opposite of `=`; who
translates a filter to SQL must keep that (NULL is false before it is negated).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from selaras.core.errors import Fault, Refusal
from selaras.core.place import NOWHERE, Place
from selaras.core.registers.fields import NUMERIC, Content, FieldKind, fits, shown

Facts = Callable[[str], Content | None]
"""What a record says about a subject: a field by its code, or a fact of `facts` by its name with `@`."""

DEEPEST = 8
MOST_PARTS = 50


class Op(StrEnum):
    """How a subject is compared. `holds`: the list of choices has this one."""

    IS = "="
    IS_NOT = "!="
    BELOW = "<"
    UP_TO = "<="
    ABOVE = ">"
    FROM = ">="
    IN = "in"
    HOLDS = "holds"
    FILLED = "filled"
    EMPTY = "empty"


ORDERED = frozenset({Op.BELOW, Op.UP_TO, Op.ABOVE, Op.FROM})
BARE = frozenset({Op.FILLED, Op.EMPTY})


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison; no value with `filled` and `empty`, a tuple of texts with `in`."""

    subject: str
    op: Op
    value: Content | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts, always."""

    parts: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; without parts, never."""

    parts: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Filter


Filter = Comparison | All | AnyOf | Not
ALWAYS = All()


def holds(filter_: Filter, facts: Facts) -> bool:
    """Whether the filter holds for the record that `facts` tells about."""
    if isinstance(filter_, All):
        return all(holds(part, facts) for part in filter_.parts)
    if isinstance(filter_, AnyOf):
        return any(holds(part, facts) for part in filter_.parts)
    if isinstance(filter_, Not):
        return not holds(filter_.part, facts)
    return _compare(filter_, facts(filter_.subject))


def subjects(filter_: Filter) -> Iterator[str]:
    """Every subject the filter asks about, with repetitions."""
    if isinstance(filter_, Comparison):
        yield filter_.subject
    elif isinstance(filter_, Not):
        yield from subjects(filter_.part)
    else:
        for part in filter_.parts:
            yield from subjects(part)


def faults_of_filter(
    filter_: Filter, kind_of: Callable[[str], tuple[FieldKind, tuple[str, ...]] | None], place: Place = NOWHERE
) -> Iterator[Fault]:
    """What is wrong with a filter: unknown subjects, comparisons that the kind does not know, values of another type.

    `kind_of` gives the kind and, where there are any, the choices of a subject; None if there is no such subject.
    """
    if isinstance(filter_, Comparison):
        yield from _comparison_faults(filter_, kind_of(filter_.subject), place)
    elif isinstance(filter_, Not):
        yield from faults_of_filter(filter_.part, kind_of, place)
    else:
        for part in filter_.parts:
            yield from faults_of_filter(part, kind_of, place)


def filter_data(filter_: Filter) -> dict[str, Any]:
    """The filter as plain data: `{"all": […]}`, `{"any": […]}`, `{"not": …}`, `{"field": …, "op": …, "value": …}`."""
    if isinstance(filter_, All):
        return {"all": [filter_data(part) for part in filter_.parts]}
    if isinstance(filter_, AnyOf):
        return {"any": [filter_data(part) for part in filter_.parts]}
    if isinstance(filter_, Not):
        return {"not": filter_data(filter_.part)}
    data: dict[str, Any] = {"field": filter_.subject, "op": filter_.op.value}
    if filter_.value is not None:
        data["value"] = list(filter_.value) if isinstance(filter_.value, tuple) else plain(filter_.value)
    return data


def filter_from(data: object, place: Place = NOWHERE) -> Filter:
    """The filter that `filter_data` wrote, or that a person wrote. Raises Refusal; the meaning is checked elsewhere."""
    return _from(data, place, 0)


def plain(value: Content) -> Content | int:
    """A value as a file keeps it: whole numbers as such."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


def _from(data: object, place: Place, depth: int) -> Filter:
    if not isinstance(data, Mapping):
        raise _refusal("penyaring bukan tabel", place, str(data), "all, any, not, atau field dan op")
    if depth > DEEPEST:
        raise _refusal("penyaring bersusun terlalu dalam", place, str(depth), f"paling dalam {DEEPEST}")
    keys = set(data)
    if keys == {"not"}:
        return Not(_from(data["not"], place, depth + 1))
    if keys in ({"all"}, {"any"}):
        (key,) = keys
        parts = data[key]
        if not isinstance(parts, list) or len(parts) > MOST_PARTS:
            raise _refusal(f"{key} bukan daftar", place, str(parts)[:80], f"daftar paling banyak {MOST_PARTS} bagian")
        made = tuple(_from(part, place, depth + 1) for part in parts)
        return All(made) if key == "all" else AnyOf(made)
    if not keys <= {"field", "op", "value"} or not {"field", "op"} <= keys:
        raise _refusal("isi penyaring tidak dikenal", place, ", ".join(map(str, data)), "field, op, value")
    return _comparison_from(data, place)


def _comparison_from(data: Mapping[Any, Any], place: Place) -> Comparison:
    if not isinstance(data["field"], str) or data["op"] not in {op.value for op in Op}:
        raise _refusal("perbandingan tidak dikenal", place, f"{data['field']} {data['op']}", " ".join(Op))
    value = data.get("value")
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = tuple(value)
    if value is not None and not isinstance(value, str | Decimal | bool | date | tuple):
        raise _refusal("nilai pembanding tidak dikenal", place, str(value), "teks, angka, tanggal, atau daftar teks")
    return Comparison(data["field"], Op(data["op"]), value)


def _compare(asked: Comparison, content: Content | None) -> bool:
    op, value = asked.op, asked.value
    if op is Op.EMPTY:
        return content is None
    if op is Op.FILLED:
        return content is not None
    if op is Op.IS_NOT:
        return not _equal(content, value)
    if content is None or value is None:
        return False
    if op is Op.IS:
        return _equal(content, value)
    if op is Op.IN:
        return isinstance(value, tuple) and content in value
    if op is Op.HOLDS:
        return isinstance(content, tuple) and value in content
    return _ordered(op, content, value)


def _equal(content: Content | None, value: Content | None) -> bool:
    return isinstance(content, bool) is isinstance(value, bool) and content is not None and content == value


def _ordered(op: Op, content: Content, value: Content) -> bool:
    if isinstance(content, Decimal) and isinstance(value, Decimal):
        order = int(content.compare(value))
    elif isinstance(content, date) and isinstance(value, date):
        order = (content - value).days
    else:
        return False
    return {Op.BELOW: order < 0, Op.UP_TO: order <= 0, Op.ABOVE: order > 0, Op.FROM: order >= 0}[op]


def _comparison_faults(
    asked: Comparison, known: tuple[FieldKind, tuple[str, ...]] | None, place: Place
) -> Iterator[Fault]:
    if known is None:
        yield Fault("penyaring menunjuk isian yang tidak ada", place, asked.subject, "kode isian register ini")
        return
    kind, choices = known
    allowed = _allowed(kind)
    if asked.op not in allowed:
        yield Fault(
            f"penyaring {asked.subject}: perbandingan tidak berlaku untuk {kind.value}", place, asked.op.value,
            " ".join(op.value for op in Op if op in allowed),
        )  # fmt: skip
    elif (asked.value is None) is not (asked.op in BARE):
        expected = "tanpa nilai" if asked.op in BARE else "nilai pembanding"
        yield Fault(f"penyaring {asked.subject}: nilai pembanding", place, shown(asked.value), expected)
    elif asked.value is not None:
        yield from _value_faults(asked, asked.value, kind, choices, place)


def _value_faults(
    asked: Comparison, value: Content, kind: FieldKind, choices: tuple[str, ...], place: Place
) -> Iterator[Fault]:
    listed = isinstance(value, tuple)
    right = listed if asked.op is Op.IN else isinstance(value, str) if asked.op is Op.HOLDS else fits(kind, value)
    if not right:
        yield Fault(f"penyaring {asked.subject}: jenis nilai tidak sesuai", place, shown(value), kind.value)
        return
    for text in value if isinstance(value, tuple) else (value,):
        if choices and isinstance(text, str) and text not in choices:
            yield Fault(f"penyaring {asked.subject}: pilihan tidak dikenal", place, text, " | ".join(choices))


def _allowed(kind: FieldKind) -> frozenset[Op]:
    if kind in NUMERIC or kind is FieldKind.DATE:
        return BARE | ORDERED | {Op.IS, Op.IS_NOT}
    if kind is FieldKind.YES_NO:
        return BARE | {Op.IS, Op.IS_NOT}
    if kind is FieldKind.CHOICES:
        return BARE | {Op.HOLDS}
    return BARE | {Op.IS, Op.IS_NOT, Op.IN}


def _refusal(message: str, place: Place, read: str, expected: str) -> Refusal:
    return Refusal("Penyaring tidak dapat dibaca.", Fault(message, place, read, expected))
