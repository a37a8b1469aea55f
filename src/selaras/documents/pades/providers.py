"""The three ways to a signature behind one interface: a key on the server, the signer's own file, a service far away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from cryptography import x509
from pyhanko.sign.signers import Signer, SimpleSigner

from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.issuing.stages import Way
from selaras.documents.pades.certificates import CertificateFacts, as_asn1, facts_of, facts_of_asn1, open_p12
from selaras.documents.pades.engine import ALGORITHM, Wish, sign
from selaras.documents.pades.loops import awaited
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

    def sign(self, content: bytes, wish: Wish, services: Services) -> bytes:
        """Sign in this process; the key is gone when it is done."""
        opened = open_p12(self.content, self.passphrase)
        others = [as_asn1(one) for one in (*opened.chain, *self.others)]
        signer = SimpleSigner.load_pkcs12_data(self.content, others, passphrase=self.passphrase.encode())
        return sign(content, signer, wish, services)


@dataclass(frozen=True)
class Pkcs11Place:
    """Where a key lies in a device: the module, the token's label, the labels of key and certificate, and the PIN."""

    module: str
    token: str
    key: str
    pin: str = field(repr=False)
    certificate: str = ""


@dataclass(frozen=True)
class DeviceProvider:
    """A key in a device of the server, by PKCS#11; it never leaves the device."""

    place: Pkcs11Place
    chain: tuple[x509.Certificate, ...] = ()
    way: Way = Way.SERVER

    def certificate(self) -> CertificateFacts | None:
        """Whose certificate lies beside the key."""
        if self.chain:
            facts = facts_of(self.chain[0])
        else:
            with self._signer() as signer:
                facts = facts_of_asn1(_certificate_in(signer))
        if faults := facts.faults(datetime.now(UTC)):
            raise Refusal(f"Sertifikat {facts.subject} tidak dapat dipakai.", *faults)
        return facts

    def pem_chain(self) -> list[x509.Certificate]:
        """The certificate in the device."""
        with self._signer() as signer:
            return [x509.load_der_x509_certificate(_certificate_in(signer).dump())]

    def try_key(self) -> None:
        """Open the device once, to see that the key is there. Raises Refusal and CannotRun."""
        with self._signer() as signer:
            awaited(signer.async_sign_raw(b"selaras", ALGORITHM))

    def sign(self, content: bytes, wish: Wish, services: Services) -> bytes:
        """Sign by the device."""
        self.certificate()
        with self._signer() as signer:
            return sign(content, signer, wish, services)

    @contextmanager
    def _signer(self) -> Iterator[Signer]:
        """A session with the device, closed again. Raises CannotRun and Refusal."""
        try:
            from pkcs11 import exceptions as p11
            from pyhanko.config.pkcs11 import TokenCriteria
            from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
        except ImportError as error:
            raise CannotRun("Dukungan PKCS#11 tidak terpasang.", Fault("paket python-pkcs11")) from error
        if not Path(self.place.module).is_file():
            raise CannotRun("Modul PKCS#11 tidak ditemukan.", Fault("modul", read=self.place.module))
        try:
            session = open_pkcs11_session(
                self.place.module, token_criteria=TokenCriteria(label=self.place.token), user_pin=self.place.pin
            )
        except p11.PinIncorrect:
            raise Refusal("PIN perangkat kunci salah.", Fault("PIN", remedy="Ketik kembali PIN-nya.")) from None
        except p11.PinLocked:
            raise Refusal("Perangkat kunci terkunci karena PIN salah berkali-kali.", Fault("PIN terkunci")) from None
        except p11.PKCS11Error as error:
            fault = Fault("perangkat kunci", read=f"{self.place.token}: {type(error).__name__} {error}"[:200])
            raise CannotRun("Perangkat kunci tidak dapat dibuka.", fault) from error
        try:
            given: dict[str, Any] = {
                "key_label": self.place.key,
                "cert_label": self.place.certificate or self.place.key,
            }
            if self.chain:
                given |= {"signing_cert": as_asn1(self.chain[0]), "ca_chain": {as_asn1(one) for one in self.chain[1:]}}
            yield PKCS11Signer(session, **given)
        except p11.PKCS11Error as error:
            fault = Fault("perangkat kunci", read=f"{self.place.key}: {type(error).__name__} {error}"[:200])
            raise CannotRun("Perangkat kunci tidak menandatangani.", fault) from error
        finally:
            session.close()


def _certificate_in(signer: Signer) -> Any:
    """The certificate of a signer; raises Refusal where the device holds none under that name."""
    found = signer.signing_cert
    if found is None:
        raise Refusal("Sertifikat tidak ada dalam perangkat kunci.", Fault("sertifikat dengan label kunci itu"))
    return found
