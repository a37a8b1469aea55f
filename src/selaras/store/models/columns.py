"""Columns that several tables share: choices of an enumeration, exact numbers, values and periods of `core`."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import F, Q

from selaras.core.period import PER_YEAR, Period, Span
from selaras.core.value import Value, ValueKind

VALUE_PARTS = ("kind", "amount", "upper", "grade", "flag")
PERIOD_PARTS = ("year", "span", "index")


def choice(names: type[StrEnum], *, optional: bool = False) -> models.CharField[str, str]:
    """Text from a fixed list; empty stands for none where it is `optional`."""
    return models.CharField(max_length=80, choices=[(name.value, name.value) for name in names], blank=optional)


def text() -> models.TextField[str, str]:
    """Free text; empty stands for none, never NULL."""
    return models.TextField(blank=True)


def code() -> models.CharField[str, str]:
    """The agency's own code of a record; unique within the agency."""
    return models.CharField(max_length=None)


def money() -> models.DecimalField[Any, Any]:
    """Rupiah with two decimals."""
    return models.DecimalField(max_digits=20, decimal_places=2)


def exact(*, optional: bool = False) -> models.DecimalField[Any, Any]:
    """A number as it was given: wide enough that no number of fifteen digits from a spreadsheet is rounded."""
    return models.DecimalField(max_digits=30, decimal_places=15, null=optional, blank=optional)


def reference(to: str, *, optional: bool = False, part: bool = False) -> models.ForeignKey[Any, Any]:
    """Another record of the same agency. Records that are `part` of it go with it; others protect it."""
    return models.ForeignKey(
        to,
        on_delete=models.CASCADE if part else models.PROTECT,
        null=optional,
        blank=optional,
        related_name="+",
    )


class PeriodColumns:
    """The columns `year`, `span` and `index` of a table, read together as a `Period`."""

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        """Add the columns to the table, and the property `name`."""
        fields: dict[str, models.Field[Any, Any]] = {
            "year": models.PositiveSmallIntegerField(),
            "span": choice(Span),
            "index": models.PositiveSmallIntegerField(),
        }
        for part, field in fields.items():
            field.contribute_to_class(model, part)
        setattr(model, name, self)

    def __get__(self, row: Any, owner: type[models.Model] | None = None) -> Period:
        """The period of a row."""
        return Period(row.year, Span(row.span), row.index)


class ValueColumns:
    """Five columns of a table, `<name>_kind` and so on, read together as a `Value`."""

    def __init__(self, *, optional: bool = False) -> None:
        self.optional = optional
        self.parts: tuple[str, ...] = ()

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        """Add the columns to the table, and the property `name`."""
        fields: dict[str, models.Field[Any, Any]] = {
            "kind": choice(ValueKind, optional=self.optional),
            "amount": exact(optional=True),
            "upper": exact(optional=True),
            "grade": models.CharField(max_length=None, blank=True),
            "flag": models.BooleanField(null=True, blank=True),
        }
        for part, field in fields.items():
            field.contribute_to_class(model, f"{name}_{part}")
        self.parts = tuple(f"{name}_{part}" for part in VALUE_PARTS)
        setattr(model, name, self)

    def __get__(self, row: Any, owner: type[models.Model] | None = None) -> Value | None:
        """The value of a row, None if it has none."""
        return value_of(*(getattr(row, part) for part in self.parts))


def value_of(kind: str, amount: Any, upper: Any, grade: str, flag: bool | None) -> Value | None:
    """The value that stands in five columns, None if there is none."""
    return Value(ValueKind(kind), amount, upper, grade, flag) if kind else None


def period_is_real(table: str) -> models.CheckConstraint:
    """There is no fifth quarter."""
    spans = Q()
    for span, count in PER_YEAR.items():
        spans |= Q(span=span.value, index__range=(1, count))
    return models.CheckConstraint(
        name=f"{table}_period_is_real",
        condition=spans & Q(year__range=(1900, 2200)),
        violation_error_message="periode tidak ada",
    )


def value_is_whole(table: str, name: str = "value", *, optional: bool = False) -> models.CheckConstraint:
    """A value has what its kind asks for and nothing else; a range does not run backwards."""
    nothing = {"amount__isnull": True, "upper__isnull": True, "grade": "", "flag__isnull": True}

    def shape(kinds: list[str], **filled: Any) -> Q:
        rest = {key: wanted for key, wanted in nothing.items() if key.split("__")[0] not in filled}
        given = {key: wanted for key, wanted in filled.items() if wanted is not None}
        return Q(**{f"{name}_{key}": wanted for key, wanted in {"kind__in": kinds, **rest, **given}.items()})

    amounts = shape([ValueKind.NUMBER.value, ValueKind.PERCENT.value], amount=None, upper=None)
    amounts &= Q(**{f"{name}_amount__isnull": False})
    amounts &= Q(**{f"{name}_upper__isnull": True}) | Q(**{f"{name}_upper__gte": F(f"{name}_amount")})
    grades = shape([ValueKind.GRADE.value], grade=None) & ~Q(**{f"{name}_grade": ""})
    flags = shape([ValueKind.YES_NO.value], flag=None) & Q(**{f"{name}_flag__isnull": False})
    condition = amounts | grades | flags
    if optional:
        condition |= shape([""])
    return models.CheckConstraint(
        name=f"{table}_{name}_is_whole",
        condition=condition,
        violation_error_message="isi nilai tidak sesuai dengan jenisnya",
    )


def in_order(table: str, first: str, last: str) -> models.CheckConstraint:
    """`last` does not lie before `first`; either may be open where it is NULL."""
    return models.CheckConstraint(
        name=f"{table}_{last}_after_{first}",
        condition=Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        violation_error_message="akhir mendahului awal",
    )


def one_each(table: str, *key: str) -> models.UniqueConstraint:
    """The natural key of a record is unique within its agency."""
    return models.UniqueConstraint(
        name=f"{table}_key", fields=("agency", *key), violation_error_message="kunci yang sama sudah ada"
    )
