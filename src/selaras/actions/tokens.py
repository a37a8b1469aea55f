"""Keys for programs: made once, shown once, kept as a hash; and the answers that make a repeated request harmless."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, Scope, check, may
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.store.models import ApiToken, IdempotencyKey, User
from selaras.store.tokens import PREFIX, good_tokens, hash_of
from selaras.store.users import find_user

HOUR = timedelta(hours=1)
MOST = 50
"""So many keys an account may have at a time."""


def create_token(
    by: Actor, *, name: str, scopes: Collection[Scope], expires_at: datetime | None = None, login: str = ""
) -> tuple[ApiToken, str]:
    """A new key for the actor's own account; the second value is the secret, which nobody can see again.

    With `login` it is for that account, which only somebody who manages the people of every agency may do. A program
    makes no keys. Raises Refusal without a name or scopes, and where the actor has no account; NotAllowed, NotFound.
    """
    with traced(by, action="membuat token API") as trace:
        user = _owner(by, login)
        faults = []
        if user is None:
            faults.append(Fault("token hanya untuk akun pengguna", remedy="Masuk dengan akun lebih dahulu."))
        if not name.strip():
            faults.append(Fault("nama token kosong", remedy="Tuliskan untuk apa token dipakai."))
        if not scopes:
            faults.append(Fault("tidak ada lingkup yang dipilih", expected=", ".join(Scope)))
        if expires_at is not None and expires_at <= timezone.now():
            faults.append(Fault("masa berlaku sudah lewat", read=f"{expires_at:%d-%m-%Y}"))
        if user is not None and good_tokens(user.username, timezone.now()).count() >= MOST:
            faults.append(
                Fault("terlalu banyak token", expected=f"paling banyak {MOST}", remedy="Cabut yang tidak dipakai.")
            )
        if faults or user is None:
            raise Refusal("Token API tidak dibuat.", *faults)
        secret = PREFIX + secrets.token_urlsafe(32)
        token = ApiToken.objects.create(
            user=user, name=name.strip(), secret_hash=hash_of(secret), scopes=sorted(scopes), expires_at=expires_at
        )
        trace |= {"token": token.pk, "name": token.name, "scopes": ", ".join(sorted(scopes)), "account": user.username}
    return token, secret


def revoke_token(by: Actor, *, token: int) -> None:
    """End a key at once: one of the own account, or anybody's for who manages the people of every agency.

    Raises NotFound, and NotAllowed for a program.
    """
    with traced(by, action="mencabut token API") as trace:
        _refuse_program(by)
        found = ApiToken.objects.filter(pk=token, revoked_at__isnull=True)
        if not may(by, Act.GRANT, ""):
            found = found.filter(user__username=by.login) if by.login else found.none()
        if not found.update(revoked_at=timezone.now()):
            raise NotFound("Token ini tidak ditemukan.")
        trace["token"] = token


def _owner(by: Actor, login: str) -> User | None:
    """The account that a new key is for; None where there is none."""
    _refuse_program(by)
    if login and login != by.login:
        check(by, Act.GRANT, "")
        user = find_user(login)
        if not user.is_active:
            raise NotFound(f"Akun {login} tidak aktif.")
        return user
    return User.objects.filter(username=by.login, is_active=True).first() if by.login else None


def _refuse_program(by: Actor) -> None:
    if by.limits is not None:
        raise NotAllowed(f"{by.name} memakai token; token hanya dikelola oleh orangnya sendiri.")


def use_token(by: Actor, *, token: int) -> None:
    """Note that a key is in use; once an hour is enough, so that reading does not become writing."""
    ago = timezone.now() - HOUR
    fresh = ApiToken.objects.filter(pk=token, last_used_at__gt=ago)
    if fresh.exists():
        return
    with traced(by, action="memakai token API") as trace:
        ApiToken.objects.filter(pk=token).update(last_used_at=timezone.now())
        trace["token"] = token


def remember_answer(by: Actor, *, token: int, key: str, request_hash: str, status: int, answer: Any) -> None:
    """Keep the answer to a write under its idempotency key, so that the same request again gets it again."""
    with traced(by, action="menyimpan jawaban API") as trace:
        IdempotencyKey.objects.get_or_create(  # two requests at once: the answer of the first stays
            token_id=token, key=key, defaults={"request_hash": request_hash, "status": status, "answer": answer}
        )
        trace |= {"token": token, "key": key}
