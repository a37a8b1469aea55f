"""What the tables cannot take of a record: numbers with too many digits, long keys, changes of what was verified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from selaras.actions._naming import header_of, name_of
from selaras.core.errors import Fault
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.value import Value
from selaras.store.rows import Table

DIGITS = 15
LONGEST_KEY = 500


def faults_of_digits(table: Table, item: Any) -> Iterator[Fault]:
    """Numbers that would be rounded on their way into the tables.

    More than fifteen digits are kept exactly neither by every database nor by a spreadsheet.
    """
    for name, places in table.amounts:
        value = getattr(item, name)
        for amount in (value.amount, value.upper) if isinstance(value, Value) else (value,):
            if amount is not None and not is_exact(amount, places):
                yield Fault(
                    f"{header_of(table, name)}: angka tidak dapat disimpan persis",
                    item.place,
                    str(amount),
                    f"paling banyak {DIGITS} angka penting dan {places} desimal",
                    "Bulatkan angkanya.",
                )


def faults_of_length(table: Table, item: Any) -> Iterator[Fault]:
    """A part of a key that is too long for an index."""
    for part in table.key_fields:
        value = getattr(item, part.name)
        if isinstance(value, str) and len(value) > LONGEST_KEY:
            yield Fault(
                f"{header_of(table, part.name)} terlalu panjang",
                item.place,
                f"{value[:40]}… ({len(value)} huruf)",
                f"paling banyak {LONGEST_KEY} huruf",
                "Ringkaskan isinya.",
            )


def is_exact(amount: Decimal, places: int) -> bool:
    """Whether a column of so many decimals keeps every digit of a number."""
    parts = amount.normalize().as_tuple()
    return isinstance(parts.exponent, int) and -places <= parts.exponent <= DIGITS - len(parts.digits)


def faults_of_state(record: Realisation, old: dict[str, Any], different: list[str]) -> Iterator[Fault]:
    """A locked realisation stays as it is; a verified one changes its value only by way of a draft."""
    before = Progress(old["status"])
    figures = [name for name in different if name.startswith(("value_", "numerator", "denominator"))]
    if before is Progress.LOCKED:
        yield Fault("realisasi sudah dikunci dan tidak dapat diubah", record.place, remedy="Kembalikan nilai semula.")
    elif before is Progress.VERIFIED and figures and record.status in {Progress.VERIFIED, Progress.LOCKED}:
        yield Fault(
            "nilai sudah diverifikasi dan tidak dapat diubah begitu saja",
            record.place,
            remedy="Ubah statusnya menjadi draf, lalu ajukan dan verifikasi kembali.",
        )


def refused_by_table(table: Table, record: Any, text: str) -> Fault:
    """The fault of a row that the tables refuse, in the words of the constraint that says no."""
    constraints = table.model._meta.constraints  # noqa: SLF001
    broken = next((item for item in constraints if re.search(rf"\b{item.name}\b", text)), None)
    reason = str(broken.violation_error_message) if broken else "isi baris tidak dapat disimpan"
    return Fault(reason, record.place, name_of(table, record), remedy="Perbaiki isi baris ini.")
