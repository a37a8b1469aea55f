"""The health of an installation, point by point: what an operator should know before people call."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from selaras.core.errors import NotFound, Refusal, reason_of
from selaras.core.measurement.records import EvidenceKind
from selaras.store import models as tables
from selaras.store.accounts import administrators, nobody_yet
from selaras.store.evidence import folder
from selaras.store.retention import periods
from selaras.store.trail import verify
from selaras.store.workspace import newer_than_program

LITTLE, TOO_LITTLE = 2 << 30, 200 << 20
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
SKEW = timedelta(minutes=2)
LATE = timedelta(hours=1)
OLD_BACKUP = timedelta(hours=36)
MOST_NAMED = 5
SETTINGS = (checks.Tags.security, checks.Tags.caches, checks.Tags.files)
"""Django's own checks of what an operator sets; those of the program itself load all of it, and belong to its tests."""


class State(StrEnum):
    """How a point of the check stands."""

    GOOD = "baik"
    WARNING = "peringatan"
    PROBLEM = "masalah"


@dataclass(frozen=True, slots=True)
class Point:
    """One point: what was looked at, how it stands, what was seen, and what to do."""

    name: str
    state: State
    seen: str
    remedy: str = ""


def checkup(*, mail: bool = False) -> Iterator[Point]:
    """Every point in turn; the points after an unusable database are left out. `mail`: also talk to the mail server."""
    yield from _folders()
    database = _database()
    yield database
    usable = database.state is State.GOOD
    points: tuple[Callable[[], Point], ...] = (
        (_people, _trail, _evidence, _webhooks, _backups, _personal, _clock) if usable else ()
    )
    for point in points:
        yield point()
    yield _mail(connect=mail)
    yield from _web()


def _database() -> Point:
    name = "Basis data"
    try:
        executor = MigrationExecutor(connection)
        newer = newer_than_program(executor)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        present = connection.introspection.table_names()
    except DatabaseError as error:
        text = str(error).strip()
        return Point(name, State.PROBLEM, f"tidak terjangkau: {text}", "Periksa DATABASE_URL dan layanan basis data.")
    if newer:
        return Point(
            name, State.PROBLEM, f"dipakai oleh Selaras yang lebih baru ({', '.join(newer[:MOST_NAMED])})",
            "Pasang lagi versi yang baru, atau pulihkan cadangan dari sebelum pembaruan.",
        )  # fmt: skip
    if waiting:
        names = ", ".join(f"{step.app_label}.{step.name}" for step, _ in waiting[:MOST_NAMED])
        return Point(
            name, State.PROBLEM, f"{len(waiting)} migrasi belum dijalankan ({names})",
            "Buat cadangan, lalu jalankan `selaras serve` atau `python -m django migrate`.",
        )  # fmt: skip
    cache = settings.CACHES["default"]
    if cache["BACKEND"].endswith("DatabaseCache") and cache["LOCATION"] not in present:
        return Point(name, State.PROBLEM, "tabel cache belum ada", "Jalankan `python -m django createcachetable`.")
    return Point(name, State.GOOD, f"{connection.display_name} terjangkau, semua migrasi sudah dijalankan")


def _folders() -> Iterator[Point]:
    data = Path(settings.DATA)
    try:
        free = shutil.disk_usage(data).free
    except OSError as error:
        yield Point("Folder kerja", State.PROBLEM, f"{data}: {reason_of(error)}", "Sebutkan foldernya dengan --data.")
        return
    state = State.PROBLEM if free < TOO_LITTLE else State.WARNING if free < LITTLE else State.GOOD
    remedy = "" if state is State.GOOD else "Kosongkan ruang atau pindahkan folder kerja."
    yield Point("Ruang penyimpanan", state, f"{free / (1 << 30):.1f} GiB tersisa".replace(".", ","), remedy)
    closed = [
        str(path)
        for path in (data, data / "evidence", data / "uploads")
        if path.exists() and not os.access(path, os.W_OK)
    ]
    if closed:
        yield Point("Folder kerja", State.PROBLEM, f"tidak dapat ditulis: {', '.join(closed)}", "Perbaiki izinnya.")
    else:
        yield Point("Folder kerja", State.GOOD, f"{data} dapat ditulis")
    key = data / "secret.key"
    if key.exists() and key.stat().st_mode & 0o077:
        yield Point("Kunci rahasia", State.PROBLEM, f"{key} dapat dibaca orang lain", f"Jalankan `chmod 600 {key}`.")


