"""Issued documents out of the tables: who may see which, whose turn it is, their files, and the keys on the server."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from selaras.core.access import Act, Actor, Role, may_somewhere
from selaras.core.duties import Item, Work
from selaras.core.errors import CannotRun, Fault, NotFound
from selaras.core.issuing.orders import REPORT, Signer, Signs
from selaras.core.issuing.refusals import is_signer, next_of
from selaras.core.issuing.stages import OPEN, IssuedState, SignatureState
from selaras.store.models import IssuedDocument, IssuedSignature, ReportEdition, SigningKey
from selaras.store.models.work import EditionState

PERSONAL = frozenset({"skp"})
"""Kinds that only their signers see, whatever the role."""
KEPT_CLOSE = frozenset({"lhe", "pernyataan-reviu", "berita-acara"})
"""Kinds that are seen by who composes documents, and by their signers."""
NAMED = frozenset({Role.REVIEWER, Role.EVALUATOR})
"""Roles whose holders a document can name without a position: letters of evaluations, statements of reviews."""
SUFFIX = "pdf"


def issued_folder(agency: str) -> Path:
    """The folder of an agency's issued files."""
    return Path(settings.DATA) / "issued" / quote(agency, safe="").replace(".", "%2E")


def issued_path(agency: str, sha256: str) -> Path:
    """Where an issued file lies: its name is its content, so that no stage overwrites another."""
    return issued_folder(agency) / f"{sha256}.{SUFFIX}"


def read_issued(agency: str, sha256: str) -> bytes:
    """The bytes of a stage. Raises CannotRun if the file is gone or no longer what was registered."""
    path = issued_path(agency, sha256)
    remedy = "Pulihkan foldernya dari cadangan."
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotRun("Berkas dokumen terbit tidak ada di penyimpanan.", Fault(path.name, remedy=remedy)) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise CannotRun("Berkas dokumen terbit berubah sejak didaftarkan.", Fault(path.name, remedy=remedy))
    return content


def issued_of(by: Actor, agency: str) -> QuerySet[IssuedDocument]:
    """The issued documents of an agency that an actor may see, newest first."""
    rows = IssuedDocument.objects.filter(agency__code=agency).select_related("agency")
    hidden = set(PERSONAL)
    if not may_somewhere(by, Act.COMPOSE, agency):
        hidden |= KEPT_CLOSE
    if not may_somewhere(by, Act.SEE, agency):
        return rows.none()
    return rows.filter(~Q(kind__in=hidden) | Exists(_own_places(by, agency).filter(document=OuterRef("pk"))))


def find_issued(by: Actor, agency: str, pk: int, *, locked: bool = False) -> IssuedDocument:
    """One issued document with its signatures and stages; raises NotFound also for who may not see it.

    `locked` holds the row until the transaction ends, and reads it only then: who changes it must not write back what
    somebody else has just changed.
    """
    rows = issued_of(by, agency).prefetch_related(_signatures(), "stages")
    found = (rows.select_for_update(of=("self",)) if locked else rows).filter(pk=pk).first()
    if found is None:
        raise NotFound("Dokumen terbit ini tidak ditemukan.")
    return found


def overtaken(rows: Iterable[IssuedDocument]) -> frozenset[int]:
    """Which of the documents (primary keys) are signed reports of which a later edition is signed or published.

    Each edition bears a code of its own, so their state says nothing of one another; verification tells the same.
    """
    reports = {row.record: row.pk for row in rows if row.kind == REPORT and row.state == IssuedState.ISSUED.value}
    if not reports:
        return frozenset()
    signed = IssuedDocument.objects.filter(kind=REPORT, record=OuterRef("pk"), state=IssuedState.ISSUED.value)
    later = ReportEdition.objects.filter(
        Q(state=EditionState.PUBLISHED.value) | Exists(signed),
        version__gt=OuterRef("version"),
        **{name: OuterRef(name) for name in ("agency", "year", "kind", "span", "index")},
    )
    found = ReportEdition.objects.filter(Exists(later), pk__in=reports).values_list("pk", flat=True)
    return frozenset(reports[pk] for pk in found)


