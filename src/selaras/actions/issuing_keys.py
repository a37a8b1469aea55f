"""Signing keys on the server: added, tried, switched off; and the provider that signs by one of them.

The secret of a key is sealed by the installation and leaves the table only while it signs. Passphrases and PINs stand in
no record and no message.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from typing import TypeVar

from cryptography import x509
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from selaras.actions._issuing import keeps_seal
from selaras.actions._issuing_services import remote_service, trusted_roots
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check_somewhere, may
from selaras.core.errors import CannotRun, Fault, NotAllowed, NotFound, Refusal
from selaras.core.issuing.stages import KeyKind, Way
from selaras.documents.pades.certificates import CertificateFacts, chain_of_pem, facts_of, open_p12, pem_of, warnings_of
from selaras.documents.pades.device import Pkcs11Place
from selaras.documents.pades.providers import DeviceProvider, FileProvider, Provider
from selaras.documents.pades.remote import NIK, RemoteProvider
from selaras.store.issuing import keys_of
from selaras.store.models import SigningKey, User
from selaras.store.sealing import seal, unseal
from selaras.store.snapshot import find_agency
from selaras.store.users import find_user

PURPOSE = "signing key"
KIND = SigningKey.__name__
LONGEST_NAME = 200
Made = TypeVar("Made")


def add_p12(by: Actor, *, agency: str, name: str, content: bytes, passphrase: str, holder: str = "") -> SigningKey:
    """Add a PKCS#12 file as a key on the server: of the account `holder`, or without one as the agency's own seal.

    Raises Refusal for a file that cannot be opened, is not valid now or stands here already; NotAllowed, NotFound.
    """
    with traced(by, action="menambah kunci tanda tangan", agency=agency, act=Act.KEEP_KEYS) as trace:
        opened = open_p12(content, passphrase)
        secret = {"p12": base64.b64encode(content).decode(), "passphrase": passphrase}
        row = _added(
            by, agency, name, KeyKind.PKCS12, secret, opened.facts, pem_of([opened.certificate, *opened.chain]), holder
        )
        trace.changed(KIND, row.name, "Kunci", "", f"{row.subject} ({row.kind})")
        trace |= {"key": row.pk, "certificate": row.sha256, "holder": holder}
    return row


def add_device(
    by: Actor,
    *,
    agency: str,
    name: str,
    token: str,
    label: str,
    pin: str,
    certificate: str = "",
    holder: str = "",
) -> SigningKey:
    """Add a key in the server's PKCS#11 device, by the labels of the token and the key, after opening it once.

    `certificate` is the chain as PEM; without one the certificate in the device is taken. The module itself is set by
    the operator (`SELARAS_SIGN_PKCS11`), never here. Raises Refusal, CannotRun, NotAllowed, NotFound.
    """
    found, problem = _attempt(by, agency, lambda: _in_device(token, label, pin, certificate))
    with traced(by, action="menambah kunci tanda tangan", agency=agency, act=Act.KEEP_KEYS) as trace:
        if problem is not None:
            raise problem
        assert found is not None
        secret = {"token": token, "label": label, "pin": pin}
        row = _added(by, agency, name, KeyKind.PKCS11, secret, facts_of(found[0]), pem_of(found), holder)
        trace.changed(KIND, row.name, "Kunci", "", f"{row.subject} ({row.kind})")
        trace |= {"key": row.pk, "certificate": row.sha256, "holder": holder}
    return row


def check_key(by: Actor, *, agency: str, key: int) -> CertificateFacts:
    """Try a key: whether its secret opens and its certificate is valid now. Raises Refusal, CannotRun, NotAllowed, NotFound."""
    facts, problem = _attempt(by, agency, lambda: _tried(_found(agency, key)))
    with traced(by, action="menguji kunci tanda tangan", agency=agency, act=Act.KEEP_KEYS) as trace:
        if problem is not None:
            raise problem
        row = _found(agency, key)
        if facts is None or facts.sha256 != row.sha256:
            raise Refusal(
                "Kunci ini tidak lagi sama dengan yang didaftarkan.", Fault("sertifikat", expected=row.sha256)
            )
        row.tested_at = timezone.now()
        row.save(update_fields=("tested_at",))
        trace |= {"key": row.pk, "certificate": row.sha256}
    return facts


def switch_key(by: Actor, *, agency: str, key: int, active: bool) -> SigningKey:
    """Switch a key off or on. One that is switched off signs nothing. Raises NotAllowed, NotFound."""
    with traced(
        by, action="mengaktifkan kunci" if active else "menonaktifkan kunci", agency=agency, act=Act.KEEP_KEYS
    ) as trace:
        row = _found(agency, key)
        if row.active != active:
            trace.changed(KIND, row.name, "Aktif", _yes(row.active), _yes(active))
        row.active = active
        row.save(update_fields=("active",))
        trace["key"] = row.pk
    return row


def remove_secret(by: Actor, *, agency: str, key: int) -> SigningKey:
    """Delete the secret of a key for good; what it is stays, for the signatures that it made. Raises NotAllowed, NotFound."""
    with traced(by, action="menghapus rahasia kunci", agency=agency, act=Act.KEEP_KEYS) as trace:
        row = _found(agency, key)
        row.active, row.secret = False, ""
        row.save(update_fields=("active", "secret"))
        trace.changed(KIND, row.name, "Rahasia", "ada", "dihapus")
        trace["key"] = row.pk
    return row


def server_provider(by: Actor, *, agency: str, key: int, is_seal: bool) -> Provider:
    """The provider of a key on the server, for whom it belongs to: its holder, or who may put on the agency's seal.

    Raises Refusal for a key that is switched off, CannotRun where it cannot be opened, NotAllowed, NotFound.
    """
    row = _found(agency, key)
    own = row.holder is not None and row.holder.username == by.login and bool(by.login)
    usable = row.agency_seal and row.holder is None and keeps_seal(by, agency) if is_seal else own
    if not usable or by.limits is not None:
        raise NotAllowed("Kunci ini bukan milik Anda untuk tempat tanda tangan ini.")
    if not row.active or not row.secret:
        raise Refusal(f"Kunci {row.name} tidak aktif.", Fault("kunci tidak aktif", remedy="Pilih kunci lain."))
    return _provider(row)


def file_provider(by: Actor, *, content: bytes, passphrase: str) -> Provider:
    """The provider of the signer's own PKCS#12 file, for one signature; it stays in memory. Raises Refusal, NotAllowed."""
    if by.limits is not None:
        raise NotAllowed("Program tidak menandatangani.")
    provider = FileProvider(content, passphrase)
    provider.certificate()
    return provider


