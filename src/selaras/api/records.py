"""Every kind of record: list, one, save, remove. Made from `RECORD_KINDS`, with one shape each."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Header, Query, Router, Status

from selaras.actions.records import remove_record, save_record
from selaras.api.door import ApiRequest, once
from selaras.api.intake import PLAIN, AgencyCode, Row, Year
from selaras.api.schemas import CHANGES, MODELS, Page, Problem, Saved, Stored, data_of, record_of
from selaras.core.access import Act, check_somewhere
from selaras.core.errors import Fault, Refusal
from selaras.core.measurement.records import Realisation
from selaras.core.snapshot import RECORD_KINDS, RecordKind
from selaras.store.nips import FIELD, sight_of
from selaras.store.records import record_at, searched
from selaras.store.rows import all_tables
from selaras.store.rows import shown as words_of
from selaras.store.snapshot import find_agency

router = Router(tags=["records"])
MOST = 500
READS = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
MASKED = (
    " NIP tersamar, kecuali milik sendiri dan untuk token kepegawaian dengan lingkup `ubah`; NIP tersamar yang dikirim "
    "kembali membiarkan yang tersimpan."
)
WRITES = {400: Problem, **READS, 409: Problem}


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
        request: ApiRequest, agency: AgencyCode, year: Year,
        q: Annotated[str, Query(pattern=PLAIN, description="Kata yang dicari.", max_length=200)] = "",
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
        offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    ) -> Any:  # fmt: skip
        check_somewhere(request.actor, Act.SEE, agency)
        pk, _ = find_agency(agency)
        table = all_tables()[record]
        sight = sight_of(request.actor, agency)
        rows = searched(table, pk, year, q, hidden=sight.hidden)
        found = rows.values_list("pk", *table.paths)[offset : offset + limit]
        return {
            "total": rows.count(),
            "items": [_item(sight.record(table.record_of(row[1:])), row[0]) for row in found],
        }

    def shown(request: ApiRequest, agency: AgencyCode, year: Year, row: Row) -> Any:
        del year
        check_somewhere(request.actor, Act.SEE, agency)
        pk, _ = find_agency(agency)
        return _item(sight_of(request.actor, agency).record(record_at(all_tables()[record], pk, row)), row)

    private = MASKED if FIELD in shape.model_fields else ""
    listed.__doc__ = f"Daftar {all_tables()[record].label.lower()}. Menurut urutan instansi; `q` mencari kata.{private}"
    shown.__doc__ = f"Satu {all_tables()[record].label.lower()}.{private}"
    one: Any = Stored.__class_getitem__(shape)
    router.get(base, response={200: Page.__class_getitem__(one), **READS}, operation_id=f"list{name}")(listed)
    router.get(f"{base}/{{int:row}}", response={200: one, **READS}, operation_id=f"get{name}")(shown)
    if record is not Realisation:
        _add_writes(kind, base)


def _add_writes(kind: RecordKind, base: str) -> None:
    record = kind.record
    shape = CHANGES[record]
    name = record.__name__

    def saved(
        request: ApiRequest, agency: AgencyCode, year: Year, given: shape,  # type: ignore[valid-type]
        reason: Annotated[str, Query(pattern=PLAIN, description="Alasan perubahan, untuk riwayat.", max_length=2000)] = "",
        key: Annotated[str, Header(alias="Idempotency-Key", description="Agar aman dikirim ulang.")] = "",
    ) -> Any:  # fmt: skip
        del key
        item = _read(record, given)
        if all_tables()[record].is_yearly:
            _check_year(item, year)
        before = getattr(given, "seen", None)
        seen = None if before is None else _seen(_read(record, before), before)
        changes = save_record(request.actor, agency=agency, record=item, seen=seen, reason=reason)
        return {"changes": [{"field": one.field, "before": one.old, "after": one.new} for one in changes]}

    def removed(
        request: ApiRequest, agency: AgencyCode, year: Year, row: Row,
        reason: Annotated[str, Query(pattern=PLAIN, description="Alasan penghapusan, untuk riwayat.", max_length=2000)] = "",
    ) -> Any:  # fmt: skip
        del year
        check_somewhere(request.actor, Act.SEE, agency)
        pk, _ = find_agency(agency)
        remove_record(request.actor, agency=agency, record=record_at(all_tables()[record], pk, row), reason=reason)
        return Status(204, None)

    saved.__annotations__["given"] = shape
    label = all_tables()[record].label.lower()
    saved.__doc__ = (
        f"Simpan {label}. Kunci alaminya ({', '.join(kind.key)}) menentukan apakah data itu baru atau diubah; isian yang tidak "
        "dikirim kembali ke nilai bawaannya."
    )
    removed.__doc__ = f"Hapus {label}. Ditolak bila masih dipakai data lain."
    router.put(base, response={200: Saved, **WRITES}, operation_id=f"save{name}")(once(saved))
    router.delete(f"{base}/{{int:row}}", response={204: None, **WRITES}, operation_id=f"remove{name}")(removed)


def _read(record: type[Any], given: Any) -> Any:
    try:
        return record_of(record, given)
    except ValueError as error:
        raise Refusal(f"{record.__name__} bertentangan dengan dirinya sendiri.", Fault(str(error))) from error


def _seen(item: Any, given: Any) -> dict[str, str]:
    """What the sender saw, in the words in which the verbs compare; fields that were not sent are not compared."""
    return {name: words_of(getattr(item, name)) for name in given.model_fields_set}


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
