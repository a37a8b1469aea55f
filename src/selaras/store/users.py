"""From an account to an actor: the roles held on a day, in person and through positions, each with its reach."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, Q

from selaras.core.access import Actor, Grant, Role
from selaras.core.errors import NotFound
from selaras.store import models as tables
from selaras.store.models import User
from selaras.store.units import below


def actor_of(user: User, day: date) -> Actor:
    """Who a person is on a day.

    Roles that have ended or not begun do not count. A role given to a position reaches whoever holds it on the day,
    also acting (Plt/Plh). Takes two queries, and one more for each agency in which a role ends at a unit.
    """
    held = set(
        tables.Tenure.objects.filter(_on(day), seat__user=user)
        .order_by()
        .values_list("position", "position__agency__code", "position__code")
    )
    whose = Q(user=user)
    if held:
        whose |= Q(position__in=[position for position, _, _ in held])
    employed = Exists(tables.StaffSeat.objects.filter(user=user))
    grants = tables.RoleGrant.objects.filter(_on(day), whose).order_by("pk").annotate(employed=employed)
    columns = ("role", "agency__code", "position__agency__code", "unit", "unit__agency")
    rows = list(grants.values_list("employed", *columns))
    return Actor(
        name=str(user),
        grants=tuple(_grant(*row) for _, *row in rows),
        login=user.username,
        positions=frozenset((agency, position) for _, agency, position in held),
        employed=any(row[0] for row in rows),
    )


def find_user(username: str) -> User:
    """The account of that name; raises NotFound."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotFound(f"Pengguna {username} tidak ditemukan.")
    return user


def holders_of(agency: str, day: date, *roles: Role) -> list[User]:
    """The active people who hold one of the roles in an agency on a day, in person or through a position."""
    grants = tables.RoleGrant.objects.filter(_on(day), role__in=[role.value for role in roles]).filter(
        Q(agency__code=agency) | Q(agency__isnull=True)
    )
    seats = tables.Seat.objects.filter(
        tenure__in=tables.Tenure.objects.filter(
            _on(day), position__in=grants.filter(position__isnull=False).values("position")
        )
    )
    people = Q(pk__in=grants.filter(user__isnull=False).values("user")) | Q(pk__in=seats.values("user"))
    return list(User.objects.filter(people, is_active=True))


def _grant(role: str, agency: str | None, through: str | None, unit: int | None, unit_agency: int | None) -> Grant:
    """A role in an agency, that of the position where it names none itself, and in the units below `unit`."""
    units: frozenset[str] = frozenset()
    if unit is not None:
        units = below(unit, tables.Unit.objects.filter(agency=unit_agency).values_list("pk", "parent_id", "code"))
    return Grant(Role(role), agency or through or "", units)


def _on(day: date) -> Q:
    """Rows whose time holds the day; open ends hold for ever."""
    began = Q(since__isnull=True) | Q(since__lte=day)
    return began & (Q(until__isnull=True) | Q(until__gte=day))