def remote_provider(by: Actor, *, nik: str, passphrase: str) -> Provider:
    """The provider of the remote service for one signature. Raises CannotRun where none is set up, Refusal, NotAllowed."""
    if by.limits is not None:
        raise NotAllowed("Program tidak menandatangani.")
    service = remote_service()
    if service is None:
        raise CannotRun(
            "Layanan tanda tangan jarak jauh belum diatur pada instalasi ini.",
            Fault("SELARAS_SIGN_REMOTE kosong", remedy="Pakai berkas sendiri atau kunci di server."),
        )
    digits = "".join(letter for letter in nik if letter.isdigit())
    if not NIK.fullmatch(digits) or not passphrase:
        raise Refusal(
            "Tanda tangan jarak jauh belum lengkap.", Fault("NIK dan frasa sandi", expected="16 angka dan frasa sandi")
        )
    return RemoteProvider(service, digits, passphrase)


def warnings_before(by: Actor, *, agency: str, provider: Provider) -> tuple[Fault, ...]:
    """What a person should know of the own certificate before signing with it. Raises Refusal, CannotRun, NotAllowed."""
    check_somewhere(by, Act.SIGN_DOCUMENT, agency)
    return provider.warned(trusted_roots(agency))


def key_warnings(by: Actor, *, agency: str, key: SigningKey) -> tuple[Fault, ...]:
    """The same of a key on the server, by what is kept of it: neither its secret nor a device is opened."""
    check_somewhere(by, Act.SIGN_DOCUMENT, agency)
    chain, now = chain_of_pem(key.certificate), timezone.now()
    return (*facts_of(chain[0]).faults(now), *warnings_of(chain, trusted_roots(agency), now))


