"""Checking the trail: whether every record stands as it was written, in its place, with the changes it sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from django.utils import timezone

from selaras.store.models import AuditRecord, FieldChange


class Breach(StrEnum):
    """What is wrong with a place of the trail."""

    CHANGED = "diubah"
    DELETED = "dihapus"
    MOVED = "tidak pada tempatnya"
    ADDED = "disisipkan"
    CUT = "terpotong"


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the trail does not hold: of which record, what happened, and how that is known."""

    breach: Breach
    record: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome: what was looked at, the last hash (to be written down elsewhere), and every break."""

    records: int
    changes: int
    head: str
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class _Seal:
    """What an audit record says about the changes of its act."""

    record: int
    actor: str
    agency: str
    at: datetime
    count: int
    digest: str


def verify(*, expected_head: str = "") -> Verified:
    """Read the whole trail once, in its order, and name every record that was changed, deleted, moved or put in.

    Records cut off at the end leave no trace in a chain; who wrote the last hash down earlier gives it as
    `expected_head`. Somebody who may write to the database could compute every hash anew: that, too, only a hash
    that was written down elsewhere shows.
    """
    breaks: list[Break] = []
    seals: dict[str, _Seal] = {}
    previous, previous_pk, count, seen_head = "", 0, 0, not expected_head
    for record in AuditRecord.objects.order_by("pk").iterator(chunk_size=2000):
        count += 1
        breaks += _breaks_of(record, previous, previous_pk)
        if (act := record.details.get("act")) is not None:
            seals[str(act)] = _Seal(
                record.pk, record.actor, record.agency, record.at,
                int(record.details.get("changed_fields", 0)), str(record.details.get("digest", "")),
            )  # fmt: skip
        previous, previous_pk = record.hash, record.pk
        seen_head = seen_head or record.hash == expected_head
    if not seen_head:
        breaks.append(
            Break(
                Breach.CUT,
                previous_pk,
                f"Hash {expected_head[:16]}… yang dicatat dahulu tidak ada lagi: catatan sesudah nomor {previous_pk} terpotong"
                " atau seluruh rantai ditulis ulang.",
            )
        )
    changes, found = _check_changes(seals)
    return Verified(count, changes, previous, (*breaks, *found))


def _breaks_of(record: AuditRecord, previous: str, previous_pk: int) -> Iterator[Break]:
    if record.hash != record.computed_hash():
        when = timezone.localtime(record.at).strftime("%d-%m-%Y %H.%M.%S")
        yield Break(
            Breach.CHANGED,
            record.pk,
            f"Catatan {record.pk} (“{record.action}” oleh {record.actor}, {when}) diubah: isinya tidak sesuai dengan hash-nya.",
        )
    if record.previous == previous:
        return
    before = AuditRecord.objects.filter(hash=record.previous).values_list("pk", flat=True).first()
    if not record.previous:
        yield Break(
            Breach.MOVED, record.pk,
            f"Catatan {record.pk} mengaku sebagai catatan pertama, padahal ada catatan {previous_pk} di depannya.",
        )  # fmt: skip
    elif before is not None and before != previous_pk:
        yield Break(
            Breach.MOVED, record.pk,
            f"Catatan {record.pk} tidak pada tempatnya: ditulis sesudah catatan {before}, tetapi berdiri sesudah {previous_pk}.",
        )  # fmt: skip
    else:
        yield Break(Breach.DELETED, record.pk, _deleted(record.pk, previous_pk))


def _deleted(pk: int, previous_pk: int) -> str:
    missing = f"nomor {previous_pk + 1}" if pk - previous_pk == 2 else f"antara nomor {previous_pk} dan {pk}"
    if previous_pk == 0:
        return f"Catatan sebelum nomor {pk} dihapus: catatan itu menyebut pendahulu yang tidak ada lagi."
    if pk - previous_pk > 1:
        return f"Catatan {missing} dihapus: catatan {pk} menyebut pendahulu yang tidak ada lagi."
    return f"Catatan {previous_pk} ditulis ulang: catatan {pk} menyebut pendahulu dengan hash yang lain."


def _check_changes(seals: dict[str, _Seal]) -> tuple[int, list[Break]]:
    """The history of values against the seals of the acts, each act in one pass over its rows."""
    total = 0
    breaks: list[Break] = []
    waiting = dict(seals)
    rows = FieldChange.objects.order_by("act", "pk").iterator(chunk_size=5000)
    for act, changes in groupby(rows, key=lambda change: change.act):
        seal = waiting.pop(str(act), None)
        count, found = _breaks_of_act(changes, seal)
        total += count
        breaks += found
    for seal in waiting.values():
        if seal.count:
            breaks.append(
                Break(
                    Breach.DELETED,
                    seal.record,
                    f"Catatan {seal.record} menyegel {seal.count} riwayat nilai yang semuanya dihapus.",
                )
            )
    return total, breaks


def _breaks_of_act(changes: Iterator[FieldChange], seal: _Seal | None) -> tuple[int, list[Break]]:
    """How many changes an act has, and what is wrong with them; streamed, because a workbook changes very many."""
    count, first, strange = 0, None, None
    digest = hashlib.sha256()
    for change in changes:
        count += 1
        first = first or change
        digest.update(change.line().encode() + b"\n")
        # These columns are not in the digest, but the audit record says what they must be.
        if seal and (change.actor != seal.actor or change.agency != seal.agency or change.at > seal.at):
            strange = strange or change
    if seal is None:
        assert first is not None
        text = (
            f"{count} riwayat nilai tanpa catatan audit (yang pertama: {first.kind} {first.key}, “{first.actor}”):"
            " disisipkan, atau catatannya dihapus."
        )
        return count, [Break(Breach.ADDED, 0, text)]
    return count, [Break(breach, seal.record, text) for breach, text in _told(seal, count, digest.hexdigest(), strange)]


def _told(seal: _Seal, count: int, digest: str, strange: FieldChange | None) -> Iterator[tuple[Breach, str]]:
    if count != seal.count:
        breach = Breach.DELETED if count < seal.count else Breach.ADDED
        yield breach, f"Catatan {seal.record} menyegel {seal.count} riwayat nilai, yang ada {count}: sebagian {breach}."
    elif digest != seal.digest:
        yield Breach.CHANGED, f"Riwayat nilai dari catatan {seal.record} diubah: isinya tidak sesuai dengan segelnya."
    if strange is not None:
        yield (
            Breach.CHANGED,
            f"Riwayat nilai {strange.pk} ({strange.kind} {strange.key}) diubah: pelaku, instansi, atau waktunya berbeda"
            f" dari catatan {seal.record}.",
        )
