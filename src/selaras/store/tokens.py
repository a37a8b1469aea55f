"""Finding the key that a program sent, and the answer that it got before."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import Q, QuerySet

from selaras.store.models import ApiToken, IdempotencyKey

PREFIX = "selaras_"


def hash_of(secret: str) -> str:
    """What is kept of a secret. It is long and random, so a plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_token(secret: str, now: datetime) -> ApiToken | None:
    """The key with this secret, if it is good now and its person still has an account."""
    if not secret.startswith(PREFIX):
        return None
    found = ApiToken.objects.filter(_good(now), secret_hash=hash_of(secret), user__is_active=True)
    return found.select_related("user").first()


def tokens_of(login: str = "") -> QuerySet[ApiToken]:
    """The keys of an account, or of all, newest first; ended and revoked ones too."""
    rows = ApiToken.objects.select_related("user").order_by("-pk")
    return rows.filter(user__username=login) if login else rows


def good_tokens(login: str, now: datetime) -> QuerySet[ApiToken]:
    """The keys of an account that are good now."""
    return tokens_of(login).filter(_good(now))


def state_of(token: ApiToken, now: datetime) -> str:
    """`berlaku`, `berakhir` or `dicabut`."""
    if token.revoked_at is not None:
        return "dicabut"
    return "berakhir" if token.expires_at is not None and token.expires_at <= now else "berlaku"


def _good(now: datetime) -> Q:
    return Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=now))


def answer_before(token: int, key: str) -> IdempotencyKey | None:
    """What the same key was answered before, None if it is new."""
    return IdempotencyKey.objects.filter(token=token, key=key).first()
