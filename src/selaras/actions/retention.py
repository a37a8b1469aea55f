"""The end of keeping personal data: what is over its time is deleted or made nameless, and a person's own requests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils import timezone

from selaras.actions._accounts import check_installation, close_sessions, managed, oneself, rows_of
from selaras.actions._erasing import erase_history
from selaras.actions.audit import Trace, traced
from selaras.actions.register_clearing import clear_records
from selaras.core.access import Act, Actor, check, may
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.retention import ANSWER_HOURS, Ending, Period
from selaras.store import models as tables
from selaras.store import retention as store
from selaras.store.snapshot import find_agency

LONGEST = 4000
MOST_WAITING = 5
"""Open requests that one person may have."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a run did, or would do, for one kind of data."""

    period: Period
    amount: int


def run_retention(by: Actor, *, agency: str = "", today: date | None = None, dry: bool = False) -> tuple[Ended, ...]:
    """End the keeping of everything whose time is over, in one agency or in the whole installation; `dry` only counts.

    Kinds of the installation (accounts, sessions) are ended only by a run over everything. Raises NotAllowed, NotFound, and
    Refusal for a broken `retention.toml`.
    """
    day = min(today or timezone.localdate(), timezone.localdate())
    with traced(by, action="menjalankan retensi", agency=agency) as trace:
        if agency:
            check(by, Act.CLEAR_RECORDS, agency)
            find_agency(agency)
        else:
            check_installation(by)
        done = [
            Ended(period, _ended(by, trace, period, agency, day, dry=dry))
            for period in store.periods(day)
            if period.ending is not Ending.KEPT and not (agency and period.installation)
        ]
        trace |= {item.period.code: item.amount for item in done if item.amount}
        trace["dry"] = "ya" if dry else "tidak"
        if not dry:
            for item in done:
                if item.amount:
                    _note(by, agency, item.period.code, "", item.period.source.text, {"rows": item.amount}, "")
    return tuple(done)


def erase_account(by: Actor, *, username: str, reason: str) -> dict[str, int]:
    """Make the account of somebody nameless: name, address, factors, tokens, roles and seats go; what was done stays.

    The account must be switched off before. The trail keeps the name of who did official acts (see docs/operasi.md).
    Returns how many rows of each kind went. Raises NotFound, NotAllowed, Refusal.
    """
    with traced(by, action="menghapus data pribadi akun") as trace:
        user = managed(by, username)
        if user.username.startswith(store.NAMELESS):
            raise Refusal("Akun ini sudah dianonimkan.")
        if user.is_active:
            raise Refusal(
                f"Akun {username} masih aktif.", Fault("akun aktif", remedy="Nonaktifkan dahulu, lalu hapus.")
            )
        if not reason.strip():
            raise Refusal("Alasan penghapusan belum diisi.")
        counts = _nameless(trace, user)
        trace |= counts
        _note(by, "", "akun", username, _basis("akun"), counts, reason)
    return counts


def erase_employee(by: Actor, *, agency: str, code: str, reason: str) -> dict[str, int]:
    """Make an employee nameless in the list and in its history; SKP and predicates stay without telling whose they are.

    Raises NotAllowed, NotFound, and Refusal while a SKP of this year or later is kept.
    """
    with traced(by, action="menghapus data pribadi pegawai", agency=agency, act=Act.CLEAR_RECORDS) as trace:
        row = tables.Employee.objects.filter(agency__code=agency, code=code).first()
        history = store.history_of_employee(agency, code)
        if row is None and not history.exists():
            raise NotFound(f"Pegawai {code} tidak ditemukan pada instansi {agency}.")
        if not reason.strip():
            raise Refusal("Alasan penghapusan belum diisi.")
        if row and tables.SkpPlan.objects.filter(employee=row, year__gte=timezone.localdate().year).exists():
            raise Refusal(f"Pegawai {code} masih memiliki SKP tahun berjalan; datanya belum boleh dihapus.")
        stands_for = _stands_for(agency, code)
        counts = {"history": erase_history(trace, history, stands_for), "employee": 0, "seat": 0}
        if row:
            counts["seat"] = tables.StaffSeat.objects.filter(employee=row).delete()[0]
            nameless = {"name": stands_for, "code": stands_for, "nip": "", "rank": "", "job": "", "since_year": None}
            counts["employee"] = tables.Employee.objects.filter(pk=row.pk).update(**nameless)
        trace |= counts
        _note(by, agency, "pegawai", f"{agency} {code}", _basis("riwayat_pegawai"), counts, reason)
    return counts


