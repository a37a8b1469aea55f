"""What the verbs about accounts share: making one, checking a role's reach, and keeping one administrator."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone

from selaras.actions import _passwords
from selaras.core.access import Act, Actor, Role, may, may_somewhere
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.store.accounts import administrators
from selaras.store.models import Agency, RoleGrant, Seat, Tenure, Unit, User
from selaras.store.users import find_user

LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,60})[a-z0-9]")


def created(username: str, name: str, email: str, *, password: str | None, sealed: str) -> User:
    """A new account; `sealed` is the password's hash, made before the transaction because it is slow.

    Raises Refusal with every fault.
    """
    username, name, email = username.strip().lower(), " ".join(name.split()), email.strip()
    user = User(username=username, name=name, email=email, password=sealed)
    faults = faults_of_email(email)
    if not LOGIN.fullmatch(username):
        faults.append(
            Fault(
                "nama pengguna", read=username, expected="3–62 huruf kecil, angka, titik, garis bawah, atau tanda hubung",
                remedy="Misalnya perencana.biro.",
            )
        )  # fmt: skip
    elif User.objects.filter(username__iexact=username).exists():
        faults.append(Fault("nama pengguna sudah dipakai", read=username, remedy="Pilih nama lain."))
    if not name:
        faults.append(Fault("nama orang kosong", expected="nama seperti dalam daftar pegawai"))
    if password is not None:
        faults += _passwords.faults_of(password, user)
    if faults:
        raise Refusal("Akun tidak dibuat.", *faults)
    user.save(force_insert=True)
    return user


def vouch(user: User) -> None:
    """Note that an administrator stands behind an account's address.

    The agency's own sign-on finds accounts only by such addresses: what people write into their own profile nobody
    has verified, and could be somebody else's.
    """
    if user.email and apps.is_installed("allauth.account"):
        rows = rows_of("account", "EmailAddress")
        rows.filter(email__iexact=user.email).exclude(user=user).delete()  # left behind; addresses are unique here
        rows.update_or_create(user=user, email=user.email.lower(), defaults={"verified": True})


def sealed(password: str | None) -> str:
    """The hash of a password; of none, one that nothing fits."""
    return make_password(password)


def faults_of_email(email: str, *, but: User | None = None) -> list[Fault]:
    """What is wrong with a mail address; empty is allowed, because not every office gives its staff one."""
    if not email:
        return []
    try:
        validate_email(email)
    except ValidationError:
        return [Fault("alamat surel", read=email, expected="alamat seperti nama@instansi.go.id")]
    others = User.objects.filter(email__iexact=email)
    if (others.exclude(pk=but.pk) if but else others).exists():
        return [Fault("alamat surel sudah dipakai akun lain", read=email)]
    return []


def reach_of(agency: str, unit: str) -> tuple[Agency | None, Unit | None]:
    """The rows behind the codes of a role's reach; raises NotFound."""
    if not agency:
        if unit:
            raise Refusal("Peran untuk sebuah unit memerlukan instansinya.")
        return None, None
    place = Agency.objects.filter(code=agency).first()
    if place is None:
        raise NotFound(f"Instansi {agency} tidak ditemukan.")
    if not unit:
        return place, None
    row = Unit.objects.filter(agency=place, code=unit).first()
    if row is None:
        raise NotFound(f"Unit {unit} tidak ditemukan pada instansi {agency}.")
    return place, row


def faults_of_grant(role: Role, since: date | None, until: date | None) -> list[Fault]:
    """What is wrong with a role and its days."""
    faults = []
    if role is Role.READER:
        faults.append(Fault("peran publik tidak diberikan", remedy="Halaman publik terbuka tanpa akun."))
    if since and until and until < since:
        faults.append(
            Fault("akhir mendahului awal", read=until.isoformat(), expected=f"{since.isoformat()} atau sesudahnya")
        )
    return faults


