"""Signing by a service far away, of the kind that BSrE offers: the file, an identity and a passphrase go, a signed file comes.

The contract is that of BSrE's first “e-sign client” as it is known from public integrations: `GET /api/user/status/<NIK>`
and `POST /api/sign/pdf` with multipart fields and basic authentication. Its addresses, fields and numbers of errors are
written from memory: the real service was never reached. What comes back is checked like a stranger's file.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any, ClassVar

import pypdfium2 as pdfium
import requests
from cryptography import x509
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.issuing.stages import Level, Way
from selaras.documents.pades.certificates import CertificateFacts
from selaras.documents.pades.engine import Wish
from selaras.documents.pades.services import Services

CONNECT, READ = 5.0, 30.0
LARGEST = 200 * 1024 * 1024
POOL = 8
GOOD = frozenset({"ISSUE", "ISSUED", "ACTIVE", "AKTIF"})
NIK = re.compile(r"\d{16}")
_DIGITS = re.compile(r"\d{6,}")  # refusals are recorded, identities are not
_SCALE = 4.0
_WORDS: dict[int, tuple[str, str, str]] = {
    2031: ("Frasa sandi tanda tangan salah.", "frasa sandi salah", "Ketik kembali frasa sandi dari penyelenggara."),
    1110: (
        "NIK ini tidak terdaftar pada layanan tanda tangan.",
        "NIK tidak terdaftar",
        "Daftarkan diri pada layanan itu.",
    ),
    2011: (
        "NIK ini tidak terdaftar pada layanan tanda tangan.",
        "NIK tidak terdaftar",
        "Daftarkan diri pada layanan itu.",
    ),
    1112: (
        "Sertifikat Anda pada layanan tanda tangan kedaluwarsa.",
        "sertifikat kedaluwarsa",
        "Perbarui sertifikat itu.",
    ),
    2021: (
        "Sertifikat Anda pada layanan tanda tangan kedaluwarsa.",
        "sertifikat kedaluwarsa",
        "Perbarui sertifikat itu.",
    ),
}
"""Numbers of errors to words; from memory, unconfirmed. Where the number is unknown the service's own words are told."""
_HINTS = ((("passphrase", "frasa"), 2031), (("terdaftar", "not registered"), 1110), (("kedaluwarsa", "expired"), 1112))


