"""Finding the key that a program sent, and the answer that it got before."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import Q

from selaras.store.models import ApiToken, IdempotencyKey

PREFIX = "selaras_"


def hash_of(secret: str) -> str:
    """What is kept of a secret. It is long and random, so a plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_token(secret: str, now: datetime) -> ApiToken | None:
    """The key with this secret, if it is good now and its person still has an account."""
    if not secret.startswith(PREFIX):
        return None
    good = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    found = ApiToken.objects.filter(good, secret_hash=hash_of(secret), revoked_at__isnull=True, user__is_active=True)
    return found.select_related("user").first()


def answer_before(token: int, key: str) -> IdempotencyKey | None:
    """What the same key was answered before, None if it is new."""
    return IdempotencyKey.objects.filter(token=token, key=key).first()