def refuse_twice(row: RoleGrant) -> None:
    """Refuse a role that is held already, with the same reach, on some of the same days."""
    same = RoleGrant.objects.filter(
        user=row.user, position=row.position, role=row.role, agency=row.agency, unit=row.unit
    )
    if row.until:
        same = same.filter(Q(since__isnull=True) | Q(since__lte=row.until))
    if row.since:
        same = same.filter(Q(until__isnull=True) | Q(until__gte=row.since))
    if (other := same.first()) is not None:
        raise Refusal(f"Peran itu sudah dipegang ({said(other)}). Cabut dahulu bila waktunya hendak diubah.")


def holder(row: RoleGrant) -> str:
    """Who holds a role, as history names them: an account or a position."""
    if row.user is not None:
        return row.user.username
    assert row.position is not None
    return f"jabatan {row.position.code}"


def said(row: RoleGrant) -> str:
    """A role with its reach and days, in words."""
    where = row.unit.code if row.unit else row.agency.code if row.agency else "semua instansi"
    since = f" sejak {row.since.isoformat()}" if row.since else ""
    until = f" sampai {row.until.isoformat()}" if row.until else ""
    return f"{row.role} pada {where}{since}{until}"


def keep_an_administrator() -> None:
    """Refuse a change after which nobody would administer the installation; call at the end of the transaction."""
    rows = RoleGrant.objects.filter(role=Role.ADMINISTRATOR.value, agency__isnull=True).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))  # two who remove each other wait for one another
    if not administrators().exists():
        raise Refusal(
            "Administrator terakhir tidak dapat dilepas.",
            Fault(
                "tidak ada administrator lain untuk semua instansi",
                remedy="Beri peran administrator tanpa batas waktu kepada orang lain dahulu.",
            ),
        )


def rows_of(app: str, model: str) -> Any:
    """Every row of a table that only the web settings install."""
    return apps.get_model(app, model)._default_manager.all()  # noqa: SLF001 (Django names it no other way)


def close_sessions(user: User, *, but: str = "") -> int:
    """End the sessions of an account, except the one with key `but`; returns how many ended."""
    if not apps.is_installed("django.contrib.sessions"):
        return 0
    sessions = rows_of("sessions", "Session")
    rows = sessions.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    keys = [row.session_key for row in rows.iterator() if row.get_decoded().get("_auth_user_id") == str(user.pk)]
    sessions.filter(session_key__in=keys).delete()
    return len(keys)


def oneself(by: Actor) -> User:
    """The account of the one who acts. Raises NotAllowed for the public and the terminal."""
    if not by.login:
        raise NotAllowed("Hanya orang yang masuk memiliki profil.")
    return find_user(by.login)


def check_installation(by: Actor) -> None:
    """Refuse who does not administer every agency. Raises NotAllowed."""
    if not may(by, Act.GRANT, ""):
        raise NotAllowed(f"{by.name} tidak berhak mengelola pengguna di semua instansi.")


def managed(by: Actor, username: str) -> User:
    """The account of that name, if `by` may manage it as a whole: all its roles lie where `by` may grant.

    Else an administrator of one agency could open the account of somebody who holds more. Raises NotFound for an
    account outside the own agencies, NotAllowed for one that reaches further.
    """
    user = find_user(username)
    if may(by, Act.GRANT, ""):
        return user
    positions = Tenure.objects.filter(seat__user=user).values("position")
    grants = RoleGrant.objects.filter(Q(user=user) | Q(position__in=positions)).select_related("agency")
    places = {grant.agency.code if grant.agency else "" for grant in grants}
    places |= set(Seat.objects.filter(user=user).values_list("tenure__agency__code", flat=True))
    if not any(may_somewhere(by, Act.GRANT, place) for place in places if place):
        raise NotFound(f"Pengguna {username} tidak ditemukan.")
    if not all(place and may(by, Act.GRANT, place) for place in places):
        raise NotAllowed(f"Akun {username} juga berperan di luar instansi Anda; hubungi administrator instalasi.")
    return user
