"""A key in a device of the server, asked through a child process with a time limit: a token that hangs hangs nobody else.

The module of a device is its maker's machine code. It runs in the child alone, which knows the PIN from its input and
is killed when the time is over or the work is done; the private key never leaves the device.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.documents.pades.certificates import as_asn1

SECONDS = 12.0
"""So long a device may take for one answer; within it the child starts, signs in and signs."""
MOST_AT_ONCE = 4
"""So many children at once in one process of the server: a device that hangs must not fill it with them."""
_DYING = 2.0
_SIGNATURE_ROOM = 512
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


@dataclass(frozen=True)
class Pkcs11Place:
    """Where a key lies in a device: the module, the token's label, the labels of key and certificate, and the PIN."""

    module: str
    token: str
    key: str
    pin: str = field(repr=False)
    certificate: str = ""
    seconds: float = SECONDS

    def held(self) -> x509.Certificate:
        """The certificate that lies beside the key. Raises Refusal and CannotRun."""
        return x509.load_der_x509_certificate(self._asked())

    def signature(self, data: bytes, digest: str, certificate: x509.Certificate | None = None) -> bytes:
        """The raw signature over the data. Raises Refusal and CannotRun."""
        given = as_asn1(certificate).dump() if certificate else b""
        return self._asked(data=_text(data), digest=digest, signer=_text(given))

    def _asked(self, **work: str) -> bytes:
        if not Path(self.module).is_file():
            raise CannotRun("Modul PKCS#11 tidak ditemukan.", Fault("modul", read=self.module))
        order = {
            "module": self.module, "token": self.token, "key": self.key, "pin": self.pin,
            "certificate": self.certificate or self.key, **work,
        }  # fmt: skip
        try:
            answer: dict[str, str] = json.loads(_by_child(json.dumps(order).encode(), self.seconds))
            if "made" in answer:
                return base64.b64decode(answer["made"], validate=True)
        except (ValueError, binascii.Error):
            fault = Fault("modul PKCS#11 berhenti mendadak", read=self.token)
            raise CannotRun("Perangkat kunci tidak dapat dibuka.", fault) from None
        raise _problem(answer, self.token)


class DeviceSigner(Signer):
    """What pyHanko signs with, by the device."""

    def __init__(self, place: Pkcs11Place, chain: tuple[x509.Certificate, ...]) -> None:
        new_store: Any = SimpleCertificateStore
        registry = new_store()
        registry.register_multiple([as_asn1(one) for one in chain[1:]])
        begin: Any = super().__init__
        begin(signing_cert=as_asn1(chain[0]), cert_registry=registry)
        self._place, self._certificate = place, chain[0]

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature over the data; for a dry run only as much room as it may need."""
        if dry_run:
            return bytes(_SIGNATURE_ROOM)
        return await asyncio.to_thread(self._place.signature, data, digest_algorithm, self._certificate)


def _by_child(order: bytes, seconds: float) -> bytes:
    """The answer of a child that is a new Python; it is never waited for longer than the limit."""
    if not _places.acquire(timeout=seconds):
        raise CannotRun("Perangkat kunci sedang dipakai.", Fault("perangkat kunci", remedy="Coba lagi sebentar lagi."))
    try:
        command = [sys.executable, "-P", "-c", "from selaras.documents.pades.device_child import main; main()"]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            return child.communicate(order, timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            raise CannotRun(
                "Perangkat kunci tidak menjawab.",
                Fault(
                    "waktu habis", read=f"{seconds:g} detik", remedy="Periksa perangkatnya, lalu coba lagi.",
                ),
            ) from None  # fmt: skip
        finally:
            _ended(child)
    finally:
        _places.release()


def _ended(child: subprocess.Popen[bytes]) -> None:
    """End a child; one that even the kernel cannot end (a dead driver) is left behind, not waited for."""
    if child.poll() is None:
        child.kill()
        try:
            child.wait(_DYING)
        except subprocess.TimeoutExpired:
            return
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()


def _problem(answer: dict[str, str], token: str) -> Refusal:
    """What the child could not do, in words."""
    read = f"{token}: {answer.get('read', '')}"[:200]
    match answer.get("problem"):
        case "pin":
            return Refusal("PIN perangkat kunci salah.", Fault("PIN", remedy="Ketik kembali PIN-nya."))
        case "locked":
            return Refusal("Perangkat kunci terkunci karena PIN salah berkali-kali.", Fault("PIN terkunci"))
        case "certificate":
            return Refusal(
                "Sertifikat tidak ada dalam perangkat kunci.", Fault("sertifikat dengan label kunci itu")
            )  # fmt: skip
        case "missing":
            return CannotRun("Dukungan PKCS#11 tidak terpasang.", Fault("paket python-pkcs11"))
        case "open":
            return CannotRun("Perangkat kunci tidak dapat dibuka.", Fault("perangkat kunci", read=read))
        case _:
            return CannotRun("Perangkat kunci tidak menandatangani.", Fault("perangkat kunci", read=read))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
