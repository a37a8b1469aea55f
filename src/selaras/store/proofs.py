"""What the register knows of a file, which roots are trusted, and verifications that wait or are done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from selaras.core.errors import CannotRun, Fault, NotFound, reason_of
from selaras.core.issuing.codes import typed
from selaras.core.issuing.inspection import Inspection, TrustedRoot
from selaras.core.issuing.orders import REPORT
from selaras.core.issuing.outcome import Match, Registered, Standing
from selaras.core.issuing.stages import IssuedState, SignatureState
from selaras.rulebook.trust import load_roots
from selaras.store.editions import newer_than, registered
from selaras.store.models import IssuedDocument, IssuedStage, ReportEdition, TrustRoot, Verification
from selaras.store.models.proofs import VerificationState
from selaras.store.models.work import EditionState

TRUST_FOLDER = "trust"
MOST_ROOT_BYTES = 1 << 20
STANDINGS = {
    IssuedState.WAITING: Standing.UNFINISHED, IssuedState.SIGNING: Standing.UNFINISHED,
    IssuedState.ISSUED: Standing.CURRENT, IssuedState.REPLACED: Standing.REPLACED,
    IssuedState.WITHDRAWN: Standing.WITHDRAWN,
}  # fmt: skip
KINDS = {REPORT: "Laporan kinerja", "pk": "Perjanjian kinerja"}


# --- trust ---------------------------------------------------------------------------------------------------------------


def roots_in_force() -> QuerySet[TrustRoot]:
    """The roots that were added to this installation and not taken away again."""
    return TrustRoot.objects.filter(removed_at__isnull=True).select_related("agency")


def trusted_roots(*agencies: str) -> list[TrustedRoot]:
    """Every root that is trusted here: shipped with its certificate, added, or put into the folder `trust`.

    What an agency added for itself counts only where that agency is named: it vouches for its own documents, never for
    those of others.
    """
    shipped = [TrustedRoot(item.name, item.pem, item.source.text) for item in load_roots() if item.pem]
    rows = roots_in_force().filter(Q(agency__isnull=True) | Q(agency__code__in=agencies))
    added = [TrustedRoot(row.name, row.pem, _added(row)) for row in rows]
    return [*shipped, *added, *roots_of_folder(Path(settings.DATA) / TRUST_FOLDER)]


def roots_of_folder(folder: Path) -> list[TrustedRoot]:
    """The roots of a folder, one PEM file each. Raises CannotRun for a file that is none."""
    found = []
    for path in sorted(folder.glob("*.pem")) if folder.is_dir() else ():
        try:
            pem = path.read_text("ascii") if path.stat().st_size <= MOST_ROOT_BYTES else ""
        except (OSError, UnicodeDecodeError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else "bukan teks"
            raise CannotRun(f"{path.name} tidak dapat dibaca.", Fault("berkas akar", read=reason)) from error
        if "-----BEGIN CERTIFICATE-----" not in pem:
            raise CannotRun(
                f"{path.name} bukan sertifikat.",
                Fault(
                    "berkas akar", expected="-----BEGIN CERTIFICATE-----", remedy="Simpan sertifikatnya sebagai PEM."
                ),
            )
        found.append(TrustedRoot(path.stem, pem, f"berkas {path.name}"))
    return found


def _added(row: TrustRoot) -> str:
    whose = f"ditambahkan {row.agency.short_name or row.agency.name}" if row.agency else "ditambahkan instalasi ini"
    return f"{whose}: {row.source}" if row.source else whose


# --- the register --------------------------------------------------------------------------------------------------------


def registered_as(found: Inspection) -> list[Registered]:
    """What the register knows of a file: by its fingerprint, else by that of its beginning, else by a code in its text."""
    same = [*_issued(found), *_editions(found.sha256)]
    if same:
        return same
    by_length = sorted(found.prefixes, key=lambda one: -one.length)
    hashes = [one.sha256 for one in by_length]
    stages = {row.sha256: row for row in _stages(hashes)}
    for sha256 in hashes:
        if sha256 in stages:
            return [_told(stages[sha256].document, Match.EXTENDED, stages[sha256].number, found)]
    rows = IssuedDocument.objects.filter(code__in=found.codes).select_related("agency")[:3]
    return [_told(row, Match.NAMED, 0, found) for row in rows]


def register_of_code(code: str) -> tuple[IssuedDocument, Registered]:
    """An issued document by the code printed on it. Raises NotFound."""
    row = IssuedDocument.objects.select_related("agency").filter(code=typed(code) or code).first()
    if row is None:
        raise NotFound("Kode ini tidak terdaftar. Periksa lagi huruf dan angkanya.")
    signed = row.signatures.filter(state=SignatureState.SIGNED.value).count()
    return row, _told(row, Match.SAME, signed, None)


def issued_documents(agency: str = "") -> QuerySet[IssuedDocument]:
    """The register, the newest first, of one agency or of all."""
    rows = IssuedDocument.objects.select_related("agency", "replaces").order_by("-pk")
    return rows.filter(agency__code=agency) if agency else rows


def agencies_of(sha256: str) -> set[str]:
    """The agencies that have exactly this file in their register."""
    stages = IssuedStage.objects.filter(sha256=sha256).values_list("document__agency__code", flat=True)
    return {*stages, *(row.agency.code for row, _name in registered(sha256))} if sha256 else set()


def data_registered(sha256: str) -> bool:
    """Whether exactly these data were frozen for an edition."""
    return bool(sha256) and ReportEdition.objects.filter(snapshot_sha256=sha256).exists()


def _issued(found: Inspection) -> Iterator[Registered]:
    for row in _stages([found.sha256]):
        match = Match.SAME if row.document.sha256 == found.sha256 else Match.EARLIER
        yield _told(row.document, match, row.number, found)


def _stages(hashes: Sequence[str]) -> QuerySet[IssuedStage]:
    rows = IssuedStage.objects.filter(sha256__in=[one for one in hashes if one])
    return rows.select_related("document", "document__agency").order_by("-number")


def _told(row: IssuedDocument, match: Match, signed: int, found: Inspection | None) -> Registered:
    newest = (
        IssuedDocument.objects.filter(agency=row.agency_id, kind=row.kind, key=row.key, version__gt=row.version)
        .exclude(state=IssuedState.WITHDRAWN.value)
        .order_by("-version")
        .first()
    )
    told = Registered(
        match, row.title, row.agency.name, row.year, row.version, STANDINGS[IssuedState(row.state)], row.code,
        row.reason, row.note, newest.version if newest else None, newest.reason if newest else "",
        newest.code if newest else "", issued_at=row.issued_at, signed=signed, wanted=row.signatures.count(),
        url=f"/verifikasi/{row.code}/",
        missing=_missing(row, found) if match is Match.EXTENDED and found is not None else (),
    )  # fmt: skip
    return _revised(row, told) if row.kind == REPORT and newest is None else told


def _revised(row: IssuedDocument, told: Registered) -> Registered:
    """A report's document with the later edition, once that is signed or published: it bears a code of its own."""
    edition = ReportEdition.objects.filter(pk=row.record, agency=row.agency_id).first()
    if edition is None:
        return told
    later = newer_than(edition)
    signed = IssuedDocument.objects.filter(
        agency=row.agency_id, kind=REPORT, record__in=later.values("pk"), state=IssuedState.ISSUED.value
    ).order_by("-record").first()  # fmt: skip
    public = later.filter(state=EditionState.PUBLISHED.value).order_by("-version").first()
    if signed is None and public is None:
        return told
    standing = Standing.REPLACED if told.standing is Standing.CURRENT else told.standing
    if signed is None or (public is not None and public.pk > signed.record):
        assert public is not None
        return replace(told, standing=standing, newer=public.version, newer_title=f"edisi {public.version}")
    return replace(
        told, standing=standing, newer=signed.version, newer_title=signed.title, newer_reason=signed.reason,
        newer_code=signed.code,
    )  # fmt: skip


