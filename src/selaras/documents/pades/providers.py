"""The three ways to a signature behind one interface: a key on the server, the signer's own file, a service far away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from cryptography import x509
from pyhanko.sign.signers import SimpleSigner

from selaras.core.errors import Fault, Refusal
from selaras.core.issuing.stages import Way
from selaras.documents.pades.certificates import CertificateFacts, as_asn1, facts_of, open_p12, warnings_of
from selaras.documents.pades.device import DeviceSigner, Pkcs11Place
from selaras.documents.pades.engine import ALGORITHM, Wish, sign
from selaras.documents.pades.services import Services


class Provider(Protocol):
    """One way to a signature. What it returns is looked at by `proving.prove` before it is kept."""

    @property
    def way(self) -> Way:
        """Which of the three it is."""
        ...

    def certificate(self) -> CertificateFacts | None:
        """Whose certificate it will sign with; None where that is only known afterwards. Raises Refusal, CannotRun."""
        ...

    def warned(self, roots: Sequence[x509.Certificate]) -> tuple[Fault, ...]:
        """What the person should know of the certificate before it signs; nothing where it is known only afterwards."""
        ...

    def sign(self, content: bytes, wish: Wish, services: Services) -> bytes:
        """The file with one more signature. Raises Refusal and CannotRun, then nothing was signed."""
        ...


@dataclass(frozen=True)
class FileProvider:
    """A PKCS#12 file in memory: the agency's own from the sealed table, or the signer's own for one use."""

    content: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    way: Way = Way.OWN_FILE
    others: tuple[x509.Certificate, ...] = ()

    def certificate(self) -> CertificateFacts | None:
        """Whose file it is."""
        return open_p12(self.content, self.passphrase).facts

    def warned(self, roots: Sequence[x509.Certificate]) -> tuple[Fault, ...]:
        """What the person should know of the certificate in the file."""
        opened = open_p12(self.content, self.passphrase)
        return warnings_of((opened.certificate, *opened.chain, *self.others), roots, datetime.now(UTC))

    def sign(self, content: bytes, wish: Wish, services: Services) -> bytes:
        """Sign in this process; the key is gone when it is done."""
        opened = open_p12(self.content, self.passphrase)
        others = [as_asn1(one) for one in (*opened.chain, *self.others)]
        signer = SimpleSigner.load_pkcs12_data(self.content, others, passphrase=self.passphrase.encode())
        return sign(content, signer, wish, services)


@dataclass(frozen=True)
class DeviceProvider:
    """A key in a device of the server, by PKCS#11; it never leaves the device. Each call is bounded in time."""

    place: Pkcs11Place
    chain: tuple[x509.Certificate, ...] = ()
    way: Way = Way.SERVER

    def certificate(self) -> CertificateFacts | None:
        """Whose certificate lies beside the key."""
        return _in_force((self.chain or tuple(self.pem_chain()))[0])

    def pem_chain(self) -> list[x509.Certificate]:
        """The certificate in the device."""
        return [self.place.held()]

    def try_key(self) -> None:
        """Open the device once and let it sign, to see that the key is there. Raises Refusal and CannotRun."""
        self.place.signature(b"selaras", ALGORITHM, self.chain[0] if self.chain else None)

    def warned(self, roots: Sequence[x509.Certificate]) -> tuple[Fault, ...]:
        """What the person should know of the certificate of the key."""
        return warnings_of(self.chain or tuple(self.pem_chain()), roots, datetime.now(UTC))

    def sign(self, content: bytes, wish: Wish, services: Services) -> bytes:
        """Sign by the device."""
        chain = self.chain or tuple(self.pem_chain())
        _in_force(chain[0])
        return sign(content, DeviceSigner(self.place, chain), wish, services)


def _in_force(certificate: x509.Certificate) -> CertificateFacts:
    """The facts of a certificate; raises Refusal where it may not sign now."""
    facts = facts_of(certificate)
    if faults := facts.faults(datetime.now(UTC)):
        raise Refusal(f"Sertifikat {facts.subject} tidak dapat dipakai.", *faults)
    return facts