def _signatures() -> Prefetch[str, QuerySet[IssuedSignature], str]:
    return Prefetch("signatures", IssuedSignature.objects.select_related("user"))


def latest_of(agency: str, kind: str, key: str, *, locked: bool = False) -> IssuedDocument | None:
    """The newest version of a document, whatever its state; `locked` holds its row until the transaction ends."""
    rows = IssuedDocument.objects.filter(agency__code=agency, kind=kind, key=key)
    rows = rows.select_for_update(of=("self",)) if locked else rows
    return rows.select_related("agency").order_by("-version").first()


def signers_of(rows: Iterable[IssuedSignature]) -> list[Signer]:
    """The places of a document as `core.issuing` knows them, in order."""
    return [
        Signer(
            row.order, Signs(row.role), row.position, row.office, row.holder, row.identity,
            row.user.username if row.user else "", row.required, SignatureState(row.state), row.signed_by,
        )
        for row in sorted(rows, key=lambda one: one.order)
    ]  # fmt: skip


def waiting_for(by: Actor, agency: str, year: int | None = None) -> list[tuple[IssuedDocument, Signer]]:
    """The documents that wait for a signature of this person now, oldest first. Two queries, three where there are any."""
    if not by.login or not (by.employed or by.positions or by.roles & NAMED):
        return []
    states = [state.value for state in OPEN]
    mine = _own_places(by, agency).filter(state=SignatureState.WAITING.value)
    rows = IssuedDocument.objects.filter(
        Exists(mine.filter(document=OuterRef("pk"))), agency__code=agency, state__in=states
    )
    rows = rows.filter(year=year) if year is not None else rows
    found = []
    for row in rows.select_related("agency").prefetch_related("signatures__user").order_by("pk"):
        turn = next_of(signers_of(row.signatures.all()))
        if turn is not None and is_signer(by, agency, turn, keeps_seal=False):
            found.append((row, turn))
    return found


def signing_items(by: Actor, agency: str, year: int) -> tuple[Item, ...]:
    """The same as open work of the person, for the page of what is to be done. One query, three where there is any."""
    return tuple(
        Item(Work.SIGN_DOCUMENT, str(row.pk), row.title, login=by.login, note=turn.office or turn.signs.value)
        for row, turn in waiting_for(by, agency, year)
    )


def _own_places(by: Actor, agency: str) -> QuerySet[IssuedSignature]:
    """The places at which a person signs, by account or by a position held today."""
    held = [position for home, position in by.positions if home == agency]
    own = Q(user__username=by.login) if by.login else Q(pk__in=[])
    return IssuedSignature.objects.filter(own | Q(position__in=held, user__isnull=True) & ~Q(position=""))


def keys_of(agency: str) -> QuerySet[SigningKey]:
    """The signing keys of an agency."""
    return SigningKey.objects.filter(agency__code=agency).select_related("holder")


def usable_keys(by: Actor, agency: str, *, seal: bool) -> QuerySet[SigningKey]:
    """The keys on the server by which a person may sign now: the own ones, or for a seal those of the agency itself."""
    rows = keys_of(agency).filter(active=True)
    if seal:
        return rows.filter(agency_seal=True, holder__isnull=True)
    return rows.filter(holder__username=by.login) if by.login else rows.none()


def is_handed_out(row: IssuedDocument) -> bool:
    """Whether the public page hands out the file: its issuer said so, and it stands, signed by all."""
    return row.public and row.state == IssuedState.ISSUED.value


def public_url(code: str) -> str:
    """The address of the public page of verification of an issued document, as the QR code holds it."""
    return f"{settings.SITE_URL}/verifikasi/{code}/"
