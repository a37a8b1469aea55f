"""Reading about accounts: who is in an agency with which roles, open invitations, and whether anybody is there yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet

from selaras.core.access import Role
from selaras.core.errors import NotFound
from selaras.store.models import Invitation, RoleGrant, Seat, User

CODE_NAME = "setup.code"
MODEL = "Authenticator"


@dataclass(frozen=True, slots=True)
class Person:
    """An account as an agency sees it: its roles there, and the positions whose holder it is."""

    user: User
    grants: tuple[RoleGrant, ...]
    seats: tuple[Seat, ...]


def hashed(secret: str) -> str:
    """What is kept of a secret: its SHA-256. Secrets of ours are long and random, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def nobody_yet() -> bool:
    """Whether the installation has no account, so that it still waits for its first administrator."""
    return not User.objects.exists()


def setup_code_file() -> Path:
    """Where the hash of the one-time setup code lies, while nobody has used it."""
    return Path(settings.DATA) / CODE_NAME


def setup_code_fits(code: str) -> bool:
    """Whether `code` (in any grouping or case) is the setup code that the terminal showed last."""
    try:
        kept = setup_code_file().read_text().strip()
    except FileNotFoundError:
        return False
    return kept == hashed("".join(filter(str.isalnum, code.upper())))


def open_invitation(secret: str, now: datetime) -> Invitation:
    """The invitation that a link stands for, if it still can be accepted; raises NotFound, which does not say why not."""
    rows = Invitation.objects.select_related("agency", "unit")
    found = rows.filter(
        secret_hash=hashed(secret), accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).first()
    if found is None:
        raise NotFound("Undangan ini tidak berlaku: sudah dipakai, ditarik, atau lewat waktunya. Mintalah yang baru.")
    return found


def people_of(agency: int, *, everybody: bool = False, login: str = "") -> list[Person]:
    """The accounts that have something to do with an agency, by name; `everybody`: also those of no agency at all.

    With `login` only that one account, if it is among them. Takes three queries.
    """
    grants = RoleGrant.objects.filter(Q(agency=agency) | Q(agency__isnull=True), user__isnull=False)
    seats = Seat.objects.filter(tenure__agency=agency)
    users: QuerySet[User] = User.objects.order_by("name", "username")
    if login:
        grants, seats = grants.filter(user__username=login), seats.filter(user__username=login)
        users = users.filter(username=login)
    held: dict[int | None, list[RoleGrant]] = {}
    for grant in grants.select_related("unit", "agency"):
        held.setdefault(grant.user_id, []).append(grant)
    sat: dict[int, list[Seat]] = {}
    for seat in seats.select_related("tenure__position"):
        sat.setdefault(seat.user_id, []).append(seat)
    return [
        Person(user, tuple(held.get(user.pk, ())), tuple(sat.get(user.pk, ())))
        for user in users
        if everybody or user.pk in held or user.pk in sat
    ]


def accounts_of(agency: int) -> QuerySet[User]:
    """The active accounts that have something to do with an agency, by name."""
    inside = Q(role_grants__agency=agency) | Q(role_grants__agency__isnull=True, role_grants__isnull=False)
    found = User.objects.filter(inside | Q(seats__tenure__agency=agency), is_active=True)
    return found.distinct().order_by("name", "username")


def has_ended(until: date | None, day: date) -> bool:
    """Whether something with that last day is over on `day`."""
    return until is not None and until < day


def administrators() -> QuerySet[User]:
    """The active accounts that administer every agency without an end: there is always one."""
    return User.objects.filter(
        is_active=True,
        role_grants__role=Role.ADMINISTRATOR.value,
        role_grants__agency__isnull=True,
        role_grants__until__isnull=True,
    ).distinct()


def roles_of(user: User) -> list[RoleGrant]:
    """Every role of an account, in person and through the positions that it holds, with what the page shows of each."""
    positions = Seat.objects.filter(user=user).values("tenure__position")
    rows = RoleGrant.objects.filter(Q(user=user) | Q(position__in=positions))
    return list(rows.select_related("agency", "unit", "position__agency"))


def factors_of(user: User) -> int:
    """How many second factors an account has."""
    if not apps.is_installed("allauth.mfa"):
        return 0
    count: int = apps.get_model("mfa", MODEL)._default_manager.filter(user=user).count()  # noqa: SLF001
    return count
