"""Tables of the yearly report by SQL: rows that say the same are counted together and read back as contents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from selaras.core.registers.clock import Verdict
from selaras.core.registers.counting import Alike
from selaras.core.registers.definition import USED, VERDICT, Register, Summary, kind_of
from selaras.core.registers.fields import Content, FieldKind
from selaras.core.registers.filters import Comparison, Op
from selaras.store import models as tables
from selaras.store.register_filters import Translator
from selaras.store.register_rows import unpacked

NOTHING = Value(None, TextField())


def rows_alike(
    translator: Translator, wanted: Sequence[Summary], rows: Sequence[QuerySet[tables.RegisterRecord]]
) -> tuple[list[Alike], ...]:
    """The rows that each table counts, by what it splits and adds up; one query. The rows must be final on its day."""
    groups: tuple[list[Alike], ...] = tuple([] for _summary in wanted)
    asked = []
    for at, (summary, inside) in enumerate(zip(wanted, rows, strict=True)):
        by, of = (_expression(translator, subject) for subject in (summary.by, summary.tally.of))
        asked.append(
            inside.order_by().values_list(Value(at, IntegerField()), Cast(by, TextField()), Cast(of, TextField()))
            .annotate(times=Count("pk"))
        )  # fmt: skip
    if not asked:
        return groups
    for at, split, added, times in asked[0].union(*asked[1:], all=True):
        summary, register = wanted[at], translator.register
        groups[at].append(
            Alike(_content(register, summary.by, split), _content(register, summary.tally.of, added), times)
        )
    return groups


def _expression(translator: Translator, subject: str) -> Any:
    if not subject:
        return NOTHING
    if subject.startswith(VERDICT):
        return Case(
            *(When(translator.condition(Comparison(subject, Op.IS, item.value)), then=Value(item.value)) for item in Verdict),
            output_field=TextField(),
        )  # fmt: skip
    if subject.startswith(USED):
        return translator.used(subject.removeprefix(USED))
    return translator.amount(subject)


def _content(register: Register, subject: str, kept: str | None) -> Content | None:
    """What `RecordFacts` gives for a subject, out of what the database holds."""
    if kept is None or not subject:
        return None
    if subject.startswith(USED):
        return Decimal(kept)
    field = register.field(subject)
    if field is None:
        known = kind_of(register, subject)
        return date.fromisoformat(kept) if known is not None and known[0] is FieldKind.DATE else kept
    return unpacked(field, json.loads(kept) if field.kind is FieldKind.CHOICES else kept)
