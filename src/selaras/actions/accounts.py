"""Accounts and roles: who may sign in, which roles they hold where and until when, and whose position is whose."""

from __future__ import annotations

from datetime import date

from django.apps import apps

from selaras.actions import _passwords
from selaras.actions._accounts import (
    check_installation,
    close_sessions,
    created,
    faults_of_email,
    faults_of_grant,
    holder,
    keep_an_administrator,
    managed,
    oneself,
    reach_of,
    refuse_twice,
    rows_of,
    said,
    sealed,
    vouch,
)
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, Role
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.store.models import Position, RoleGrant, Seat, Tenure, User
from selaras.store.users import find_user

LANGUAGES = ("id", "en")


def add_user(by: Actor, *, username: str, name: str, email: str = "", password: str | None = None) -> User:
    """Make an account without any role; without a password it waits for a link to set one (`reset_key`).

    Raises Refusal with every fault (name taken, weak password, …) and NotAllowed: only an administrator of every
    agency makes accounts without an invitation.
    """
    hashed = sealed(password)
    with traced(by, action="membuat akun") as trace:
        check_installation(by)
        user = created(username, name, email, password=password, sealed=hashed)
        vouch(user)
        trace["user"] = user.username
        trace.changed("akun", user.username, "", "", "baru")
    return user


def grant_role(
    by: Actor,
    *,
    role: Role,
    username: str = "",
    position: str = "",
    agency: str = "",
    unit: str = "",
    since: date | None = None,
    until: date | None = None,
) -> RoleGrant:
    """Give a role to an account, or to whoever holds a position (by its code), from day to day, both included.

    Without `unit` it reaches the whole agency, without `agency` every agency. Raises Refusal, NotAllowed, NotFound.
    """
    action = "memberi peran"
    with traced(by, action=action, agency=agency, act=Act.GRANT if agency else None, unit=unit) as trace:
        if not agency:
            check_installation(by)
        row = RoleGrant(role=role.value, since=since, until=until, granted_by=by.name)
        row.agency, row.unit = reach_of(agency, unit)
        faults = faults_of_grant(role, since, until)
        if bool(username) == bool(position):
            faults.append(Fault("peran tanpa pemegang", expected="satu akun atau satu jabatan"))
        if faults:
            raise Refusal("Peran tidak diberikan.", *faults)
        if username:
            row.user = find_user(username)
        else:
            row.position = _position(agency, position)
        refuse_twice(row)
        row.save()
        _note(trace, row, "", said(row))
    return row


def withdraw_role(by: Actor, *, grant: int, reason: str = "") -> None:
    """Take a role away at once. Raises NotFound, NotAllowed, and Refusal for the last administrator."""
    found = RoleGrant.objects.select_related("agency", "unit", "user", "position").filter(pk=grant).first()
    agency = found.agency.code if found and found.agency else ""
    unit = found.unit.code if found and found.unit else ""
    with traced(by, action="mencabut peran", agency=agency, act=Act.GRANT if agency else None, unit=unit) as trace:
        if found is None:
            raise NotFound("Peran itu tidak ditemukan; mungkin sudah dicabut.")
        if not agency:
            check_installation(by)
        before = said(found)
        _note(trace, found, before, "", reason)
        found.delete()
        keep_an_administrator()


def seat_user(by: Actor, *, username: str, tenure: int) -> Seat:
    """Say whose account the holder of a tenure has, so that the position's duties and roles reach the person.

    Another account that was linked before is unlinked. Raises NotFound and NotAllowed.
    """
    row, agency, unit = _tenure(tenure)
    with traced(by, action="menautkan akun dengan jabatan", agency=agency, act=Act.GRANT, unit=unit) as trace:
        if row is None:
            raise NotFound("Pejabat itu tidak ditemukan.")
        user = find_user(username)
        if not user.is_active:
            raise Refusal(f"Akun {username} nonaktif; aktifkan dahulu.")
        old = Seat.objects.filter(tenure=row).select_related("user").first()
        seat, _ = Seat.objects.update_or_create(tenure=row, defaults={"user": user})
        trace |= {"user": username, "position": row.position.code}
        trace.changed(
            "pemegang jabatan", f"{row.position.code} {row.name}", "akun", old.user.username if old else "", username
        )
    return seat


def unseat_user(by: Actor, *, tenure: int) -> None:
    """Unlink the account of a tenure. Raises NotFound and NotAllowed."""
    row, agency, unit = _tenure(tenure)
    with traced(by, action="melepas akun dari jabatan", agency=agency, act=Act.GRANT, unit=unit) as trace:
        seat = Seat.objects.filter(tenure=row).select_related("user").first() if row else None
        if row is None or seat is None:
            raise NotFound("Jabatan itu tidak ditautkan dengan akun mana pun.")
        trace |= {"user": seat.user.username, "position": row.position.code}
        trace.changed("pemegang jabatan", f"{row.position.code} {row.name}", "akun", seat.user.username, "")
        seat.delete()


def disable_user(by: Actor, *, username: str, reason: str = "") -> None:
    """Switch an account off; every session of it ends at once, its roles and history stay.

    Raises NotFound, NotAllowed, and Refusal for oneself and for the last administrator.
    """
    with traced(by, action="menonaktifkan akun") as trace:
        user = managed(by, username)
        trace["user"] = username
        if user.username == by.login:
            raise Refusal("Akun sendiri tidak dapat dinonaktifkan; mintalah administrator lain.")
        if not user.is_active:
            raise Refusal(f"Akun {username} sudah nonaktif.")
        User.objects.filter(pk=user.pk).update(is_active=False)
        trace["sessions"] = close_sessions(user)
        trace.changed("akun", username, "aktif", "Ya", "Tidak", reason)
        keep_an_administrator()


