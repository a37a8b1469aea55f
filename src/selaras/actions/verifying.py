"""Verifying files: taking them in, looking at them outside the request, forgetting them, and whom to trust."""

from __future__ import annotations

import hashlib
import logging
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from selaras.actions import _verifying_runner
from selaras.actions._accounts import check_installation
from selaras.actions._comparing import ReadBack, read_back
from selaras.actions._runner import TooLong, at_most
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.errors import CannotRun, Fault, NotFound, Refusal, reason_of
from selaras.core.issuing.inspection import Inspection, Problem, TrustedRoot, plain
from selaras.core.issuing.outcome import Agreement, Compared, Match
from selaras.core.issuing.verdict import verdict
from selaras.documents.pades.verify import LIMITS, inspect_file
from selaras.documents.read.limits import MIB
from selaras.store.models import Agency, TrustRoot, Verification
from selaras.store.models.proofs import VerificationState
from selaras.store.proofs import (
    OPEN,
    agencies_of,
    data_registered,
    registered_as,
    trusted_roots,
    upload_path,
    verifications_folder,
)

log = logging.getLogger(__name__)
MOST_WAITING = 60
KEPT = timedelta(hours=24)
"""So long an answer can be read; the file itself goes as soon as it was looked at."""
LOST = timedelta(minutes=20)
"""What is being verified for longer than this was abandoned by a machine that stopped."""
MOST_SECONDS = 120
LONGEST_NAME = 120


def request_verification(by: Actor, *, path: Path, name: str) -> Verification:
    """Take a file in to be verified, and start the work outside the request; the file at `path` stays where it is.

    Nobody's rights are asked: everybody may verify. No audit record is written, because strangers could fill the trail;
    the row itself is the trace, and it goes after a day. Raises Refusal for a file that is empty or too large, and when
    too many wait.
    """
    size = path.stat().st_size
    if not size:
        raise Refusal("Berkas ini kosong.", Fault("berkas kosong", remedy="Pilih berkas yang lain."))
    if size > LIMITS.size:
        raise Refusal(
            "Berkas ini terlalu besar untuk diperiksa di sini.",
            Fault("ukuran berkas", read=f"{size / MIB:.0f} MB", expected=f"paling besar {LIMITS.size // MIB} MB"),
        )
    clear_verifications(by)
    if Verification.objects.filter(OPEN).count() >= MOST_WAITING:
        raise Refusal(
            "Terlalu banyak berkas sedang menunggu diperiksa.",
            Fault("antrean penuh", read=str(MOST_WAITING), remedy="Coba lagi beberapa menit lagi."),
        )
    now = timezone.now()
    row = Verification(
        code=secrets.token_urlsafe(24), sha256=_sha256(path), name=_shortened(name), state=VerificationState.WAITING.value,
        made_at=now, expires_at=now + KEPT, asked_by=by.login[:150],
    )  # fmt: skip
    verifications_folder().mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, upload_path(row.code))
    row.save(force_insert=True)
    start_waiting(by)
    return row


def start_waiting(by: Actor) -> None:
    """Start the work on what waits, if there is a free place; a page that waits asks for it too."""
    del by
    waiting = {code: who or code for code, who in _waiting().values_list("code", "asked_by")}
    _verifying_runner.launch(Path(settings.DATA), waiting)


def work_off(by: Actor) -> int:
    """Verify what waits here and now, the oldest first, until nothing does. Returns how many files were looked at."""
    done = 0
    while (code := _waiting().values_list("code", flat=True).first()) is not None:
        done += verify_waiting(by, code=code)
    return done


