"""A certificate authority for tests: root, intermediate, signers, time-stamps, OCSP and CRL over loopback.

with Authority() as authority:
    signer = authority.signer("Penanda Uji")         # keys and certificates, invented names only
    signer.p12("sandi")                               # bytes of a PKCS#12 file with its chain
    authority.tsa_url, authority.ocsp_url             # answer while the block lasts
    authority.revoke(signer)                          # OCSP and CRL say so from now on
    authority.roots_pem                               # what a verifier must trust
    authority.tsa_works = authority.ocsp_works = False   # 503 from now on

alone(sign_pdf, ...)                                  # pyHanko's synchronous functions, whatever ran in this process before
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, Self
from urllib.parse import unquote

from asn1crypto import tsp
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate as Asn1Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

YEAR = timedelta(days=365)
DER = serialization.Encoding.DER
PEM = serialization.Encoding.PEM
SHARED = 4
_turns = count()


def alone(function: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What the function gives; in a thread of its own if this one has a running loop (browser tests leave one)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(function, *given, **named).result()
    return function(*given, **named)


@dataclass(frozen=True)
class Signer:
    """A key with its certificate, and the certificates above it (the root last)."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def name(self) -> str:
        return str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)

    @property
    def serial(self) -> int:
        return self.certificate.serial_number

    @cached_property
    def sha256(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @cached_property
    def pem(self) -> bytes:
        """The certificate and its chain."""
        return b"".join(one.public_bytes(PEM) for one in (self.certificate, *self.chain))

    def p12(self, passphrase: str = "sandi-uji") -> bytes:
        """A PKCS#12 file with the key, the certificate and the chain."""
        protection = serialization.BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(
            self.name.encode(), self.key, self.certificate, self.chain or None, protection
        )

    def key_der(self) -> bytes:
        """The private key as unprotected PKCS#8."""
        return self.key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())

    def simple(self) -> SimpleSigner:
        """What pyHanko signs with."""
        signer = SimpleSigner.load_pkcs12_data(self.p12(), (), passphrase=b"sandi-uji")
        assert signer is not None
        return signer


