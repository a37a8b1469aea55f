"""Every kind of record: list, one, save, remove. Made from `RECORD_KINDS`, with one shape each."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Header, Query, Router, Status

from selaras.actions.records import remove_record, save_record
from selaras.api.door import ApiRequest, once
from selaras.api.schemas import MODELS, Page, Problem, Saved, Stored, data_of, record_of
from selaras.core.access import Act, check_somewhere
from selaras.core.errors import Fault, Refusal
from selaras.core.measurement.records import Realisation
from selaras.core.snapshot import RECORD_KINDS, RecordKind
from selaras.store.records import record_at, searched
from selaras.store.rows import all_tables
from selaras.store.snapshot import find_agency

router = Router(tags=["records"])
MOST = 500
ERRORS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


def path_of(kind: RecordKind) -> str:
    """The word in the address for one kind."""
    return kind.field.replace("_", "-")


def _add(kind: RecordKind) -> None:
    """The operations of one kind."""
    record = kind.record
    shape = MODELS[record]
    path = path_of(kind)
    name = record.__name__
    base = f"/agencies/{{agency}}/{{int:year}}/{path}"

    def listed(
        request: ApiRequest, agency: str, year: int,
        q: Annotated[str, Query(description="Kata yang dicari.", max_length=200)] = "",
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
        offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    ) -> Any:  # fmt: skip
        check_somewhere(request.actor, Act.SEE, agency)
        pk, _ = find_agency(agency)
        table = all_tables()[record]
        rows = searched(table, pk, year, q)
        found = rows.values_list("pk", *table.paths)[offset : offset + limit]
        return {"total": rows.count(), "items": [_item(table.record_of(row[1:]), row[0]) for row in found]}

    def shown(request: ApiRequest, agency: str, year: int, row: int) -> Any:
        del year
        check_somewhere(request.actor, Act.SEE, agency)
        pk, _ = find_agency(agency)
        return _item(record_at(all_tables()[record], pk, row), row)

    listed.__doc__ = f"{all_tables()[record].label} suatu tahun, menurut urutan instansi."
    shown.__doc__ = f"Satu {all_tables()[record].label.lower()}."
    one: Any = Stored.__class_getitem__(shape)
    router.get(base, response={200: Page.__class_getitem__(one), **ERRORS}, operation_id=f"list{name}")(listed)
    router.get(f"{base}/{{int:row}}", response={200: one, **ERRORS}, operation_id=f"get{name}")(shown)
    if record is not Realisation:
        _add_writes(kind, base)


def _add_writes(kind: RecordKind, base: str) -> None:
    record = kind.record
    shape = MODELS[record]
    name = record.__name__

    def saved(
        request: ApiRequest, agency: str, year: int, given: shape,  # type: ignore[valid-type]
        reason: Annotated[str, Query(description="Alasan perubahan, untuk riwayat.", max_length=2000)] = "",
        key: Annotated[str, Header(alias="Idempotency-Key", description="Agar aman dikirim ulang.")] = "",
    ) -> Any:  # fmt: skip
        del key
        try:
            item = record_of(record, given)
        except ValueError as error:
            raise Refusal(f"{name} bertentangan dengan dirinya sendiri.", Fault(str(error))) from error
        _check_year(item, year)
        changes = save_record(request.actor, agency=agency, record=item, reason=reason)
        return {"changes": [{"field": one.field, "before": one.old, "after": one.new} for one in changes]}

    def removed(
        request: ApiRequest, agency: str, year: int, row: int,
        reason: Annotated[str, Query(max_length=2000)] = "",
    ) -> Any:  # fmt: skip
        del year
        check_somewhere(request.actor, Act.SEE, agency)
        pk, _ = find_agency(agency)
        remove_record(request.actor, agency=agency, record=record_at(all_tables()[record], pk, row), reason=reason)
        return Status(204, None)

    saved.__annotations__["given"] = shape
    saved.__doc__ = f"Simpan {all_tables()[record].label.lower()} menurut kunci alaminya: {', '.join(kind.key)}."
    removed.__doc__ = f"Hapus {all_tables()[record].label.lower()}; ditolak bila masih dipakai."
    router.put(base, response={200: Saved, **ERRORS}, operation_id=f"save{name}")(once(saved))
    router.delete(f"{base}/{{int:row}}", response={204: None, **ERRORS}, operation_id=f"remove{name}")(removed)


def _item(record: Any, row: int) -> dict[str, Any]:
    return {"id": row, "record": data_of(record)}


def _check_year(item: Any, year: int) -> None:
    own = getattr(item, "year", None)
    if own is not None and own != year:
        raise Refusal(
            "Tahun pada data tidak sama dengan tahun pada alamat.",
            Fault("tahun berbeda", read=str(own), expected=str(year)),
        )


for _kind in RECORD_KINDS:
    _add(_kind)
