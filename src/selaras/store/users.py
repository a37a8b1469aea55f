"""From an account to an actor: the roles held on a day, in person and through positions, each with its reach."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

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
    held = {
        (tenure.position_id, tenure.position.agency.code, tenure.position.code)
        for tenure in tables.Tenure.objects.filter(_on(day), seat__user=user).select_related("position__agency")
    }
    grants = tables.RoleGrant.objects.filter(_on(day)).filter(
        Q(user=user) | Q(position__in=[position for position, _, _ in held])
    )
    return Actor(
        name=str(user),
        grants=tuple(_grant(row) for row in grants.select_related("agency", "unit", "position__agency")),
        login=user.username,
        positions=frozenset((agency, position) for _, agency, position in held),
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


def _grant(row: tables.RoleGrant) -> Grant:
    agency = row.agency or (row.position.agency if row.position else None)
    units: frozenset[str] = frozenset()
    if row.unit is not None:
        parents = tables.Unit.objects.filter(agency=row.unit.agency_id).values_list("pk", "parent_id", "code")
        units = below(row.unit.pk, parents)
    return Grant(Role(row.role), agency.code if agency else "", units)


def _on(day: date) -> Q:
    """Rows whose time holds the day; open ends hold for ever."""
    began = Q(since__isnull=True) | Q(since__lte=day)
    return began & (Q(until__isnull=True) | Q(until__gte=day))
