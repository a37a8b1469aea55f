"""The stamp in a public form: when it was shown, and that it is sent once. It replaces cookie and session."""

from __future__ import annotations

import secrets
import time

from django.core import signing
from django.core.cache import caches

from selaras.core.errors import Fault, Refusal

QUICKEST = 3
"""Seconds that a person needs at least to fill a form in."""
OLDEST = 12 * 3600


def stamped(purpose: str) -> str:
    """A fresh stamp for a form of this purpose."""
    return signing.dumps([secrets.token_urlsafe(12), int(time.time())], salt=_salt(purpose))


def check_stamp(purpose: str, stamp: str) -> str:
    """What is unique about a form that came back. Raises Refusal for one that is too quick, too old or not ours."""
    try:
        unique, shown = signing.loads(stamp, salt=_salt(purpose), max_age=OLDEST)
    except (signing.BadSignature, ValueError, TypeError):
        fault = Fault("formulir sudah kedaluwarsa", remedy="Isian Anda masih ada; kirim sekali lagi.")
        raise Refusal("Formulir belum terkirim.", fault) from None
    if time.time() - shown < QUICKEST:
        fault = Fault("formulir dikirim terlalu cepat", remedy="Tunggu beberapa detik, lalu kirim sekali lagi.")
        raise Refusal("Formulir belum terkirim.", fault)
    return str(unique)


def use_stamp(unique: str) -> bool:
    """Whether a form comes for the first time; a page that is loaded again sends its form again."""
    return bool(caches["default"].add(_key(unique), 1, timeout=OLDEST))


def free_stamp(unique: str) -> None:
    """Let a form that was refused be sent again."""
    caches["default"].delete(_key(unique))


def _salt(purpose: str) -> str:
    return f"selaras.layanan.{purpose}"


def _key(unique: str) -> str:
    return f"layanan:sekali:{unique}"