def _people() -> Point:
    if nobody_yet():
        return Point(
            "Akun", State.WARNING, "penyiapan belum selesai: belum ada akun",
            "Jalankan `selaras serve` dan ikuti halaman penyiapan, atau `selaras user add … --role administrator`.",
        )  # fmt: skip
    count = administrators().count()
    if not count:
        return Point(
            "Akun", State.PROBLEM, "tidak ada administrator untuk semua instansi",
            "Beri perannya: `selaras user grant NAMA --role administrator`.",
        )  # fmt: skip
    people = tables.User.objects.filter(is_active=True).count()
    return Point("Akun", State.GOOD, f"{people} akun aktif, {count} administrator semua instansi")


def _trail() -> Point:
    outcome = verify()
    if outcome.breaks:
        return Point(
            "Jejak audit", State.PROBLEM, f"{len(outcome.breaks)} kerusakan; yang pertama: {outcome.breaks[0].sentence}",
            "Lihat semuanya dengan `selaras audit verify`; bandingkan dengan cadangan.",
        )  # fmt: skip
    return Point("Jejak audit", State.GOOD, f"{outcome.records} catatan dan {outcome.changes} riwayat nilai utuh")


def _evidence() -> Point:
    files = tables.Evidence.objects.filter(kind=EvidenceKind.FILE.value).exclude(target="")
    photos = tables.PhotoRecord.objects.exclude(file="")
    proofs = tables.EvaluationProof.objects.filter(kind=EvidenceKind.FILE.value)
    replies = tables.EvaluationRequest.objects.exclude(sha256="")
    rows = chain(
        files.values_list("agency__code", "target", "sha256"),
        proofs.values_list("evaluation__agency__code", "target", "sha256"),
        replies.values_list("evaluation__agency__code", "target", "sha256"),
        ((agency, file, "") for agency, file in photos.values_list("agency__code", "file")),
    )
    seen: set[tuple[str, str]] = set()
    missing, wrong = [], []
    for agency, name, digest in rows:
        if (agency, name) in seen:
            continue
        seen.add((agency, name))
        try:
            path = _file(agency, name)
        except NotFound:
            missing.append(f"{agency}/{name}")
            continue
        if not _fits(path, name, digest):
            wrong.append(f"{agency}/{name}")
    if not missing and not wrong:
        return Point("Berkas bukti", State.GOOD, f"{len(seen)} berkas ada dan utuh")
    parts = [
        f"{len(missing)} hilang ({_few(missing)})" if missing else "",
        f"{len(wrong)} berubah isinya ({_few(wrong)})" if wrong else "",
    ]
    return Point(
        "Berkas bukti",
        State.PROBLEM,
        "; ".join(filter(None, parts)),
        "Pulihkan dari cadangan, atau unggah lagi buktinya.",
    )


def _file(agency: str, name: str) -> Path:
    root = folder(agency).resolve()
    path = (root / name.replace("\0", "")).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise NotFound(name)
    return path


def _fits(path: Path, name: str, digest: str) -> bool:
    """Whether a file's content is that of its record, or that of its name, which begins with the hash."""
    wanted = digest or (name[:16] if len(name) > 16 and name[16] == "-" else "")
    if not wanted:
        return True
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest().startswith(wanted)


def _webhooks() -> Point:
    waiting = tables.WebhookDelivery.objects.filter(delivered_at__isnull=True, webhook__active=True)
    waiting = waiting.exclude(next_at__isnull=True, attempts__gt=0)  # given up: nothing waits for them
    late = waiting.filter(at__lt=timezone.now() - LATE).count()
    if late:
        return Point(
            "Webhook",
            State.WARNING,
            f"{late} kiriman menunggu lebih dari satu jam",
            "Periksa alamat penerimanya dan layanan pengirim.",
        )
    return Point("Webhook", State.GOOD, f"{waiting.count()} kiriman menunggu")


def _backups() -> Point:
    """The last backup that the trail knows; one that lies on the same disk does not help, but that cannot be seen."""
    done = tables.AuditRecord.objects.filter(action="membuat cadangan").exclude(details__has_key="refused")
    last = done.order_by("-pk").values_list("at", flat=True).first()
    remedy = "Jadwalkan `selaras backup` ke tempat lain (lihat docs/operasi.md)."
    if last is None:
        return Point("Cadangan", State.WARNING, "belum pernah dibuat", remedy)
    old = timezone.now() - last
    seen = f"terakhir {timezone.localtime(last):%d-%m-%Y %H.%M}"
    return Point("Cadangan", State.WARNING, seen, remedy) if old > OLD_BACKUP else Point("Cadangan", State.GOOD, seen)


