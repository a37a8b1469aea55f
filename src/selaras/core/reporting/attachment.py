"""The snapshot and every computed figure as JSON, attached to each document so that a machine reads exact figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from selaras.core.computed import Computed
from selaras.core.place import NOWHERE
from selaras.core.snapshot import Snapshot

SCHEMA = "selaras/snapshot/1"


def attach(snapshot: Snapshot, figures: Mapping[str, Computed]) -> str:
    """The JSON text of a snapshot and of the figures computed from it; keys sorted, so equal facts give equal bytes."""
    body = {"schema": SCHEMA, "snapshot": plain(snapshot), "figures": [plain(figures[key]) for key in sorted(figures)]}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def plain(value: Any) -> Any:
    """A value as JSON knows it: dataclasses as objects, Decimal and dates as text, empty places left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(inner)
            for field in fields(value)
            if (inner := getattr(value, field.name)) != NOWHERE and inner not in ("", None, ())
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the attachment, made from the value types themselves."""
    definitions: dict[str, Any] = {}
    body = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Lampiran data Selaras",
        "type": "object",
        "required": ["schema", "snapshot", "figures"],
        "properties": {
            "schema": {"const": SCHEMA},
            "snapshot": described(Snapshot, definitions),
            "figures": {"type": "array", "items": described(Computed, definitions)},
        },
    }
    return {**body, "$defs": dict(sorted(definitions.items()))}


def described(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type; dataclasses go to `$defs` by name."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        options = [option for option in get_args(kind) if option is not type(None)]
        return described(options[0], definitions)
    if origin is tuple:
        return {"type": "array", "items": described(get_args(kind)[0], definitions)}
    if is_dataclass(kind) and isinstance(kind, type):
        return referred(kind, definitions)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    simple = {
        Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
        date: {"type": "string", "format": "date"},
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        str: {"type": "string"},
    }
    return simple[kind]


def referred(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to a dataclass, described once."""
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        hints = get_type_hints(kind)
        definitions[kind.__name__] = {
            "type": "object",
            "description": (kind.__doc__ or "").split("\n")[0],
            "properties": {name: described(hint, definitions) for name, hint in hints.items()},
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{kind.__name__}"}