def verify_waiting(by: Actor, *, code: str) -> bool:
    """Verify one file that waits; False where it does not wait any more."""
    clear_verifications(by)
    row = _claimed(code)
    if row is None:
        return False
    path = upload_path(row.code)
    try:
        with at_most(MOST_SECONDS):
            row.result = look(by, path=path, name=row.name)
        row.state = VerificationState.READY.value
    except (TooLong, MemoryError):
        found = Inspection(row.name, row.sha256, 0, Problem.TOO_SLOW)
        row.result = _answer(found, ReadBack(Compared()))
        row.state = VerificationState.READY.value
    except Refusal as refusal:
        row.result = {"refused": refusal.message}
        row.state = VerificationState.FAILED.value
    except Exception:
        log.exception("verification %s", row.pk)  # a stranger's file never stops those who wait behind it
        row.result = {"refused": "Berkas ini tidak dapat diperiksa."}
        row.state = VerificationState.FAILED.value
    finally:
        path.unlink(missing_ok=True)
    row.ready_at = timezone.now()
    row.save()
    return True


def look(by: Actor, *, path: Path, name: str = "", roots: Sequence[TrustedRoot] = ()) -> dict[str, Any]:
    """Verify one file now: signatures, register, and print against data. The answer as JSON knows it.

    `roots` are trusted beside those of the installation and, for a file of its register, of the agency. Raises CannotRun
    where the file cannot be opened.
    """
    del by
    known = trusted_roots(*agencies_of(_sha256(path)))
    found = inspect_file(path, [*known, *roots], timezone.now(), name=name or path.name)
    is_whole = found.problem is Problem.NONE
    return _answer(found, read_back(path) if is_whole else ReadBack(Compared()))


def clear_verifications(by: Actor) -> int:
    """Delete answers that have expired and files that nobody waits for. Returns how many answers went."""
    del by
    now = timezone.now()
    gone, _ = Verification.objects.filter(expires_at__lte=now).delete()
    Verification.objects.filter(state=VerificationState.RUNNING.value, started_at__lte=now - LOST).update(
        state=VerificationState.FAILED.value,
        ready_at=now,
        result={"refused": "Pemeriksaan ini terhenti di tengah jalan."},
    )
    folder = verifications_folder()
    if folder.is_dir():
        wanted = {upload_path(code).name for code in Verification.objects.filter(OPEN).values_list("code", flat=True)}
        for path in folder.glob("*.file"):
            old = now.timestamp() - path.stat().st_mtime > LOST.total_seconds()
            if path.name not in wanted and old:
                path.unlink(missing_ok=True)
    return gone


def add_root(by: Actor, *, pem: str, name: str, source: str, agency: str = "") -> TrustRoot:
    """Trust a root from now on: an agency's own, or the installation's where `agency` is empty.

    Where it was got must be said: a wrong root makes every forgery look genuine. Raises NotAllowed, and Refusal for what
    is no certificate of an authority, has expired, or is trusted already.
    """
    certificate, sha256 = _certificate(pem)
    with traced(by, action="menambah akar tepercaya", agency=agency, act=Act.GRANT if agency else None) as trace:
        if not agency:
            check_installation(by)
        if not source.strip():
            raise Refusal(
                "Sumber akar belum ditulis.",
                Fault("sumber", remedy="Tulis dari mana sertifikat didapat dan dengan apa sidiknya dibandingkan."),
            )
        if TrustRoot.objects.filter(sha256=sha256, removed_at__isnull=True).exists():
            raise Refusal("Akar ini sudah dipercaya.", Fault("sidik sertifikat", read=sha256[:16]))
        row = TrustRoot(
            agency=Agency.objects.get(code=agency) if agency else None, name=(name.strip() or certificate.subject)[:200],
            pem=certificate.pem, sha256=sha256, not_after=certificate.not_after, source=source.strip(),
            added_by=by.name, added_at=timezone.now(),
        )  # fmt: skip
        row.save(force_insert=True)
        trace.changed("akar tepercaya", sha256, "name", "", row.name, row.source)
        trace |= {"root": row.name, "sha256": sha256}
    return row