def _missing(row: IssuedDocument, found: Inspection) -> tuple[str, ...]:
    """Signers of the register whose certificate is not in the file any more."""
    here = {one.certificate.sha256 for one in found.signatures}
    signed = row.signatures.filter(state=SignatureState.SIGNED.value).exclude(certificate_sha256="")
    return tuple(one.holder or one.office for one in signed if one.certificate_sha256 not in here)


def _editions(sha256: str) -> Iterator[Registered]:
    for row, _name in registered(sha256) if sha256 else ():
        newer = newer_than(row).filter(state=EditionState.PUBLISHED.value).order_by("-version").first()
        gone = row.state == EditionState.WITHDRAWN.value
        standing = Standing.WITHDRAWN if gone else Standing.REPLACED if newer else Standing.CURRENT
        title = f"{KINDS.get(row.kind, row.kind.capitalize())} {row.year}"
        yield Registered(
            Match.SAME, title, row.agency.name, row.year, row.version, standing, note=row.note if gone else "",
            newer=newer.version if newer else None, issued_at=row.published_at,
        )  # fmt: skip


# --- verifications -------------------------------------------------------------------------------------------------------


def verifications_folder() -> Path:
    """Where files lie until they were looked at."""
    return Path(settings.DATA) / "verifications"


def upload_path(code: str) -> Path:
    """The file of a verification."""
    return verifications_folder() / f"{code}.file"


def find_verification(code: str, now: datetime) -> Verification:
    """A verification that has not expired. Raises NotFound."""
    row = Verification.objects.filter(code=code, expires_at__gt=now).first()
    if row is None:
        raise NotFound("Hasil pemeriksaan ini tidak ada, atau sudah dihapus karena lewat waktunya.")
    return row


def waiting_before(row: Verification) -> int:
    """How many verifications come before this one."""
    return Verification.objects.filter(OPEN, pk__lt=row.pk).count()


OPEN = Q(state__in=(VerificationState.WAITING.value, VerificationState.RUNNING.value))
