"""The way back from the attached JSON to the snapshot: a report that was frozen is composed again from its own data."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from selaras.core.errors import CannotRun, Fault
from selaras.core.place import NOWHERE, Place
from selaras.core.reporting.attachment import SCHEMA
from selaras.core.snapshot import Snapshot

Reader = Callable[[Any], Any]
REMEDY = "Pulihkan berkas datanya dari cadangan, atau bekukan data sekali lagi."


def thaw(text: str) -> Snapshot:
    """The snapshot that `attach` wrote; what it left out (empty texts, no value, empty lists) comes back empty.

    Raises CannotRun if the text is damaged or was written by another version of the format.
    """
    try:
        body = json.loads(text)
        if body["schema"] != SCHEMA:
            fault = Fault("skema data", read=str(body["schema"]), expected=SCHEMA, remedy=REMEDY)
            raise CannotRun("Data beku ini ditulis dalam bentuk yang tidak dikenal.", fault)
        snapshot = _reader(Snapshot)(body["snapshot"])
    except (ValueError, TypeError, KeyError, InvalidOperation) as error:
        raise CannotRun(
            "Data beku tidak dapat dibaca.", Fault("rusak", read=str(error)[:120], remedy=REMEDY)
        ) from error
    assert isinstance(snapshot, Snapshot)
    return snapshot


@cache
def _reader(kind: Any) -> Reader:
    """How a value of one type is read back from plain JSON."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = _reader(next(option for option in get_args(kind) if option is not NoneType))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _reader(get_args(kind)[0])
        return lambda values: tuple(item(value) for value in values or ())
    if hasattr(kind, "__dataclass_fields__"):
        return _record_reader(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    simple: dict[Any, Reader] = {Decimal: Decimal, date: date.fromisoformat, str: lambda value: value or ""}
    return simple.get(kind, lambda value: value)


def _record_reader(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = [(field.name, hints[field.name], _reader(hints[field.name])) for field in fields(kind)]

    def read(given: dict[str, Any]) -> Any:
        made = {}
        for name, hint, reader in readers:
            if name in given:
                made[name] = reader(given[name])
            elif hint is Place:
                made[name] = NOWHERE
            elif hint is str or get_origin(hint) in (Union, UnionType, tuple):
                made[name] = reader(None)
        return kind(**made)

    return read
