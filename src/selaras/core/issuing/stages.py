"""How far an issued document and each of its signatures are, and how strong a signature is."""

from __future__ import annotations

from enum import StrEnum


class IssuedState(StrEnum):
    """How far an issued document is."""

    WAITING = "menunggu tanda tangan"
    """Nobody has signed yet."""
    SIGNING = "ditandatangani sebagian"
    ISSUED = "terbit"
    """Every required signature is on it."""
    REPLACED = "diganti versi baru"
    WITHDRAWN = "ditarik"


class SignatureState(StrEnum):
    """How far one signature is."""

    WAITING = "menunggu"
    SIGNED = "ditandatangani"
    REFUSED = "ditolak"


class Level(StrEnum):
    """Levels of PAdES, from the plain signature to the one that can be verified for decades (ETSI EN 319 142-1)."""

    B = "B-B"
    T = "B-T"
    LT = "B-LT"
    LTA = "B-LTA"


class KeyKind(StrEnum):
    """Where a key lies by which the server signs."""

    PKCS12 = "pkcs12"
    PKCS11 = "pkcs11"
    REMOTE = "remote"


class Way(StrEnum):
    """By which of the three providers a signature was made."""

    SERVER = "kunci di server"
    OWN_FILE = "berkas sendiri"
    REMOTE = "layanan jarak jauh"


OPEN = frozenset({IssuedState.WAITING, IssuedState.SIGNING})
"""States in which somebody may still sign."""
STANDING = OPEN | {IssuedState.ISSUED}
"""States of a version that counts: not replaced, not withdrawn."""