def copy_own_data(by: Actor, *, username: str = "") -> str:
    """Everything that is held about a person, as JSON: one's own, or that of an account which one may manage.

    Raises NotAllowed, NotFound.
    """
    with traced(by, action="menyalin data pribadi") as trace:
        user = managed(by, username) if username and username != by.login else oneself(by)
        trace["user"] = user.username
        told = {
            "untuk": user.username, "dibuat": timezone.localtime().isoformat(timespec="seconds"),
            "tentang": "Semua yang disimpan instalasi ini tentang pemilik akun, tanpa kata sandi dan kunci.",
            "masa_simpan": [
                {"jenis": period.name, "tujuan": period.purpose, "berakhir": period.ending.value, "bulan": period.months,
                 "dasar": period.source.text, "kepastian": period.source.certainty.value}
                for period in store.periods(timezone.localdate())
            ],
            "data": store.rows_about(user), "masuk": store.door_of(user),
        }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)


def ask_about_own_data(by: Actor, *, wish: tables.Wish, text: str) -> int:
    """Ask for a copy, a correction, a deletion, or object to a use; returns the number of the request.

    Raises NotAllowed for who is not signed in, Refusal.
    """
    with traced(by, action="mengajukan permintaan data pribadi") as trace:
        user = oneself(by)
        text = text.strip()
        if not 10 <= len(text) <= LONGEST:
            raise Refusal(
                "Permintaan tidak diterima.", Fault("uraian", read=f"{len(text)} huruf", expected=f"10–{LONGEST} huruf")
            )
        if tables.SubjectRequest.objects.filter(user=user, decided_at__isnull=True).count() >= MOST_WAITING:
            raise Refusal("Masih ada beberapa permintaan Anda yang belum dijawab; tunggu jawabannya dahulu.")
        row = tables.SubjectRequest.objects.create(
            user=user, agency=_home_of(by), name=user.name, contact=user.email, wish=wish.value,
            state=tables.WishState.WAITING.value, due_at=timezone.now() + timedelta(hours=ANSWER_HOURS), text=text,
        )  # fmt: skip
        trace |= {"request_number": row.pk, "wish": wish.value}
    return row.pk


def answer_request(by: Actor, *, request: int, granted: bool, answer: str) -> None:
    """Answer a request: granted or refused, with the reason that the person reads. Raises NotFound, NotAllowed, Refusal."""
    row = tables.SubjectRequest.objects.select_related("agency").filter(pk=request).first()
    agency = row.agency.code if row and row.agency else ""
    with traced(by, action="menjawab permintaan data pribadi", agency=agency) as trace:
        if row is None or (not may(by, Act.GRANT, "") and not (agency and by.covers(agency))):
            raise NotFound("Permintaan itu tidak ditemukan.")
        check(by, Act.CLEAR_RECORDS, agency)
        if row.decided_at:
            raise Refusal("Permintaan ini sudah dijawab.")
        if row.user and row.user.username == by.login:
            raise Refusal("Permintaan sendiri dijawab oleh orang lain.")
        if not answer.strip():
            raise Refusal("Jawaban belum diisi.")
        state = tables.WishState.GRANTED if granted else tables.WishState.REFUSED
        tables.SubjectRequest.objects.filter(pk=row.pk).update(
            state=state.value, answer=answer.strip()[:LONGEST], decided_by=by.name, decided_at=timezone.now()
        )
        if row.user:
            tables.Notice.objects.create(
                user=row.user, agency=agency, topic="data pribadi", url="/akun/data-saya/",
                text=f"Permintaan data pribadi nomor {row.pk} {state.value}.",
            )  # fmt: skip
        trace |= {"request_number": row.pk, "state": state.value}


