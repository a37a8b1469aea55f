"""What is kept of a review between two requests: readings and findings as plain JSON, without loss, and who is who in it.

Nothing but the value types of `core` comes back, whatever stands in the file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from selaras.core import binding, computed, document, finding, place, source
from selaras.core.errors import CannotRun, Fault
from selaras.core.finding import Finding
from selaras.core.place import Place
from selaras.core.source import Reading

KIND, VALUE = "$", "v"
HOMES = (document, source, place, finding, binding, computed)


def packed(value: Any) -> Any:
    """A value of `core` as JSON knows values; fields that hold their default are left out."""
    if isinstance(value, Enum):
        return {KIND: type(value).__name__, VALUE: value.value}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple | list):
        return [packed(item) for item in value]
    if isinstance(value, Decimal | date):
        return {KIND: type(value).__name__, VALUE: str(value)}
    if is_dataclass(value) and type(value).__name__ in _types():
        return {KIND: type(value).__name__} | {
            field.name: packed(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
    raise TypeError(f"{type(value).__name__} cannot be kept")


def unpacked(value: Any) -> Any:
    """The value that `packed` gave. Raises KeyError, TypeError or ValueError for anything else."""
    if isinstance(value, list):
        return tuple(unpacked(item) for item in value)
    if not isinstance(value, dict):
        return value
    kind = value[KIND]
    if kind == "Decimal":
        return Decimal(value[VALUE])
    if kind == "date":
        return date.fromisoformat(value[VALUE])
    made = _types()[kind]
    if issubclass(made, Enum):
        return made(value[VALUE])
    return made(**{name: unpacked(part) for name, part in value.items() if name != KIND})


def kept(reading: Reading) -> bytes:
    """A reading as a packed file."""
    return gzip.compress(json.dumps(packed(reading), ensure_ascii=False).encode(), compresslevel=5, mtime=0)


def restored(content: bytes, name: str = "") -> Reading:
    """The reading in a packed file. Raises CannotRun if it is damaged or of another version."""
    try:
        reading = unpacked(json.loads(gzip.decompress(content)))
    except (OSError, EOFError, ValueError, TypeError, KeyError) as error:
        fault = Fault("bacaan yang tersimpan rusak atau dari versi lain", read=str(error)[:120], remedy="Baca ulang.")
        raise CannotRun(f"Bacaan {name} tidak dapat dibuka.".replace("  ", " "), fault) from error
    assert isinstance(reading, Reading)
    return reading


def fingerprints(findings: Iterable[Finding], own: str = "") -> tuple[str, ...]:
    """For each finding a name that stays the same when the same file is read and reviewed again.

    It is made of the rule, of what is stated, and of the first place; equal ones are counted. The file's own name
    (`own`) does not count, so that a renamed file keeps its judgements.
    """
    seen: Counter[str] = Counter()
    names = []
    for item in findings:
        spot = item.places[0] if item.places else Place()
        parts = [
            item.code, item.kind, item.stated, "" if spot.source == own else spot.source, spot.sheet, spot.cell,
            spot.page, spot.line, spot.table, spot.row, spot.column, spot.record, spot.quote,
        ]  # fmt: skip
        name = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return tuple(names)


@cache
def _types() -> Mapping[str, Any]:
    """The value types that may be kept, by their names."""
    return {
        name: item
        for home in HOMES
        for name, item in vars(home).items()
        if isinstance(item, type)
        and item.__module__ == home.__name__
        and (is_dataclass(item) or issubclass(item, Enum))
    }
