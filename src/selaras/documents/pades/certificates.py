"""Certificates as people read them: whose they are, by whom, until when; and PKCS#12 files, opened in memory only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from selaras.core.errors import Fault, Refusal

LARGEST_P12 = 256 * 1024
SMALLEST_RSA = 2048
"""Bits; shorter keys are refused (NIST SP 800-57, BSI TR-02102)."""
SOON = timedelta(days=30)
FOR_DOCUMENTS = frozenset({
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE, ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.CLIENT_AUTH,
    *map(x509.ObjectIdentifier, ("1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12", "1.2.840.113583.1.1.5")),
})  # fmt: skip
"""Purposes that are used for documents: RFC 9336, those of Microsoft and Adobe, and the wide ones of people's certificates."""
IDENTIFIERS = (NameOID.SERIAL_NUMBER, NameOID.USER_ID, NameOID.ORGANIZATION_IDENTIFIER)


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What is told of a certificate. `identifiers` are the numbers in its subject: NIP or NIK, where it has them."""

    subject: str
    organisation: str
    issuer: str
    serial: str
    sha256: str
    not_before: datetime
    not_after: datetime
    identifiers: tuple[str, ...] = ()
    may_sign: bool = True
    """Whether its issuer gave it for signatures; one that is not is refused by every verification."""

    def faults(self, at: datetime) -> list[Fault]:
        """Why it must not sign at a moment: its time, its purpose."""
        if not self.may_sign:
            return [Fault("sertifikat bukan untuk tanda tangan", remedy="Pakai sertifikat tanda tangan elektronik.")]
        if at < self.not_before:
            return [Fault("sertifikat belum berlaku", read=f"mulai {self.not_before:%d-%m-%Y}")]
        if at > self.not_after:
            return [
                Fault(
                    "sertifikat kedaluwarsa", read=f"sampai {self.not_after:%d-%m-%Y}",
                    remedy="Perbarui sertifikat pada penyelenggaranya.",
                )
            ]  # fmt: skip
        return []


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """The facts of one certificate."""
    return CertificateFacts(
        subject=_first(certificate.subject, NameOID.COMMON_NAME) or certificate.subject.rfc4514_string(),
        organisation=_first(certificate.subject, NameOID.ORGANIZATION_NAME),
        issuer=_first(certificate.issuer, NameOID.COMMON_NAME) or certificate.issuer.rfc4514_string(),
        serial=format(certificate.serial_number, "x"),
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        identifiers=tuple(
            str(part.value) for oid in IDENTIFIERS for part in certificate.subject.get_attributes_for_oid(oid)
        ),
        may_sign=_may_sign(certificate),
    )


def warnings_of(
    chain: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], at: datetime
) -> tuple[Fault, ...]:
    """What a person should know before signing with the first certificate of a chain: nothing here forbids it.

    Whether its chain ends at one of `roots` (nothing is said where there are none), how soon it ends, what its issuer gave
    it for.
    """
    certificate, told = chain[0], list[Fault]()
    if roots and not _is_trusted(certificate, chain[1:], roots):
        told.append(Fault(
            "penerbit sertifikat tidak termasuk akar tepercaya instalasi ini", read=facts_of(certificate).issuer,
            remedy="Pemeriksa akan membaca “penanda tangan tidak dikenal”; pakai sertifikat lain, atau minta administrator "
            "memasang akarnya.",
        ))  # fmt: skip
    until = certificate.not_valid_after_utc
    if timedelta() <= until - at < SOON:
        told.append(Fault(
            "sertifikat segera berakhir", read=f"{(until - at).days} hari lagi, {until:%d-%m-%Y}",
            remedy="Sesudah itu tanda tangan tanpa stempel waktu tidak dapat dipastikan lagi.",
        ))  # fmt: skip
    purposes = _purposes(certificate)
    if purposes and not purposes & FOR_DOCUMENTS:
        told.append(Fault(
            "sertifikat diterbitkan untuk keperluan lain", read=", ".join(sorted(one.dotted_string for one in purposes)),
            remedy="Sebagian program pemeriksa menolaknya; pakai sertifikat tanda tangan dokumen.",
        ))  # fmt: skip
    return tuple(told)


def _is_trusted(
    certificate: x509.Certificate, above: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]
) -> bool:
    """Whether a chain of good signatures leads from a certificate to one of the roots."""
    known = {root.fingerprint(hashes.SHA256()) for root in roots}
    seen, waiting = set[bytes](), [certificate]
    while waiting:
        last = waiting.pop()
        if (print_of := last.fingerprint(hashes.SHA256())) in known:
            return True
        if print_of not in seen:
            seen.add(print_of)
            waiting += [one for one in (*above, *roots) if one.subject == last.issuer and _issued(one, last)]
    return False


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _may_sign(certificate: x509.Certificate) -> bool:
    """Whether its key usage, where it names one, holds signatures or the confession to a content."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return True
    return usage.digital_signature or usage.content_commitment


