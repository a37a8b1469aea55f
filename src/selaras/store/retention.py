"""What personal data are over their time: for each kind of the table the rows that are due, and the files."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from selaras.core.retention import Period
from selaras.rulebook.retention import OWN_FILE, load_periods, with_own_months
from selaras.store import models as tables

NAMELESS = "akun-terhapus-"
GONE = "(dihapus)"
ACCOUNT_KINDS = ("akun", "peran", "pemegang jabatan")
SECRET_COLUMNS = frozenset(
    {"password", "secret_hash", "secret", "seal", "digest", "salt", "sealed", "data", "session_data"}
)
"""Columns that never leave the installation, not even to the person whom they are about."""
Due = Callable[[datetime, str], QuerySet[Any]]


def periods(today: date) -> tuple[Period, ...]:
    """The periods in force, with the installation's own months. Raises Refusal for a broken file of the installation."""
    return with_own_months(load_periods(today), Path(settings.DATA) / OWN_FILE)


def end_of(day: date) -> datetime:
    """The first moment after a day, where the installation is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def pseudonym(kind: str, key: str) -> str:
    """Whom an erasure was about, for who knows the name and has the installation's key; for nobody else."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{kind}\0{key}".encode(), hashlib.sha256).hexdigest()


def was_erased(kind: str, key: str) -> bool:
    """Whether the personal data of somebody were erased: asked with the name, answered by its keyed hash."""
    return tables.Erasure.objects.filter(kind=kind, subject=pseudonym(kind, key)).exists()


def due(code: str, before: datetime, agency: str = "") -> QuerySet[Any] | None:
    """The rows of a kind whose day lies before `before`, of one agency or of all; None for a kind without rows of its own."""
    found = DUE.get(code)
    return found(before, agency) if found else None


def stray_files(before: datetime) -> Iterator[Path]:
    """Uploads that were begun before then and never taken away."""
    folder = Path(settings.DATA) / "incoming"
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.stat().st_mtime < before.timestamp():
            yield path


def rows_about(user: tables.User) -> dict[str, list[dict[str, Any]]]:
    """Everything that tables hold about the person of an account, by the name of the table, without secrets.

    Found by the references to the account, to the employee and to the tenures that are linked with it, so that a new table
    is in it without being told.
    """
    employees = tables.Employee.objects.filter(seat__user=user)
    tenures = tables.Tenure.objects.filter(seat__user=user)
    found: dict[str, list[dict[str, Any]]] = {"akun": [_columns(user)]}
    if employees:
        found["pegawai"] = [_columns(row) for row in employees]
    if tenures:
        found["pejabat"] = [_columns(row) for row in tenures]
    wanted = ((tables.User, [user.pk]), (tables.Employee, [row.pk for row in employees]))
    for target, keys in wanted:
        for relation in target._meta.related_objects:  # noqa: SLF001 (Django names it no other way)
            model, field = relation.related_model, relation.field.name
            if keys and not isinstance(model, str) and not relation.many_to_many:
                rows = [_columns(row) for row in model._default_manager.filter(**{f"{field}__in": keys})]  # noqa: SLF001
                if rows:
                    found.setdefault(f"{model._meta.verbose_name} ({relation.field.verbose_name})", []).extend(rows)  # noqa: SLF001
    return found


def door_of(user: tables.User) -> list[dict[str, Any]]:
    """When and how the account was entered, as the trail holds it; other people of the same name may be among them."""
    rows = tables.AuditRecord.objects.filter(actor=str(user), details__has_key="how").order_by("-pk")
    return [{"at": row.at.isoformat(), "action": row.action, **row.details} for row in rows[:1000]]


def _columns(row: Any) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields  # noqa: SLF001
        if field.name not in SECRET_COLUMNS
    }


def _sessions(before: datetime, agency: str) -> QuerySet[Any]:
    del agency
    if not apps.is_installed("django.contrib.sessions"):
        return tables.Notice.objects.none()
    rows: QuerySet[Any] = apps.get_model("sessions", "Session")._default_manager.filter(expire_date__lt=before)  # noqa: SLF001
    return rows


def _accounts(before: datetime, agency: str) -> QuerySet[Any]:
    """Accounts that were switched off before then, by the last change of that kind in their history, and still have a name."""
    del agency
    off = tables.FieldChange.objects.filter(kind="akun", field="aktif").values("key").annotate(last=Max("at"))
    keys = [row["key"] for row in off if row["last"] < before]
    return tables.User.objects.filter(is_active=False, username__in=keys).exclude(username__startswith=NAMELESS)


def _gone_employees(before: datetime, agency: str) -> QuerySet[Any]:
    """The history of employees who are in the list no more and were last changed before then."""
    rows = tables.FieldChange.objects.filter(kind="Employee")
    if agency:
        rows = rows.filter(agency=agency)
    there = tables.Employee.objects.filter(agency__code=OuterRef("agency"), code=OuterRef("key"))
    later = tables.FieldChange.objects.filter(
        kind="Employee", agency=OuterRef("agency"), key=OuterRef("key"), at__gte=before
    )
    return rows.exclude(key__startswith=GONE).filter(~Exists(there), ~Exists(later))


def _of(path: str, agency: str) -> Q:
    return Q(**{path: agency}) if agency else Q()


DUE: dict[str, Due] = {
    "sesi": _sessions,
    "undangan": lambda before, _: tables.Invitation.objects.filter(expires_at__lt=before),
    "pemberitahuan": lambda before, _: tables.Notice.objects.filter(read_at__isnull=False, at__lt=before),
    "token": lambda before, _: tables.ApiToken.objects.filter(Q(revoked_at__lt=before) | Q(expires_at__lt=before)),
    "kiriman": lambda before, _: tables.WebhookDelivery.objects.filter(at__lt=before),
    "akun": _accounts,
    "kunjungan": lambda before, _: tables.RegisterVisit.objects.filter(at__lt=before),
    "surel_layanan": lambda before, agency: tables.RegisterMail.objects.filter(
        _of("record__definition__agency__code", agency), sent_at__lt=before
    ),
    "saran_skm": lambda before, agency: tables.SkmResponse.objects.filter(
        _of("round__agency__code", agency), on__lt=before.date()
    ).exclude(suggestion=""),
    "komentar_survei": lambda before, agency: tables.SurveyResponse.objects.filter(
        _of("wave__survey__agency__code", agency), wave__closed_at__lt=before
    ).exclude(comment=""),
    "tautan_survei": lambda before, agency: tables.SurveyTicket.objects.filter(
        _of("wave__survey__agency__code", agency), wave__closed_at__lt=before
    ),
    "identitas_informan": lambda before, agency: tables.InformantIdentity.objects.filter(
        _of("informant__study__agency__code", agency), informant__study__retention_until__lt=before.date()
    ),
    "riwayat_pegawai": _gone_employees,
    "verifikasi": lambda before, _: tables.Verification.objects.filter(expires_at__lt=before),
    "permintaan_subjek": lambda before, _: tables.SubjectRequest.objects.filter(decided_at__lt=before).exclude(name=""),
}
"""For each kind with rows of its own what is due; `rekaman` has rules of its own, `kiriman_masuk` is files."""


def history_of_account(username: str) -> QuerySet[tables.FieldChange]:
    """The history that names an account."""
    rows = tables.FieldChange.objects.filter(kind__in=ACCOUNT_KINDS)
    return rows.filter(Q(key=username) | Q(before=username) | Q(after=username))


def history_of_employee(agency: str, code: str) -> QuerySet[tables.FieldChange]:
    """The history of one employee."""
    return tables.FieldChange.objects.filter(agency=agency, kind="Employee", key=code)