def enable_user(by: Actor, *, username: str, reason: str = "") -> None:
    """Switch an account on again. Raises NotFound, NotAllowed, Refusal."""
    with traced(by, action="mengaktifkan akun") as trace:
        user = managed(by, username)
        trace["user"] = username
        if user.is_active:
            raise Refusal(f"Akun {username} sudah aktif.")
        User.objects.filter(pk=user.pk).update(is_active=True)
        trace.changed("akun", username, "aktif", "Tidak", "Ya", reason)


def set_password(by: Actor, *, username: str, password: str) -> None:
    """Set the password of an account that one may manage; its sessions end. Raises Refusal, NotFound, NotAllowed."""
    hashed = sealed(password)
    with traced(by, action="mengganti kata sandi") as trace:
        user = managed(by, username)
        trace["user"] = username
        if faults := _passwords.faults_of(password, user):
            raise Refusal("Kata sandi tidak diganti.", *faults)
        User.objects.filter(pk=user.pk).update(password=hashed)
        trace["sessions"] = close_sessions(user)


def reset_key(by: Actor, *, username: str) -> str:
    """A key for the page on which the person sets a new password; it works once and for a limited time.

    For offices without mail: the administrator hands the link over. Raises NotFound, NotAllowed, Refusal.
    """
    with traced(by, action="membuat tautan kata sandi") as trace:
        user = managed(by, username)
        trace["user"] = username
        if not user.is_active:
            raise Refusal(f"Akun {username} nonaktif; aktifkan dahulu.")
        return _passwords.reset_key(user)


def clear_second_factors(by: Actor, *, username: str, reason: str = "") -> int:
    """Forget passkeys, authenticator apps and recovery codes of somebody who lost them; returns how many there were.

    Raises NotFound, NotAllowed, and Refusal where there are none.
    """
    with traced(by, action="menghapus faktor kedua") as trace:
        user = managed(by, username)
        trace["user"] = username
        rows = rows_of("mfa", "Authenticator").filter(user=user)
        count: int = rows.count()
        if not count:
            raise Refusal(f"Akun {username} tidak memakai faktor kedua.")
        rows.delete()
        trace |= {"count": count, "sessions": close_sessions(user)}
        trace.changed("akun", username, "faktor kedua", str(count), "0", reason)
    return count


def set_own_profile(by: Actor, *, email: str, mail_duties: bool, language: str) -> None:
    """Change one's own address, language, and whether duties come by mail. Raises Refusal and NotAllowed."""
    with traced(by, action="mengubah profil sendiri") as trace:
        user = oneself(by)
        email = email.strip()
        faults = faults_of_email(email, but=user)
        if language not in LANGUAGES:
            faults.append(Fault("bahasa tidak dikenal", read=language, expected=" atau ".join(LANGUAGES)))
        if faults:
            raise Refusal("Profil tidak disimpan.", *faults)
        for field, value in {"email": email, "mail_duties": mail_duties, "language": language}.items():
            before = getattr(user, field)
            if before != value:
                # The address itself is personal; the trail says only that it changed.
                shown = ("…", "…") if field == "email" else (str(before), str(value))
                trace.changed("akun", user.username, field, *shown)
                setattr(user, field, value)
        if apps.is_installed("allauth.account"):
            rows_of("account", "EmailAddress").filter(user=user).exclude(email__iexact=email).delete()
        user.save(update_fields=["email", "mail_duties", "language"])


def set_own_language(by: Actor, *, language: str) -> None:
    """Remember the language in which somebody reads. Raises Refusal and NotAllowed."""
    with traced(by, action="memilih bahasa") as trace:
        user = oneself(by)
        if language not in LANGUAGES:
            raise Refusal("Bahasa tidak dikenal.", Fault("bahasa", read=language, expected=" atau ".join(LANGUAGES)))
        trace["language"] = language
        User.objects.filter(pk=user.pk).update(language=language)


def end_own_sessions(by: Actor, *, but: str = "") -> int:
    """End every session of one's own on every device, except the one with key `but`; returns how many ended."""
    with traced(by, action="mengakhiri sesi sendiri") as trace:
        count = close_sessions(oneself(by), but=but)
        trace["sessions"] = count
    return count


def note_sign_in(by: Actor, *, action: str, how: str = "", address: str = "") -> None:
    """Leave a record of what happened at the door: signed in, out, refused, password or second factor changed."""
    with traced(by, action=action[:80]) as trace:
        trace |= {key: value for key, value in {"how": how, "address": address}.items() if value}


def _position(agency: str, code: str) -> Position:
    row = Position.objects.filter(agency__code=agency, code=code).select_related("agency").first()
    if row is None:
        raise NotFound(f"Jabatan {code} tidak ditemukan pada instansi {agency or 'tanpa kode'}.")
    return row


def _tenure(pk: int) -> tuple[Tenure | None, str, str]:
    row = Tenure.objects.filter(pk=pk).select_related("agency", "position__unit").first()
    if row is None:
        return None, "", ""
    return row, row.agency.code, row.position.unit.code if row.position.unit else ""


def _note(trace: Trace, row: RoleGrant, before: str, after: str, reason: str = "") -> None:
    trace |= {"holder": holder(row), "role": row.role, "unit": row.unit.code if row.unit else ""}
    trace.changed("peran", holder(row), row.role, before, after, reason)