@dataclass
class Authority:
    """Everything around a signature that is not the signature; a context manager that serves on loopback."""

    organisation: str = "Penyelenggara Sertifikat Uji"
    tsa_works: bool = True
    ocsp_works: bool = True
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._revoked: dict[int, datetime] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.tsa_url = f"{self.url}/tsa"
        self.ocsp_url = f"{self.url}/ocsp"
        self.root = self._authority("Akar Uji", None)
        self.intermediate = self._authority("Antara Uji", self.root)
        self._ocsp = self.signer("Penjawab OCSP Uji", usage=ExtendedKeyUsageOID.OCSP_SIGNING)
        self._root_ocsp = self.signer("Penjawab OCSP Akar", usage=ExtendedKeyUsageOID.OCSP_SIGNING, issuer=self.root)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def roots_pem(self) -> bytes:
        """The root alone, as PEM."""
        return self.root.certificate.public_bytes(PEM)

    @cached_property
    def tsa(self) -> Signer:
        return self.signer("Penanda Waktu Uji", usage=ExtendedKeyUsageOID.TIME_STAMPING, not_after=10 * YEAR)

    def signer(
        self,
        name: str = "Penanda Uji",
        *,
        organisation: str = "Instansi Uji",
        identifier: str = "",
        not_before: timedelta = -timedelta(days=1),
        not_after: timedelta = YEAR,
        usage: x509.ObjectIdentifier | None = None,
        issuer: Signer | None = None,
        for_signatures: bool = True,
    ) -> Signer:
        """A key with a certificate; its times are told from now. `identifier` becomes the subject's serial number.

        Its key is one of a few that all signers share: making one takes long, and what tells them apart is the certificate.
        """
        issuer = issuer or self.intermediate
        key = _shared_key(next(_turns) % SHARED)
        subject = _subject(name, organisation, identifier)
        builder = _builder(subject, issuer.certificate.subject, key, not_before, not_after)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(
            _key_usage(signs_documents=usage is None, for_signatures=for_signatures), critical=True
        )
        if usage is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        if usage == ExtendedKeyUsageOID.OCSP_SIGNING:
            builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
        else:
            builder = self._where_to_ask(builder, issuer)
        certificate = builder.sign(issuer.key, hashes.SHA256())
        return Signer(key, certificate, (issuer.certificate, *issuer.chain))

    def expired(self, name: str = "Penanda Kedaluwarsa") -> Signer:
        return self.signer(name, not_before=-2 * YEAR, not_after=-timedelta(days=3))

    def not_yet(self, name: str = "Penanda Belum Berlaku") -> Signer:
        return self.signer(name, not_before=timedelta(days=30))

    def revoked(self, name: str = "Penanda Dicabut", since: timedelta = -timedelta(hours=1)) -> Signer:
        signer = self.signer(name)
        self.revoke(signer, since)
        return signer

    def revoke(self, signer: Signer, since: timedelta = timedelta()) -> None:
        """OCSP and CRL call this certificate revoked, since this time from now."""
        self._revoked[signer.serial] = datetime.now(UTC).replace(microsecond=0) + since

    @staticmethod
    def self_signed(name: str = "Penanda Sendiri") -> Signer:
        """Nobody vouches for it."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        subject = _subject(name, "Instansi Uji", "")
        builder = _builder(subject, subject, key, -timedelta(days=1), YEAR)
        builder = builder.add_extension(_key_usage(signs_documents=True), critical=True)
        return Signer(key, builder.sign(key, hashes.SHA256()))

    def crl(self, issuer: Signer | None = None) -> bytes:
        """The list of revoked certificates of the intermediate or the root, DER."""
        issuer = issuer or self.intermediate
        now = datetime.now(UTC).replace(microsecond=0)
        builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
        builder = builder.last_update(now - timedelta(minutes=1)).next_update(now + timedelta(days=7))
        builder = builder.add_extension(x509.CRLNumber(1), critical=False)
        builder = builder.add_extension(_key_id(issuer), critical=False)
        for serial, when in self._revoked.items():
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when)
            builder = builder.add_revoked_certificate(one.build())
        return builder.sign(issuer.key, hashes.SHA256()).public_bytes(DER)

    def time_stamp(self, request: bytes) -> bytes:
        """The answer of the time-stamping authority to a request of RFC 3161."""
        stamper = DummyTimeStamper(
            Asn1Certificate.load(self.tsa.certificate.public_bytes(DER)),
            PrivateKeyInfo.load(self.tsa.key_der()),
            [Asn1Certificate.load(one.public_bytes(DER)) for one in self.tsa.chain],
        )
        return stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump()

    def status(self, request: bytes) -> bytes:
        """The answer of the OCSP responder."""
        asked = ocsp.load_der_ocsp_request(request)
        responder = self._root_ocsp if asked.serial_number == self.intermediate.serial else self._ocsp
        now = datetime.now(UTC).replace(microsecond=0)
        when = self._revoked.get(asked.serial_number)
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash, issuer_key_hash=asked.issuer_key_hash,
            serial_number=asked.serial_number, algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if when else ocsp.OCSPCertStatus.GOOD,
            this_update=now - timedelta(minutes=1), next_update=now + timedelta(days=1),
            revocation_time=when, revocation_reason=None,
        )  # fmt: skip
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, responder.certificate)
        with contextlib.suppress(x509.ExtensionNotFound):
            nonce = asked.extensions.get_extension_for_class(x509.OCSPNonce).value
            builder = builder.add_extension(nonce, critical=False)
        builder = builder.certificates([responder.certificate])
        return builder.sign(responder.key, hashes.SHA256()).public_bytes(DER)

    def _authority(self, name: str, issuer: Signer | None) -> Signer:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        subject = _subject(name, self.organisation, "")
        above = issuer.certificate.subject if issuer else subject
        builder = _builder(subject, above, key, -YEAR, 20 * YEAR)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(_key_usage(signs_documents=False, authority=True), critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        if issuer:
            builder = self._where_to_ask(builder, issuer)
        certificate = builder.sign(issuer.key if issuer else key, hashes.SHA256())
        return Signer(key, certificate, (issuer.certificate, *issuer.chain) if issuer else ())

    def _where_to_ask(self, builder: x509.CertificateBuilder, issuer: Signer) -> x509.CertificateBuilder:
        word = "akar" if not issuer.chain else "antara"
        answers = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, _uri(self.ocsp_url))
        lists = x509.DistributionPoint([_uri(f"{self.url}/crl/{word}.crl")], None, None, None)
        builder = builder.add_extension(x509.AuthorityInformationAccess([answers]), critical=False)
        builder = builder.add_extension(_key_id(issuer), critical=False)
        return builder.add_extension(x509.CRLDistributionPoints([lists]), critical=False)


def _handler(authority: Authority) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            authority.requests.append(self.path)
            if self.path == "/tsa" and authority.tsa_works:
                self._answer(authority.time_stamp(body), "application/timestamp-reply")
            elif self.path == "/ocsp" and authority.ocsp_works:
                self._answer(authority.status(body), "application/ocsp-response")
            else:
                self.send_error(503)

        def do_GET(self) -> None:
            authority.requests.append(self.path)
            if self.path.startswith("/ocsp/") and authority.ocsp_works:
                request = base64.b64decode(unquote(self.path.removeprefix("/ocsp/")))
                self._answer(authority.status(request), "application/ocsp-response")
            elif self.path.startswith("/crl/") and authority.ocsp_works:
                issuer = authority.root if "akar" in self.path else authority.intermediate
                self._answer(authority.crl(issuer), "application/pkix-crl")
            else:
                self.send_error(503)

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    return Handler


def _subject(name: str, organisation: str, identifier: str) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, name),
    ]
    if identifier:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, identifier))
    return x509.Name(parts)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, not_before: timedelta, not_after: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC).replace(microsecond=0)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now + not_before).not_valid_after(now + not_after)


@cache
def _shared_key(number: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _key_usage(*, signs_documents: bool, authority: bool = False, for_signatures: bool = True) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=for_signatures, content_commitment=signs_documents and for_signatures,
        key_encipherment=not for_signatures, data_encipherment=False,
        key_agreement=False, key_cert_sign=authority, crl_sign=authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _key_id(issuer: Signer) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())


def _uri(url: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(url)
