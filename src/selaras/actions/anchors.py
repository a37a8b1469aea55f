"""Anchors of the trail: signing its head from time to time, and handing the signed heads out to be kept elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils import timezone

from selaras.actions._accounts import check_installation
from selaras.actions.audit import traced
from selaras.core.access import Actor
from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.issuing.anchor import Anchor, SignedAnchor
from selaras.documents.pades.loops import awaited
from selaras.documents.write.delivery import deliver
from selaras.store.anchors import anchors, installation_key, last_anchor, public_pem, signed
from selaras.store.models import AuditAnchor, AuditRecord
from selaras.store.models.proofs import AnchorKind

MADE = "menambatkan jejak audit"


@dataclass(frozen=True, slots=True)
class _Signing:
    """How anchors are signed: the way, the key or certificate as PEM, and the signing itself."""

    kind: AnchorKind
    certificate: str
    sign: Callable[[bytes], bytes]


def anchor_trail(by: Actor, *, p12: bytes | None = None, passphrase: str = "") -> AuditAnchor | None:
    """Sign the head of the trail; None where nothing was recorded since the last anchor.

    It is signed with the key of the installation, or with the certificate of an agency where its PKCS#12 file is given:
    that is used once and kept nowhere. The anchor's own record comes after it. Raises Refusal for a wrong passphrase, and
    NotAllowed for who may not look after the whole installation.
    """
    check_installation(by)
    signing = _by_installation() if p12 is None else _by_certificate(p12, passphrase)
    before = last_anchor()
    since = AuditRecord.objects.filter(pk__gt=before.last_id if before else 0)
    if not since.exclude(action=MADE).exists():
        return None
    with traced(by, action=MADE) as trace:
        if connection.vendor == "postgresql":
            table = AuditRecord._meta.db_table  # noqa: SLF001
            with connection.cursor() as cursor:  # nobody appends, and no second anchor is made, until this one stands
                cursor.execute(f'LOCK TABLE "{table}" IN EXCLUSIVE MODE')
        before = last_anchor()
        last = AuditRecord.objects.order_by("-pk").first()
        assert last is not None
        item = Anchor(
            before.number + 1 if before else 1, last.pk, AuditRecord.objects.count(), last.hash,
            signed(before).anchor.digest if before else "", timezone.now(), by.name,
        )  # fmt: skip
        row = AuditAnchor(
            number=item.number, last_id=item.last_id, records=item.records, head=item.head, previous=item.previous,
            made_at=item.made_at, made_by=item.made_by, kind=signing.kind.value, certificate=signing.certificate,
            signature=signing.sign(item.text().encode()),
        )  # fmt: skip
        row.save(force_insert=True)
        trace |= {"anchor": item.number, "records": item.records, "head": item.head}
    return row


def export_anchors(by: Actor, *, output: Path | None = None, last: int = 0) -> str:
    """The anchors as JSON to be kept elsewhere, all or the `last` ones; written to `output` if it is given.

    Raises CannotRun where there is none yet, or the file cannot be written, and NotAllowed.
    """
    with traced(by, action="mengekspor jangkar jejak audit") as trace:
        check_installation(by)
        known = list(anchors())
        chosen = known[-last:] if last else known
        if not chosen:
            raise CannotRun(
                "Belum ada jangkar.", Fault("jejak audit", remedy="Jalankan `selaras audit anchor` dahulu.")
            )
        text = _exported(chosen)
        trace |= {"anchors": len(chosen), "sha256": hashlib.sha256(text.encode()).hexdigest()}
    if output is not None:
        deliver(text.encode(), output)
    return text


def _exported(items: list[SignedAnchor]) -> str:
    return json.dumps({"anchors": [item.exported() for item in items]}, ensure_ascii=False, indent=1) + "\n"


def _by_installation() -> _Signing:
    key = installation_key()
    return _Signing(AnchorKind.INSTALLATION, public_pem(key), key.sign)


def _by_certificate(p12: bytes, passphrase: str) -> _Signing:
    """A detached signature (CMS) by the certificate of an agency."""
    from pyhanko.sign.signers import SimpleSigner

    signer = SimpleSigner.load_pkcs12_data(p12, (), passphrase=passphrase.encode() or None)
    if signer is None or signer.signing_cert is None:
        raise Refusal(
            "Berkas kunci tidak dapat dibuka.",
            Fault("berkas .p12 atau frasa sandi", remedy="Periksa berkas dan frasa sandinya."),
        )
    chain = [signer.signing_cert, *signer.cert_registry]
    pem = "".join(dict.fromkeys(_pem(one.dump()) for one in chain))

    def sign(text: bytes) -> bytes:
        made: bytes = awaited(signer.async_sign_general_data(text, "sha256", detached=True)).dump()
        return made

    return _Signing(AnchorKind.CMS, pem, sign)


def _pem(der: bytes) -> str:
    from asn1crypto import pem

    made: bytes = pem.armor("CERTIFICATE", der)
    return made.decode()
