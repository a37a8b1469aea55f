"""The shapes of the API, made from the records of `core`, so that a field cannot be in one and missing in the other."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, Generic, TypeVar, get_type_hints

from ninja import Field, Schema
from pydantic import create_model

from selaras.core.org import Agency
from selaras.core.snapshot import RECORD_KINDS
from selaras.documents.workbook.columns import Column
from selaras.documents.workbook.schema import BY_RECORD

Item = TypeVar("Item")


class Page(Schema, Generic[Item]):
    """Some of many."""

    total: int = Field(description="Jumlah seluruhnya.")
    items: list[Item]


class Stored(Schema, Generic[Item]):
    """A record with its number in the installation."""

    id: int
    record: Item


class Change(Schema):
    """One field that a write changed."""

    field: str
    before: str
    after: str


class Saved(Schema):
    """What a write did."""

    changes: list[Change]


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    faults: list[dict[str, Any]] = Field(default_factory=list)
    clashes: list[dict[str, Any]] = Field(default_factory=list)


def model_of(record: type[Any]) -> type[Schema]:
    """The model of one kind of record: its fields with the helps of its sheet, without its place."""
    hints = get_type_hints(record)
    helps = {column.root: column.help for column in BY_RECORD[record].columns if isinstance(column, Column)}
    shape: dict[str, Any] = {}
    for item in fields(record):
        if item.name == "place":
            continue
        default = ... if item.default is MISSING else item.default
        shape[item.name] = (hints[item.name], Field(default, description=helps.get(item.name, "")))
    model: type[Schema] = create_model(record.__name__, __base__=Schema, __doc__=record.__doc__, **shape)
    return model


MODELS: dict[type[Any], type[Schema]] = {kind.record: model_of(kind.record) for kind in RECORD_KINDS}
AGENCY = model_of(Agency)


def record_of(kind: type[Any], given: Schema) -> Any:
    """The record of `core` that a request holds. Raises ValueError where it contradicts itself."""
    return kind(**{name: getattr(given, name) for name in type(given).model_fields})


def data_of(item: Any) -> dict[str, Any]:
    """A record as the model's data."""
    return {field.name: getattr(item, field.name) for field in fields(item) if field.name != "place"}
