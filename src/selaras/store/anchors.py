"""Anchors of the trail: reading them, checking their signatures, and the key of the installation that signs them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import cms
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from selaras.core.errors import CannotRun, Fault
from selaras.core.issuing.anchor import Anchor, SignedAnchor
from selaras.store.models import AuditAnchor
from selaras.store.models.proofs import AnchorKind
from selaras.store.sealing import seal, unseal

KEY_FILE = "anchor.key"
PURPOSE = "anchor"
STALE = timedelta(days=2)
"""An installation whose last anchor is older than this is told so."""


def anchors() -> Iterator[SignedAnchor]:
    """Every anchor, the first first."""
    for row in AuditAnchor.objects.order_by("number").iterator():
        yield signed(row)


def signed(row: AuditAnchor) -> SignedAnchor:
    """A row as its value."""
    anchor = Anchor(row.number, row.last_id, row.records, row.head, row.previous, row.made_at, row.made_by)
    return SignedAnchor(anchor, row.kind, bytes(row.signature), row.certificate)


def last_anchor() -> AuditAnchor | None:
    """The newest anchor."""
    return AuditAnchor.objects.order_by("-number").first()


def anchor_age(now: datetime) -> timedelta | None:
    """How old the newest anchor is; None where there is none."""
    last = last_anchor()
    return now - last.made_at if last else None


def signature_fault(item: SignedAnchor) -> str:
    """What is wrong with the signature of an anchor; empty if it holds."""
    text = item.anchor.text().encode()
    if item.kind == AnchorKind.CMS.value:
        return _cms_fault(item, text)
    try:
        key = serialization.load_pem_public_key(item.certificate.encode())
        if not isinstance(key, Ed25519PublicKey):
            return "kuncinya bukan Ed25519"
        key.verify(item.signature, text)
    except InvalidSignature:
        return "tanda tangannya tidak sesuai dengan isinya"
    except (ValueError, TypeError):
        return "kuncinya tidak terbaca"
    return ""


def _cms_fault(item: SignedAnchor, text: bytes) -> str:
    import hashlib

    from pyhanko.sign.general import CMSExtractionError
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity

    try:
        content = cms.ContentInfo.load(item.signature)["content"]
        (signer,) = content["signer_infos"]
        algorithm = signer["digest_algorithm"]["algorithm"].native
        certificate = extract_certs_for_validation(content).signer_cert
        intact, valid = validate_sig_integrity(
            signer, certificate, "data", hashlib.new(algorithm, text).digest()
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, CMSExtractionError, SignatureValidationError):
        return "tanda tangannya tidak terbaca"
    return "" if intact and valid else "tanda tangannya tidak sesuai dengan isinya"


def installation_key() -> Ed25519PrivateKey:
    """The key of the installation for anchors, sealed in its workspace; made at the first use. Raises CannotRun."""
    path = Path(settings.DATA) / KEY_FILE
    if not path.exists():
        _make(path)
    try:
        raw = unseal(path.read_text("ascii").strip(), PURPOSE)
        return Ed25519PrivateKey.from_private_bytes(raw)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise CannotRun(
            "Kunci jangkar tidak dapat dibaca.",
            Fault(path.name, read=str(error)[:120], remedy="Pulihkan berkasnya dari cadangan."),
        ) from error


def public_pem(key: Ed25519PrivateKey) -> str:
    """The public half of the key as PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def _make(path: Path) -> None:
    raw = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was quicker
        return
    with os.fdopen(handle, "w") as file:
        file.write(seal(raw, PURPOSE))


def chain_faults(items: Sequence[SignedAnchor]) -> Iterator[tuple[int, str]]:
    """What is wrong with anchors among themselves, by number: gaps, exchanged ones, signatures that do not hold."""
    previous, number = "", 0
    for item in items:
        anchor = item.anchor
        fault = signature_fault(item)
        if fault:
            yield anchor.number, f"Jangkar {anchor.number} diubah: {fault}."
        if anchor.number != number + 1:
            yield anchor.number, f"Jangkar sebelum nomor {anchor.number} dihapus: yang ada terakhir nomor {number}."
        elif anchor.previous != previous:
            yield (
                anchor.number,
                f"Jangkar {anchor.number} tidak menyambung pada jangkar {number}: ditukar atau ditulis ulang.",
            )
        previous, number = anchor.digest, anchor.number