def _personal() -> Point:
    """Requests about the own data that wait too long, and months of keeping that cannot be read."""
    name, now = "Data pribadi", timezone.now()
    try:
        kinds = len(periods(timezone.localdate()))
    except Refusal as refusal:
        return Point(name, State.PROBLEM, refusal.message.rstrip("."), "Perbaiki retention.toml dalam folder kerja.")
    waiting = tables.SubjectRequest.objects.filter(decided_at__isnull=True)
    late = waiting.filter(due_at__lt=now).count()
    if late:
        return Point(
            name, State.PROBLEM, f"{late} permintaan pemilik data terlambat dijawab",
            "Jawab di halaman Data pribadi; lihat `selaras retention requests`.",
        )  # fmt: skip
    return Point(name, State.GOOD, f"{kinds} masa simpan berlaku, {waiting.count()} permintaan menunggu")


def _clock() -> Point:
    now = timezone.now()
    last = tables.AuditRecord.objects.order_by("-at").values_list("at", flat=True).first()
    if last is not None and last > now + SKEW:
        return Point(
            "Jam", State.PROBLEM, f"catatan audit terakhir bertanggal {timezone.localtime(last):%d-%m-%Y %H.%M}, sesudah sekarang",
            "Setel jam komputer (NTP); tanggal pada laporan dan jejak audit mengikutinya.",
        )  # fmt: skip
    here = timezone.localtime(now)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - now)
        if apart > SKEW:
            return Point("Jam", State.PROBLEM, f"berbeda {apart} dari jam basis data", "Setel jam keduanya (NTP).")
    return Point("Jam", State.GOOD, f"{here:%d-%m-%Y %H.%M} {settings.TIME_ZONE}")


def _mail(*, connect: bool) -> Point:
    host = getattr(settings, "EMAIL_HOST", "")
    if not host:
        return Point(
            "Surel", State.WARNING, "server surel belum diatur: undangan dan pemberitahuan tidak dikirim",
            "Isi SELARAS_SMTP_HOST dan kawan-kawannya, atau bagikan tautan undangan sendiri.",
        )  # fmt: skip
    if connect:
        try:
            with get_connection():
                pass
        except OSError as error:
            return Point(
                "Surel", State.PROBLEM, f"{host}:{settings.EMAIL_PORT} menolak: {error}", "Periksa SELARAS_SMTP_…."
            )
    if urlsplit(settings.SITE_URL).hostname in LOCAL:
        return Point(
            "Surel", State.WARNING, f"surel memuat tautan ke {settings.SITE_URL}, yang hanya terbuka di komputer ini",
            "Isi SELARAS_SITE_URL dengan alamat instalasi.",
        )  # fmt: skip
    return Point("Surel", State.GOOD, f"lewat {host}:{settings.EMAIL_PORT}{', tersambung' if connect else ''}")


def _web() -> Iterator[Point]:
    hosts = set(settings.ALLOWED_HOSTS)
    outside = hosts - LOCAL
    https = bool(getattr(settings, "HTTPS", False))
    if settings.DEBUG:
        yield Point(
            "Mode telusur", State.PROBLEM, "SELARAS_DEBUG menyala", "Matikan; halaman kesalahan membuka isi program."
        )
    if "*" in hosts:
        yield Point("Nama host", State.PROBLEM, "SELARAS_ALLOWED_HOSTS menerima semua nama", "Sebutkan nama hostnya.")
    elif outside and not https:
        yield Point(
            "HTTPS", State.PROBLEM, f"melayani {', '.join(sorted(outside))} tanpa HTTPS: kata sandi dan sesi dapat disadap",
            "Pasang proksi dengan TLS, lalu isi SELARAS_HTTPS=1.",
        )  # fmt: skip
    else:
        shown = ", ".join(sorted(outside)) or "hanya komputer ini"
        yield Point("Nama host", State.GOOD, f"{shown}{' lewat HTTPS' if https else ''}")
    every = checks.run_checks(tags=SETTINGS, include_deployment_checks=https)
    found = [item for item in every if not item.is_silenced()]
    if found:
        text = "; ".join(f"{item.id} {str(item.msg).split('. ')[0]}" for item in found[:MOST_NAMED])
        yield Point(
            "Pengaturan",
            State.WARNING,
            f"{len(found)} catatan Django: {text}",
            "Lihat `python -m django check --deploy`.",
        )


def _few(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