@dataclass(frozen=True)
class RemoteService:
    """Where the service is, and the account of this installation there."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    connect: float = CONNECT
    read: float = READ

    _sessions: ClassVar[dict[str, requests.Session]] = {}
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def session(self) -> requests.Session:
        """Kept connections, one pool for each address. Only connecting is tried again: a file that has gone may be signed."""
        with self._lock:
            if self.url not in self._sessions:
                made = requests.Session()
                made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # people share the connections
                retry = Retry(connect=2, read=False, status=0, other=False, redirect=0, backoff_factor=0.2)
                adapter = HTTPAdapter(pool_connections=1, pool_maxsize=POOL, max_retries=retry)
                made.mount("https://", adapter)
                made.mount("http://", adapter)
                self._sessions[self.url] = made
            return self._sessions[self.url]

    def check_person(self, nik: str) -> None:
        """Ask whether a person can sign there. Asked again once, since it changes nothing.

        Raises Refusal where the person is unknown or the certificate has expired, CannotRun.
        """
        for last in (False, True):
            try:
                answer = self._ask("GET", f"/api/user/status/{nik}")
            except CannotRun:
                if last:
                    raise
                continue
            if answer.status_code < 500 or last:
                break
        body = _json(answer)
        word = str(body.get("status") or body.get("message") or "")
        if answer.status_code != 200 or body.get("status_code") in _WORDS or word.upper() not in GOOD:
            raise _problem(answer.status_code, {"error": word} | body)

    def sign(self, content: bytes, nik: str, passphrase: str, fields: dict[str, str], picture: bytes) -> bytes:
        """One signed file. Never asked twice. Raises Refusal for what the person can mend, CannotRun for the rest."""
        files = {"file": ("dokumen.pdf", content, "application/pdf")}
        if picture:
            files["imageTTD"] = ("cap.png", picture, "image/png")
        answer = self._ask("POST", "/api/sign/pdf", data={"nik": nik, "passphrase": passphrase, **fields}, files=files)
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        if answer.status_code != 200 or kind != "application/pdf":
            raise _problem(answer.status_code, _json(answer))
        return answer.content

    def _ask(self, method: str, path: str, **given: Any) -> requests.Response:
        auth = (self.user, self.password) if self.user else None
        try:
            with self.session().request(
                method, self.url.rstrip("/") + path, auth=auth, timeout=(self.connect, self.read), allow_redirects=False,
                stream=True, **given,
            ) as answer:  # fmt: skip
                body = io.BytesIO()
                for part in answer.iter_content(65536):
                    body.write(part)
                    if body.tell() > LARGEST:
                        raise CannotRun(
                            "Jawaban layanan tanda tangan terlalu besar.", Fault("jawaban", read="> 200 MB")
                        )
                answer._content = body.getvalue()  # noqa: SLF001 (as `requests` itself keeps what it has read)
                return answer
        except requests.Timeout:
            raise CannotRun(
                "Layanan tanda tangan terlalu lama menjawab; periksa di sana apakah tanda tangan sudah tercatat.",
                Fault("layanan tidak menjawab", read=f"{self.read:g} detik", remedy="Coba lagi nanti."),
            ) from None
        except requests.RequestException as error:
            raise CannotRun(
                "Layanan tanda tangan tidak dapat dihubungi.",
                Fault("layanan tidak dapat dihubungi", read=type(error).__name__, remedy="Coba lagi nanti."),
            ) from None


@dataclass(frozen=True)
class RemoteProvider:
    """A person's signature by the service: an identity and, once for each signature, the passphrase."""

    service: RemoteService
    nik: str = field(repr=False)
    passphrase: str = field(repr=False)
    way: Way = Way.REMOTE

    def certificate(self) -> CertificateFacts | None:
        """Known only when it has signed; the person's standing is asked beforehand. Raises Refusal and CannotRun."""
        if not NIK.fullmatch(self.nik):
            raise Refusal("NIK tidak dapat dipakai.", Fault("NIK", expected="16 angka"))
        self.service.check_person(self.nik)
        return None

    def warned(self, roots: Sequence[x509.Certificate]) -> tuple[Fault, ...]:
        """Nothing: the certificate is known only when the service has signed."""
        del roots
        return ()

    def sign(self, content: bytes, wish: Wish, services: Services) -> bytes:
        """Let the service sign. It decides the level; what it reached is checked against the wish afterwards."""
        del services
        self.certificate()
        return self.service.sign(content, self.nik, self.passphrase, _fields(wish), _picture(wish.stamp))


def _fields(wish: Wish) -> dict[str, str]:
    fields = {
        "tampilan": "visible" if wish.stamp else "invisible", "image": "true" if wish.stamp else "false",
        "reason": wish.reason, "location": wish.location, "fieldName": wish.field,
        "level": wish.level.value if wish.level is not Level.B else "",
    }  # fmt: skip
    if wish.place:
        left, bottom, right, top = wish.place.box
        fields |= {"page": str(wish.place.page + 1), "xAxis": str(left), "yAxis": str(bottom),
                   "width": str(right - left), "height": str(top - bottom)}  # fmt: skip
    return {name: value for name, value in fields.items() if value}


def _picture(stamp: bytes) -> bytes:
    """The stamp as PNG, since the service takes pictures."""
    if not stamp:
        return b""
    document = pdfium.PdfDocument(stamp)
    try:
        out = io.BytesIO()
        document[0].render(scale=_SCALE).to_pil().save(out, "PNG")
        return out.getvalue()
    finally:
        document.close()


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _problem(status: int, body: dict[str, Any]) -> Refusal:
    """What the service's answer means, in words."""
    code = body.get("status_code")
    said = str(body.get("error") or body.get("message") or "")[:200]
    known = code if code in _WORDS else next(
        (number for words, number in _HINTS if any(word in said.casefold() for word in words)), 0
    )  # fmt: skip
    if known:
        message, fault, remedy = _WORDS[known]
        return Refusal(message, Fault(fault, remedy=remedy))
    if status in {401, 403}:
        return CannotRun(
            "Layanan tanda tangan menolak akun instalasi ini.",
            Fault(f"HTTP {status}", remedy="Operator memeriksa SELARAS_SIGN_REMOTE_USER dan sandinya."),
        )
    if status >= 500 or not said:
        return CannotRun("Layanan tanda tangan sedang terganggu.", Fault(f"HTTP {status}", remedy="Coba lagi nanti."))
    return Refusal("Layanan tanda tangan menolak.", Fault("jawaban layanan", read=_DIGITS.sub("•••", said)))
