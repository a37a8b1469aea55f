"""Invitations: a link by which somebody makes an account with a role, or adds the role to the account there is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from selaras.actions import _mail
from selaras.actions._accounts import (
    check_installation,
    created,
    faults_of_email,
    faults_of_grant,
    oneself,
    reach_of,
    refuse_twice,
    said,
    sealed,
    vouch,
)
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, Role
from selaras.core.errors import CannotRun, Fault, NotFound, Refusal
from selaras.store.accounts import hashed, open_invitation
from selaras.store.models import Invitation, RoleGrant, User

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was made: its secret is shown once and kept nowhere; `problem` says why no mail went out."""

    pk: int
    secret: str
    mailed: bool
    problem: str = ""


def invite(
    by: Actor,
    *,
    role: Role,
    name: str,
    page: str,
    agency: str = "",
    unit: str = "",
    email: str = "",
    days: int = 14,
) -> Invited:
    """Invite somebody to a role by a link, for `days` days; mailed where there is an address and a mail server.

    `page` is the address of the page for invitations, before the secret. Raises Refusal, NotAllowed, NotFound.
    """
    secret = secrets.token_urlsafe(32)
    with traced(by, action="mengundang", agency=agency, act=Act.GRANT if agency else None, unit=unit) as trace:
        if not agency:
            check_installation(by)
        place, part = reach_of(agency, unit)
        faults = [*faults_of_grant(role, None, None), *faults_of_email(email.strip())]
        if not name.strip():
            faults.append(Fault("nama orang kosong", expected="nama seperti dalam daftar pegawai"))
        if not 1 <= days <= LONGEST:
            faults.append(Fault("masa berlaku", read=str(days), expected=f"1 sampai {LONGEST} hari"))
        if faults:
            raise Refusal("Undangan tidak dibuat.", *faults)
        row = Invitation.objects.create(
            secret_hash=hashed(secret), email=email.strip(), name=" ".join(name.split()), role=role.value,
            agency=place, unit=part, invited_by=by.name, expires_at=timezone.now() + timedelta(days=days),
        )  # fmt: skip
        trace |= {"invitation": row.pk, "role": role.value, "unit": unit, "days": days}
    problem = _mailed(row, f"{page}{secret}/") if row.email and _mail.configured() else ""
    return Invited(row.pk, secret, bool(row.email) and _mail.configured() and not problem, problem)


def withdraw_invitation(by: Actor, *, invitation: int) -> None:
    """Make an open invitation worthless. Raises NotFound, NotAllowed, Refusal."""
    row = Invitation.objects.select_related("agency", "unit").filter(pk=invitation).first()
    agency = row.agency.code if row and row.agency else ""
    unit = row.unit.code if row and row.unit else ""
    with traced(by, action="menarik undangan", agency=agency, act=Act.GRANT if agency else None, unit=unit) as trace:
        if row is None:
            raise NotFound("Undangan itu tidak ditemukan.")
        if not agency:
            check_installation(by)
        trace["invitation"] = invitation
        if not _taken(invitation, withdrawn_at=timezone.now()):
            raise Refusal("Undangan itu sudah dipakai atau sudah ditarik.")


def accept_invitation(by: Actor, *, secret: str, username: str, name: str, password: str, email: str = "") -> User:
    """Make the account that an invitation is for, with its role; the invitation is spent.

    Raises NotFound for a link that holds no more, Refusal with every fault of the account.
    """
    hashed_password = sealed(password)
    now = timezone.now()
    with traced(by, action="menerima undangan", agency=_agency(secret, now)) as trace:
        row = open_invitation(secret, now)
        user = created(username, name, email or row.email, password=password, sealed=hashed_password)
        if user.email.casefold() == row.email.casefold():
            vouch(user)
        _join(row, user, now)
        trace |= {"invitation": row.pk, "user": user.username, "role": row.role}
        trace.changed("akun", user.username, "", "", "baru")
        trace.changed("peran", user.username, row.role, "", said(_grant(row, user)))
    return user


def join_by_invitation(by: Actor, *, secret: str) -> User:
    """Add the role of an invitation to the account of the one who acts. Raises NotFound, NotAllowed, Refusal."""
    now = timezone.now()
    with traced(by, action="menerima undangan", agency=_agency(secret, now)) as trace:
        row = open_invitation(secret, now)
        user = oneself(by)
        _join(row, user, now)
        trace |= {"invitation": row.pk, "user": user.username, "role": row.role}
        trace.changed("peran", user.username, row.role, "", said(_grant(row, user)))
    return user


def _grant(row: Invitation, user: User) -> RoleGrant:
    return RoleGrant(user=user, role=row.role, agency=row.agency, unit=row.unit, granted_by=row.invited_by)


def _join(row: Invitation, user: User, now: datetime) -> None:
    if not _taken(row.pk, accepted_at=now, accepted_by=user):
        raise NotFound("Undangan ini baru saja dipakai. Mintalah yang baru.")
    grant = _grant(row, user)
    refuse_twice(grant)
    grant.save()


def _taken(invitation: int, **columns: datetime | User) -> bool:
    """Spend an invitation, once: two who open the same link at the same time do not both get in."""
    open_ones = Invitation.objects.filter(pk=invitation, accepted_at__isnull=True, withdrawn_at__isnull=True)
    return bool(open_ones.update(**columns))


def _agency(secret: str, now: datetime) -> str:
    try:
        row = open_invitation(secret, now)
    except NotFound:
        return ""
    return row.agency.code if row.agency else ""


def _mailed(row: Invitation, link: str) -> str:
    where = f" pada {row.agency.name}" if row.agency else ""
    text = (
        f"Yth. {row.name},\n\n{row.invited_by} mengundang Anda memakai Selaras sebagai {row.role}{where}.\n"
        f"Buka tautan ini untuk membuat akun; tautan berlaku sampai {timezone.localtime(row.expires_at):%d-%m-%Y %H.%M}"
        f" dan hanya dapat dipakai satu kali:\n\n{link}\n\nAbaikan surel ini bila Anda tidak mengharapkannya.\n"
    )
    try:
        _mail.send(to=row.email, subject="Undangan memakai Selaras", text=text)
    except CannotRun as refusal:
        return refusal.faults[0].sentence() if refusal.faults else refusal.message
    return ""