def _attempt(by: Actor, agency: str, work: Callable[[], Made]) -> tuple[Made | None, Refusal | None]:
    """What a device is asked for, before the transaction: while it thinks, nobody else waits. A refusal is kept."""
    if not may(by, Act.KEEP_KEYS, agency):
        return None, None  # refused, with its record, by the act itself
    try:
        return work(), None
    except Refusal as refused:
        return None, refused


def _in_device(token: str, label: str, pin: str, certificate: str) -> list[x509.Certificate]:
    """The chain of a key in the device, after the device has signed once with it."""
    if not settings.SIGN_PKCS11:
        raise CannotRun(
            "Perangkat kunci belum diatur pada instalasi ini.",
            Fault("SELARAS_SIGN_PKCS11 kosong", remedy="Operator mengisi jalur modul PKCS#11."),
        )
    chain = chain_of_pem(certificate) if certificate.strip() else []
    provider = DeviceProvider(Pkcs11Place(settings.SIGN_PKCS11, token, label, pin), tuple(chain))
    found = chain or provider.pem_chain()
    DeviceProvider(provider.place, tuple(found)).try_key()
    return found


def _tried(row: SigningKey) -> CertificateFacts | None:
    provider = _provider(row)
    if isinstance(provider, DeviceProvider):
        provider.try_key()
    return provider.certificate()


def _added(
    by: Actor,
    agency: str,
    name: str,
    kind: KeyKind,
    secret: dict[str, str],
    facts: CertificateFacts,
    chain: str,
    holder: str,
) -> SigningKey:
    pk, _ = find_agency(agency)
    called = name.strip()[:LONGEST_NAME] or facts.subject
    person: User | None = find_user(holder) if holder else None
    if keys_of(agency).filter(sha256=facts.sha256, active=True).exists():
        raise Refusal("Kunci dengan sertifikat ini sudah ada.", Fault("sertifikat", read=facts.subject))
    with transaction.atomic():
        return SigningKey.objects.create(
            agency_id=pk, name=called, kind=kind.value, secret=seal(json.dumps(secret).encode(), PURPOSE),
            certificate=chain, subject=facts.subject, issuer=facts.issuer, serial=facts.serial, sha256=facts.sha256,
            holder=person, agency_seal=person is None, added_by=by.name, not_before=facts.not_before,
            not_after=facts.not_after,
        )  # fmt: skip


def _found(agency: str, key: int) -> SigningKey:
    row = keys_of(agency).filter(pk=key).first()
    if row is None:
        raise NotFound("Kunci tanda tangan ini tidak ditemukan.")
    return row


def _provider(row: SigningKey) -> Provider:
    if not row.secret:
        raise Refusal(f"Rahasia kunci {row.name} sudah dihapus.", Fault("kunci tanpa rahasia"))
    secret = json.loads(unseal(row.secret, PURPOSE))
    chain = tuple(chain_of_pem(row.certificate))
    if row.kind == KeyKind.PKCS11.value:
        place = Pkcs11Place(settings.SIGN_PKCS11, secret["token"], secret["label"], secret["pin"])
        return DeviceProvider(place, chain)
    try:
        content = base64.b64decode(secret["p12"], validate=True)
    except (binascii.Error, KeyError) as error:
        raise CannotRun("Rahasia kunci rusak.", Fault(row.name)) from error
    return FileProvider(content, secret["passphrase"], Way.SERVER, chain[1:])


def _yes(flag: bool) -> str:
    return "ya" if flag else "tidak"
