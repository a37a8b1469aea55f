"""Secrets that the installation must be able to read again: sealed with a key that comes from its own secret key.

AES-256-GCM; the key of each purpose is derived from `SECRET_KEY` by HKDF-SHA256, so that a seal of one purpose opens
nothing else, and a copy of the database alone opens nothing at all.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from selaras.core.errors import CannotRun, Fault

NONCE = 12
"""Bytes of the number that is used once (NIST SP 800-38D)."""


def seal(content: bytes, purpose: str) -> str:
    """Some bytes as base64 text that only this installation opens, for one purpose. 32 bytes become 80 letters."""
    nonce = secrets.token_bytes(NONCE)
    return base64.b64encode(nonce + _cipher(purpose).encrypt(nonce, content, None)).decode()


def unseal(sealed: str, purpose: str) -> bytes:
    """The bytes again. Raises CannotRun where the secret key, or the seal, is another one than at the time."""
    try:
        content = base64.b64decode(sealed, validate=True)
        return _cipher(purpose).decrypt(content[:NONCE], content[NONCE:], None)
    except (binascii.Error, InvalidTag, ValueError) as error:
        raise CannotRun(
            "Rahasia ini disegel dengan kunci rahasia yang lain.",
            Fault("segel tidak dapat dibuka", remedy="Pulihkan SELARAS_SECRET_KEY yang lama, atau buat rahasia baru."),
        ) from error


def keyed_digest(content: bytes, purpose: str) -> str:
    """A digest (HMAC-SHA256, hex) that nobody can make again, or try out, without the secret key of the installation."""
    return hmac.new(_key(purpose), content, "sha256").hexdigest()


def _cipher(purpose: str) -> AESGCM:
    return AESGCM(_key(purpose))


def _key(purpose: str) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"selaras {purpose}".encode())
    return key.derive(settings.SECRET_KEY.encode())
