"""The shapes of the API, made from the records of `core`, so that a field cannot be in one and missing in the other."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Annotated, Any, Generic, Literal, TypeVar, get_type_hints

from ninja import Field, Schema
from pydantic import TypeAdapter, create_model

from selaras.api.intake import Given
from selaras.core.org import Agency
from selaras.core.snapshot import RECORD_KINDS
from selaras.documents.workbook.columns import Column
from selaras.documents.workbook.examples import example_records
from selaras.documents.workbook.schema import BY_RECORD

Item = TypeVar("Item")
LARGEST = 2**31 - 1
Whole = Annotated[int, Field(ge=-LARGEST - 1, le=LARGEST)]


class Page(Schema, Generic[Item]):
    """Sebagian dari banyak."""

    total: int = Field(description="Jumlah seluruhnya.")
    items: list[Item]


class Stored(Schema, Generic[Item]):
    """Satu data dengan nomornya pada instalasi ini."""

    id: int = Field(description="Nomor pada instalasi ini; berubah bila datanya dihapus dan dibuat lagi.")
    record: Item


class Change(Schema):
    """Satu isian yang berubah."""

    field: str = Field(description="Nama kolom; kosong untuk data baru.")
    before: str
    after: str


class Saved(Schema):
    """Yang berubah oleh penyimpanan; kosong bila semuanya sudah tersimpan demikian."""

    changes: list[Change]


class PlaceOut(Schema):
    """Tempat sebuah fakta: data, atau titik dalam berkas."""

    source: str = ""
    sheet: str = ""
    cell: str = ""
    page: int | None = None
    line: int | None = None
    table: str = ""
    row: int | None = None
    column: str = ""
    record: str = ""
    quote: str = ""


class FaultOut(Schema):
    """Satu kesalahan: apa, di mana, apa yang terbaca, apa yang seharusnya, bagaimana memperbaikinya."""

    message: str
    place: PlaceOut = Field(default_factory=PlaceOut)
    read: str = ""
    expected: str = ""
    remedy: str = ""


class FindingOut(Schema):
    """Satu temuan: apa yang tertulis, apa yang seharusnya, dan mengapa."""

    code: str
    kind: str
    severity: Literal["error", "warning", "info"]
    message: str
    stated: str = ""
    expected: str = ""
    arithmetic: str = ""
    regulation: str = ""
    suggestion: str = ""
    places: list[PlaceOut] = Field(default_factory=list)


class ClashOut(Schema):
    """Satu isian yang diubah orang lain: yang terlihat, yang kini tersimpan, yang dikirim."""

    field: str
    seen: str
    stands: str
    given: str


class Problem(Schema):
    """Kesalahan menurut RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    faults: list[FaultOut] = Field(default_factory=list)
    clashes: list[ClashOut] = Field(default_factory=list)
    changed_by: str = Field("", description="Siapa yang terakhir mengubah (409).")
    changed_at: str = Field("", description="Kapan terakhir diubah (409).")


def model_of(record: type[Any]) -> type[Schema]:
    """The model of one kind of record: its fields with the helps of its sheet, without its place."""
    hints = get_type_hints(record)
    sheet = BY_RECORD[record]
    helps = {column.root: column.help for column in sheet.columns if isinstance(column, Column)}
    shape: dict[str, Any] = {}
    for item in fields(record):
        if item.name == "place":
            continue
        default = ... if item.default is MISSING else item.default
        shape[item.name] = (_bounded(hints[item.name]), Field(default, description=helps.get(item.name, "")))
    model: type[Schema] = create_model(record.__name__, __base__=Given, __doc__=sheet.about, **shape)
    examples = EXAMPLES.get(record, [])[:1]
    model.model_config["json_schema_extra"] = {"examples": [_plain(record, item) for item in examples]}
    model.model_rebuild(force=True)
    return model


def change_of(record: type[Any]) -> type[Schema]:
    """The body of a write: the record, and what was seen of it before it was changed."""
    model = MODELS[record]
    seen = (model | None, Field(
        None,
        description="Data seperti yang terbaca sebelum diubah. Bila sementara itu diubah orang lain, jawabannya 409 dengan "
        "kedua nilainya, dan tidak ada yang tersimpan.",
    ))  # fmt: skip
    shape: dict[str, Any] = {"seen": seen}
    made: type[Schema] = create_model(f"{record.__name__}Change", __base__=model, __doc__=model.__doc__, **shape)
    return made


def record_of(kind: type[Any], given: Schema) -> Any:
    """The record of `core` that a request holds. Raises ValueError where it contradicts itself."""
    return kind(**{name: getattr(given, name) for name in MODELS[kind].model_fields})


def data_of(item: Any) -> dict[str, Any]:
    """A record as the model's data."""
    return {field.name: getattr(item, field.name) for field in fields(item) if field.name != "place"}


def _bounded(hint: Any) -> Any:
    """Whole numbers with the bounds of their columns."""
    if hint is int:
        return Whole
    return Whole | None if hint == int | None else hint


def _plain(record: type[Any], item: Any) -> dict[str, Any]:
    hints = get_type_hints(record)
    return {name: TypeAdapter(hints[name]).dump_python(value, mode="json") for name, value in data_of(item).items()}


EXAMPLES = example_records()
MODELS: dict[type[Any], type[Schema]] = {kind.record: model_of(kind.record) for kind in RECORD_KINDS}
CHANGES: dict[type[Any], type[Schema]] = {kind.record: change_of(kind.record) for kind in RECORD_KINDS}
AGENCY = model_of(Agency)