def remove_root(by: Actor, *, root: int, reason: str) -> None:
    """Trust a root no longer. Raises NotFound, NotAllowed, and Refusal without a reason."""
    row = TrustRoot.objects.select_related("agency").filter(pk=root, removed_at__isnull=True).first()
    if row is None:
        raise NotFound("Akar itu tidak ada dalam daftar.")
    agency = row.agency.code if row.agency else ""
    with traced(by, action="mencabut akar tepercaya", agency=agency, act=Act.GRANT if agency else None) as trace:
        if not agency:
            check_installation(by)
        if not reason.strip():
            raise Refusal("Alasan belum ditulis.", Fault("alasan kosong", remedy="Tulis mengapa akar ini dicabut."))
        row.removed_by, row.removed_at = by.name, timezone.now()
        row.save()
        trace.changed("akar tepercaya", row.sha256, "name", row.name, "", reason.strip())
        trace |= {"root": row.name, "sha256": row.sha256}


def _waiting() -> QuerySet[Verification]:
    return Verification.objects.filter(state=VerificationState.WAITING.value).order_by("pk")


def _claimed(code: str) -> Verification | None:
    """The file with this code, taken so that no other process takes it too; None where it does not wait any more."""
    now = timezone.now()
    taken = Verification.objects.filter(code=code, state=VerificationState.WAITING.value).update(
        state=VerificationState.RUNNING.value, started_at=now
    )
    return Verification.objects.get(code=code) if taken else None


def _answer(found: Inspection, back: ReadBack) -> dict[str, Any]:
    known = registered_as(found)
    compared = back.compared
    if compared.agreement is not Agreement.NONE:
        claims = {one.match for one in known}
        if claims & {Match.SAME, Match.EARLIER} or data_registered(back.data_sha256):
            compared = replace(compared, registered=True)
        elif claims:
            compared = replace(compared, registered=False)
    answer: dict[str, Any] = _storable({
        "verdict": plain(verdict(found, known, compared)), "inspection": plain(found),
        "registered": [plain(one) for one in known], "compared": plain(compared),
    })  # fmt: skip
    return answer


def _storable(item: Any) -> Any:
    """An answer without what no database takes: a stranger's file may hold NUL and halves of letters."""
    if isinstance(item, str):
        return item.replace("\0", "�").encode("utf-8", "replace").decode()
    if isinstance(item, dict):
        return {_storable(key): _storable(value) for key, value in item.items()}
    return [_storable(each) for each in item] if isinstance(item, list | tuple) else item


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CannotRun(f"{path.name} tidak dapat dibaca.", Fault("berkas", read=reason_of(error))) from error


def _shortened(name: str) -> str:
    shown = "".join(letter for letter in Path(name).name if letter.isprintable()).strip()
    return shown[-LONGEST_NAME:] or "berkas"


class _Certificate:
    """A certificate that was handed in as a root."""

    def __init__(self, pem: str) -> None:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization

        self.of = x509.load_pem_x509_certificate(pem.encode())
        self.pem = self.of.public_bytes(serialization.Encoding.PEM).decode()
        self.sha256 = self.of.fingerprint(hashes.SHA256()).hex()
        self.not_after = self.of.not_valid_after_utc
        self.subject = self.of.subject.rfc4514_string()

    @property
    def is_authority(self) -> bool:
        """Whether it may vouch for others."""
        from cryptography import x509

        try:
            return self.of.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        except x509.ExtensionNotFound:
            return False


def _certificate(pem: str) -> tuple[_Certificate, str]:
    try:
        found = _Certificate(pem)
    except (ValueError, TypeError) as error:
        raise CannotRun(
            "Ini bukan sertifikat.",
            Fault("PEM", expected="-----BEGIN CERTIFICATE-----", remedy="Simpan sertifikatnya sebagai PEM."),
        ) from error
    if not found.is_authority:
        raise Refusal(
            "Sertifikat ini bukan akar.",
            Fault("sertifikat orang atau layanan", remedy="Tambahkan sertifikat penerbit teratasnya."),
        )
    if found.not_after <= timezone.now():
        raise Refusal("Sertifikat ini sudah berakhir.", Fault("masa berlaku", read=f"{found.not_after:%d-%m-%Y}"))
    return found, found.sha256