def _purposes(certificate: x509.Certificate) -> frozenset[x509.ObjectIdentifier]:
    try:
        return frozenset(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except (x509.ExtensionNotFound, ValueError):
        return frozenset()


def facts_of_asn1(certificate: asn1.Certificate) -> CertificateFacts:
    """The facts of a certificate as pyHanko holds it."""
    return facts_of(x509.load_der_x509_certificate(certificate.dump()))


def as_asn1(certificate: x509.Certificate) -> asn1.Certificate:
    """A certificate as pyHanko wants it."""
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def chain_of_pem(text: str) -> list[x509.Certificate]:
    """The certificates of a PEM text, in its order. Raises Refusal if there is none or one is broken."""
    try:
        return x509.load_pem_x509_certificates(text.encode())
    except ValueError as error:
        raise Refusal(
            "Sertifikat tidak terbaca.", Fault("bukan PEM", expected="-----BEGIN CERTIFICATE-----")
        ) from error


def pem_of(chain: list[x509.Certificate]) -> str:
    """Certificates as one PEM text."""
    return "".join(one.public_bytes(Encoding.PEM).decode() for one in chain)


@dataclass(frozen=True)
class OpenedKey:
    """A PKCS#12 file, opened: the private key, its certificate, and the certificates above it."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @property
    def facts(self) -> CertificateFacts:
        """Whose it is."""
        return facts_of(self.certificate)


def open_p12(content: bytes, passphrase: str, *, at: datetime | None = None) -> OpenedKey:
    """Open a PKCS#12 file in memory.

    Raises Refusal for what is none, a wrong passphrase, a file without key, a key that is too short, and a certificate
    that is not valid at `at` (now).
    """
    if not content or len(content) > LARGEST_P12:
        fault = Fault("ukuran berkas", read=f"{len(content)} bita", expected=f"paling besar {LARGEST_P12} bita")
        raise Refusal("Berkas kunci tidak dapat dipakai.", fault)
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode())
    except ValueError as error:
        if "password" in str(error).lower() or "mac" in str(error).lower():
            raise Refusal(
                "Frasa sandi berkas kunci salah.", Fault("frasa sandi salah", remedy="Ketik kembali frasa sandinya.")
            ) from None
        raise Refusal(
            "Berkas kunci tidak terbaca.", Fault("bukan berkas PKCS#12", expected=".p12 atau .pfx dari penyelenggara")
        ) from None
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Refusal("Berkas kunci tidak memuat kunci tanda tangan.", Fault("kunci RSA atau EC dengan sertifikatnya"))
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < SMALLEST_RSA:
        fault = Fault("kunci terlalu pendek", read=f"{key.key_size} bit", expected=f"paling sedikit {SMALLEST_RSA} bit")
        raise Refusal("Kunci ini tidak aman dan tidak dipakai.", fault)
    facts = facts_of(certificate)
    if faults := facts.faults(at or datetime.now(UTC)):
        raise Refusal(f"Sertifikat {facts.subject} tidak dapat dipakai.", *faults)
    return OpenedKey(key, certificate, _in_order(certificate, others))


def _in_order(certificate: x509.Certificate, others: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The chain from the issuer upwards; what does not belong to it stays behind it."""
    left, chain, last = list(others), list[x509.Certificate](), certificate
    while found := next((one for one in left if one.subject == last.issuer and one != last), None):
        chain.append(found)
        left.remove(found)
        last = found
    return (*chain, *left)


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    return next((str(part.value) for part in name.get_attributes_for_oid(oid)), "")