def _home_of(by: Actor) -> tables.Agency | None:
    """The one agency of a person; None for who belongs to several or to all."""
    codes = by.agencies
    return tables.Agency.objects.filter(code__in=codes).first() if len(codes) == 1 and not by.everywhere else None


def _ended(by: Actor, trace: Trace, period: Period, agency: str, today: date, *, dry: bool) -> int:
    last = period.last_day(today)
    if last is None:
        return 0
    before = store.end_of(last)
    if period.code == "rekaman":
        codes = [agency] if agency else list(tables.Agency.objects.values_list("code", flat=True))
        cleared = [done for code in codes for done in clear_records(by, agency=code, today=today, dry=dry)]
        return sum(done.deleted + done.anonymised for done in cleared)
    if period.code == "kiriman_masuk":
        paths = list(store.stray_files(before))
        for path in () if dry else paths:
            path.unlink(missing_ok=True)
        return len(paths)
    rows = store.due(period.code, before, agency)
    assert rows is not None, period.code
    if dry:
        return int(rows.count())
    return _clear(trace, period, rows, before)


def _clear(trace: Trace, period: Period, rows: QuerySet[Any], before: Any) -> int:
    match period.code:
        case "akun":
            users = list(rows)
            for user in users:
                _nameless(trace, user)
            return len(users)
        case "riwayat_pegawai":
            places = sorted(set(rows.order_by().values_list("agency", "key")))
            return sum(erase_history(trace, store.history_of_employee(*place), _stands_for(*place)) for place in places)
        case "saran_skm":
            return int(rows.update(suggestion=""))
        case "komentar_survei":
            return int(rows.update(comment=""))
        case "permintaan_subjek":
            return int(rows.update(name="", contact="", text="", answer="", user=None))
        case "kiriman":
            count = rows.count()
            rows.delete()
            keys = tables.IdempotencyKey.objects.filter(at__lt=before)
            return int(count + keys.delete()[0])
    count = rows.count()
    rows.delete()
    return int(count)


def _nameless(trace: Trace, user: tables.User) -> dict[str, int]:
    """Take away everything that tells who an account belonged to; returns how many rows of each kind went."""
    before, name = user.username, f"{store.NAMELESS}{user.pk}"
    counts = {
        "notices": tables.Notice.objects.filter(user=user).delete()[0],
        "tokens": tables.ApiToken.objects.filter(user=user).delete()[0],
        "roles": tables.RoleGrant.objects.filter(user=user).delete()[0],
        "seats": tables.Seat.objects.filter(user=user).delete()[0]
        + tables.StaffSeat.objects.filter(user=user).delete()[0],
        "invitations": tables.Invitation.objects.filter(accepted_by=user).delete()[0],
        "comments": tables.Comment.objects.filter(author=user).update(name=name),
        "sessions": close_sessions(user),
        "history": erase_history(trace, store.history_of_account(before), name),
    }
    for app, model in (("mfa", "Authenticator"), ("account", "EmailAddress"), ("socialaccount", "SocialAccount")):
        if any(config.label == app for config in apps.get_app_configs()):
            counts[model.casefold()] = rows_of(app, model).filter(user=user).delete()[0]
    user.username, user.name, user.email, user.last_login = name, f"Akun terhapus {user.pk}", "", None
    user.mail_duties, user.is_active = False, False
    user.set_unusable_password()
    user.save()
    return counts


def _stands_for(agency: str, code: str) -> str:
    """What stands instead of an employee: the same wherever it stands, and no way back to the name."""
    return f"{store.GONE} {store.pseudonym('pegawai', f'{agency} {code}')[:12]}"


def _basis(code: str) -> str:
    return next(period.source.text for period in store.periods(timezone.localdate()) if period.code == code)


def _note(by: Actor, agency: str, kind: str, subject: str, basis: str, counts: dict[str, int], reason: str) -> None:
    tables.Erasure.objects.create(
        agency=agency, kind=kind, subject=store.pseudonym(kind, subject) if subject else "", rule=kind, basis=basis,
        decided_by=by.login or by.name, counts=counts, reason=reason.strip(),
    )  # fmt: skip
