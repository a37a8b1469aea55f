"""Obstacles and their follow-up: steps with evidence, verified by another person; state, person and day of many at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from django.utils import timezone

from selaras.actions._keeping import Upload, fault_of_link, keep, kind_taken, not_taken
from selaras.actions._many import check_units, key_of, store_many
from selaras.actions._notices import tell
from selaras.actions._scanning import scan
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, Role, check
from selaras.core.errors import Conflict, Fault, NotAllowed, NotFound, Refusal
from selaras.core.measurement.records import FollowUp, Obstacle
from selaras.store import models as tables
from selaras.store.models import FollowUpStep, User
from selaras.store.rows import all_tables
from selaras.store.snapshot import find_agency
from selaras.store.units import owner_of
from selaras.store.users import holders_of

LONGEST = 4000


def add_step(
    by: Actor,
    *,
    agency: str,
    year: int,
    obstacle: str,
    text: str,
    upload: Upload | None = None,
    link: str = "",
    url: str = "",
) -> FollowUpStep:
    """Write down one step of the follow-up of an obstacle, with a file or a link as its evidence.

    An obstacle that nobody has begun is running from its first step on. Those who may verify are told, with `url`.
    Raises Refusal (empty text, file or link that is not taken), NotAllowed, NotFound.
    """
    kind = kind_taken(upload) if upload else None
    if upload is not None and kind is not None:
        # The scanner is slow; nobody else may wait for it with the database.
        scan(upload.path, upload.name)
    with traced(by, action="mencatat langkah tindak lanjut", agency=agency) as trace:
        row = _obstacle(agency, year, obstacle)
        check(by, Act.TRACK, agency, _unit(agency, row))
        words, address = text.strip(), link.strip()
        if not words or len(words) > LONGEST:
            fault = Fault("uraian langkah", read=f"{len(words)} huruf", expected=f"1 sampai {LONGEST} huruf")
            raise Refusal("Langkah tidak disimpan.", fault)
        if address and (wrong := fault_of_link(address)):
            raise Refusal("Langkah tidak disimpan.", wrong)
        if upload is not None and kind is None:
            raise not_taken(upload)
        file = address
        if upload is not None and kind is not None:
            file, digest = keep(agency, upload, kind.suffix)
            trace |= {"file": file, "sha256": digest}
        made = FollowUpStep.objects.create(obstacle=row, by=by.name, file=file, text=words)
        trace |= {"record": f"{year} {obstacle}", "step": made.pk}
        trace.changed("Obstacle", f"{year} {obstacle}", "Langkah", "", words)
        if row.status == FollowUp.OPEN.value:
            _store(trace, agency, [replace(_record(row), status=FollowUp.RUNNING)], "")
        people = holders_of(agency, timezone.localdate(), Role.SUPERIOR)
        tell(by, people, text=f"Langkah tindak lanjut {obstacle} menunggu verifikasi.", url=url, agency=agency,
             topic="tindak lanjut")  # fmt: skip
    return made


def withdraw_step(by: Actor, *, agency: str, step: int, reason: str = "") -> None:
    """Take back an own step that nobody has verified yet. Raises Refusal, NotAllowed, NotFound."""
    with traced(by, action="menarik langkah tindak lanjut", agency=agency) as trace:
        found = _step(agency, step)
        check(by, Act.TRACK, agency, _unit(agency, found.obstacle))
        if not _same(found.by, by.name):
            raise NotAllowed(f"Langkah ini dicatat oleh {found.by}; hanya pencatatnya yang dapat menariknya.")
        if found.verified_at is not None:
            raise Refusal(f"Langkah ini sudah diverifikasi oleh {found.verified_by} dan tidak dapat ditarik.")
        key = f"{found.obstacle.year} {found.obstacle.code}"
        trace |= {"record": key, "step": step}
        trace.changed("Obstacle", key, "Langkah", found.text, "", reason)
        FollowUpStep.objects.filter(pk=step).delete()


def verify_step(by: Actor, *, agency: str, step: int, url: str = "") -> FollowUpStep:
    """Confirm that a step was taken; who wrote it down may not. Raises Refusal, NotAllowed, NotFound."""
    with traced(by, action="memverifikasi langkah tindak lanjut", agency=agency) as trace:
        found = _step(agency, step)
        check(by, Act.CONFIRM_FOLLOW_UP, agency, _unit(agency, found.obstacle))
        if _same(found.by, by.name):
            raise NotAllowed(f"{by.name} mencatat langkah ini sendiri; verifikasi harus dilakukan orang lain.")
        if found.verified_at is not None:
            raise Refusal(f"Langkah ini sudah diverifikasi oleh {found.verified_by}.")
        found.verified_at, found.verified_by = timezone.now(), by.name
        found.save(update_fields=("verified_at", "verified_by"))
        key = f"{found.obstacle.year} {found.obstacle.code}"
        trace |= {"record": key, "step": step}
        trace.changed("Obstacle", key, "Verifikasi langkah", "", by.name)
        tell(by, User.objects.filter(name=found.by), text=f"Langkah tindak lanjut {found.obstacle.code} diverifikasi.",
             url=url, agency=agency, topic="tindak lanjut")  # fmt: skip
    return found


def change_obstacles(
    by: Actor,
    *,
    agency: str,
    year: int,
    obstacles: Collection[str],
    status: FollowUp | None = None,
    due: date | None = None,
    responsible: str = "",
    seen: Mapping[str, str] | None = None,
    reason: str = "",
) -> int:
    """Give some obstacles of a year another state, day or responsible position; returns how many changed.

    What is not given stays. `seen` holds the state that the person saw, by code: another one that stands there now is
    a Conflict. An obstacle is done only when it has a step and another person has verified all of them. Raises
    Conflict, Refusal, NotAllowed and NotFound.
    """
    with traced(by, action="mengubah tindak lanjut", agency=agency) as trace:
        pk, _ = find_agency(agency)
        rows = [_obstacle(agency, year, code) for code in dict.fromkeys(obstacles)]
        old = [_record(row) for row in rows]
        check_units(by, Act.TRACK, agency, pk, old)
        if not old or (status is None and due is None and not responsible):
            raise Refusal("Tidak ada yang diubah: pilih hambatan dan isi yang akan diubah.")
        if seen is not None and (
            moved := [item.code for item in old if seen.get(item.code, item.status) != item.status]
        ):
            raise Conflict(f"Status {', '.join(moved)} sudah diubah oleh orang lain sejak Anda membuka halaman.")
        if status is FollowUp.DONE:
            _refuse_unverified(rows)
        new = [
            replace(
                item, status=status or item.status, due=due or item.due, responsible=responsible or item.responsible
            )
            for item in old
        ]
        changed = [item for item, before in zip(new, old, strict=True) if item != before]
        _store(trace, agency, changed, reason)
        trace |= {"year": year, "count": len(changed)}
    return len(changed)


def _store(trace: Trace, agency: str, records: list[Obstacle], reason: str) -> None:
    pk, _ = find_agency(agency)
    store_many(trace, pk, agency, Obstacle, given=records, reasons={key_of(item): reason for item in records})


def _refuse_unverified(rows: Collection[tables.Obstacle]) -> None:
    steps: dict[int, list[bool]] = {}
    for owner, at in FollowUpStep.objects.filter(obstacle__in=list(rows)).values_list("obstacle", "verified_at"):
        steps.setdefault(owner, []).append(at is not None)
    faults = [
        Fault(
            f"{row.code}: tindak lanjut belum terbukti",
            read=f"{sum(steps.get(row.pk, []))} dari {len(steps.get(row.pk, []))} langkah terverifikasi",
            expected="paling sedikit satu langkah, semuanya diverifikasi orang lain",
        )
        for row in rows
        if not steps.get(row.pk) or not all(steps[row.pk])
    ]
    if faults:
        raise Refusal("Tindak lanjut belum dapat dinyatakan selesai.", *faults)


def _obstacle(agency: str, year: int, code: str) -> tables.Obstacle:
    row = tables.Obstacle.objects.filter(agency__code=agency, year=year, code=code).select_related("node").first()
    if row is None:
        raise NotFound(f"Hambatan {code} tahun {year} tidak ditemukan pada instansi {agency}.")
    return row


def _step(agency: str, step: int) -> FollowUpStep:
    rows = FollowUpStep.objects.filter(obstacle__agency__code=agency, pk=step).select_related("obstacle__node")
    found = rows.first()
    if found is None:
        raise NotFound("Langkah tindak lanjut ini tidak ditemukan.")
    return found


def _record(row: tables.Obstacle) -> Obstacle:
    table = all_tables()[Obstacle]
    record: Obstacle = table.record_of(table.rows.filter(pk=row.pk).values_list(*table.paths).get())
    return record


def _unit(agency: str, row: tables.Obstacle) -> str:
    return owner_of(agency, row.node.code) if row.node else ""


def _same(one: str, other: str) -> bool:
    return one.casefold().strip() == other.casefold().strip()
