"""Checking the trail: whether every record stands as it was written, in its place, with the changes it sealed."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from selaras.core.issuing.anchor import SignedAnchor
from selaras.store.anchors import anchors, chain_faults, signature_fault
from selaras.store.key_counter import last_key_given
from selaras.store.models import AuditRecord, FieldChange, HistorySalt


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
    anchors: int = 0
    kept: int = 0
    """How many anchors of this installation, and from elsewhere, it was held against."""


@dataclass(frozen=True, slots=True)
class _Seal:
    """What an audit record says about the changes of its act."""

    record: int
    actor: str
    agency: str
    at: datetime
    count: int
    digest: str


def verify(*, expected_head: str = "", kept: Sequence[SignedAnchor] = ()) -> Verified:
    """Read the whole trail once, in its order, and name every record that was changed, deleted, moved or put in.

    Records cut off at the end leave no trace in a chain: the anchors of this installation show them, and after the last
    anchor the counter of numbers that SQLite keeps (that of PostgreSQL has honest gaps and tells nothing). Somebody who may
    write to the database and to the workspace could compute every hash and anchor anew: that, too, only a hash
    (`expected_head`) or an anchor (`kept`) that was put away elsewhere shows. Memory does not grow with the trail.
    """
    breaks: list[Break] = []
    own = tuple(anchors())
    breaks += [Break(Breach.CHANGED, 0, text) for _, text in chain_faults(own)]
    breaks += _kept_faults(own, kept)
    waiting = sorted((*own, *kept), key=lambda item: item.anchor.last_id)
    previous, previous_pk, count, seen_head, at = "", 0, 0, not expected_head, 0
    with _seals() as seals, _one_view():
        for record in AuditRecord.objects.order_by("pk").iterator(chunk_size=2000):
            while at < len(waiting) and waiting[at].anchor.last_id < record.pk:
                breaks += _broken_anchor(waiting[at], previous_pk, count, previous)
                at += 1
            count += 1
            breaks += _breaks_of(record, previous, previous_pk)
            seals.remember(record)
            previous, previous_pk = record.hash, record.pk
            seen_head = seen_head or record.hash == expected_head
        for item in waiting[at:]:
            breaks += _broken_anchor(item, previous_pk, count, previous)
        if (given := last_key_given(AuditRecord)) > previous_pk:
            words = f"Catatan sesudah nomor {previous_pk} terpotong: basis data sudah memberi nomor sampai {given}."
            breaks.append(Break(Breach.CUT, previous_pk, words))
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
    breaks = list(dict.fromkeys(breaks))
    return Verified(count, changes, previous, (*breaks, *found), len(own), len(kept))


def _kept_faults(own: Sequence[SignedAnchor], kept: Sequence[SignedAnchor]) -> Iterator[Break]:
    """Anchors from elsewhere that do not hold by themselves, or that this installation knows differently."""
    known = {item.anchor.number: item for item in own}
    for item in kept:
        number = item.anchor.number
        fault = signature_fault(item)
        if fault:
            yield Break(Breach.CHANGED, 0, f"Berkas jangkar {number} tidak dapat dipercaya: {fault}.")
        mine = known.get(number)
        if mine is None:
            yield Break(Breach.DELETED, 0, f"Jangkar {number} yang disimpan di tempat lain tidak ada di sini.")
        elif mine.anchor != item.anchor:
            yield Break(
                Breach.CHANGED,
                0,
                f"Jangkar {number} di sini bukan yang disimpan di tempat lain: jangkar ditulis ulang.",
            )
        elif mine.certificate != item.certificate:
            yield Break(Breach.CHANGED, 0, f"Jangkar {number} di sini ditandatangani dengan kunci yang lain.")


def _broken_anchor(item: SignedAnchor, last_pk: int, count: int, head: str) -> Iterator[Break]:
    """What an anchor says of the trail up to here, held against the trail."""
    anchor = item.anchor
    if anchor.last_id > last_pk:
        yield Break(
            Breach.CUT, last_pk,
            f"Catatan sesudah nomor {last_pk} terpotong: jangkar {anchor.number} mengenal catatan sampai nomor {anchor.last_id}.",
        )  # fmt: skip
    elif anchor.head != head:
        yield Break(
            Breach.CHANGED, last_pk,
            f"Rantai ditulis ulang: hash catatan {last_pk} bukan yang dicatat jangkar {anchor.number}.",
        )  # fmt: skip
    elif anchor.records != count:
        breach = Breach.DELETED if count < anchor.records else Breach.ADDED
        yield Break(
            breach, last_pk,
            f"Jangkar {anchor.number} mencatat {anchor.records} catatan sampai nomor {last_pk}, yang ada {count}.",
        )  # fmt: skip


@contextmanager
def _one_view() -> Iterator[None]:
    """The trail and the history of values as they stood at one moment, while others go on writing."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class _Seals:
    """What the records say about the changes of their acts, on disk: there may be millions."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)
        for line in ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "BEGIN"):
            self._file.execute(line)
        self._file.execute(
            "CREATE TABLE seal (act TEXT PRIMARY KEY, record INTEGER, actor TEXT, agency TEXT, at TEXT, count INTEGER,"
            " digest TEXT) WITHOUT ROWID"
        )

    def remember(self, record: AuditRecord) -> None:
        """Keep what a record seals, if it seals anything."""
        details = record.details if isinstance(record.details, dict) else {}
        # Personal data were erased from the history of these acts: from here on each is sealed as it was left.
        again = details.get("resealed")
        for other, digest in again.items() if isinstance(again, dict) else ():
            self._file.execute("UPDATE seal SET digest = ? WHERE act = ?", (str(digest), str(other).replace("-", "")))
        act = details.get("act")
        if act is None:
            return
        count = details.get("changed_fields", 0)
        row = (str(act).replace("-", ""), record.pk, record.actor, record.agency, record.at.isoformat(),
               count if isinstance(count, int) else -1, str(details.get("digest", "")))  # fmt: skip
        self._file.execute("INSERT OR REPLACE INTO seal VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def in_order(self) -> Iterator[tuple[str, _Seal]]:
        """Every seal, in the order of its act."""
        for act, record, actor, agency, at, count, digest in self._file.execute("SELECT * FROM seal ORDER BY act"):
            yield act, _Seal(record, actor, agency, datetime.fromisoformat(at), count, digest)

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


@contextmanager
def _seals() -> Iterator[_Seals]:
    with tempfile.TemporaryDirectory(prefix="selaras-segel-") as folder:
        seals = _Seals(Path(folder) / "segel.sqlite3")
        try:
            yield seals
        finally:
            seals.close()


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


def _check_changes(seals: _Seals) -> tuple[int, list[Break]]:
    """The history of values against the seals of the acts: both in the order of acts, each read once."""
    total = 0
    breaks: list[Break] = []
    waiting = seals.in_order()
    seal = next(waiting, None)
    salts = _Salts()
    rows = FieldChange.objects.order_by("act", "pk").iterator(chunk_size=5000)
    for act, changes in groupby(rows, key=lambda change: change.act.hex):
        while seal is not None and seal[0] < act:
            breaks += _unmatched(seal[1])
            seal = next(waiting, None)
        own = seal[1] if seal is not None and seal[0] == act else None
        if own is not None:
            seal = next(waiting, None)
        count, found = _breaks_of_act(changes, own, salts.of(act))
        total += count
        breaks += found
    while seal is not None:
        breaks += _unmatched(seal[1])
        seal = next(waiting, None)
    return total, breaks


class _Salts:
    """The salts of the acts that have one, read beside the history in the same order."""

    def __init__(self) -> None:
        rows = HistorySalt.objects.order_by("act").values_list("act", "salt").iterator(chunk_size=5000)
        self._rows = ((act.hex, salt) for act, salt in rows)
        self._next = next(self._rows, None)

    def of(self, act: str) -> str:
        """The salt of an act; acts are asked for in their order."""
        while self._next is not None and self._next[0] < act:
            self._next = next(self._rows, None)
        return self._next[1] if self._next is not None and self._next[0] == act else ""


def _unmatched(seal: _Seal) -> Iterator[Break]:
    if seal.count:
        yield Break(
            Breach.DELETED, seal.record,
            f"Catatan {seal.record} menyegel {seal.count} riwayat nilai yang semuanya dihapus.",
        )  # fmt: skip


def _breaks_of_act(changes: Iterator[FieldChange], seal: _Seal | None, salt: str) -> tuple[int, list[Break]]:
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
    digest.update(salt.encode())
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
