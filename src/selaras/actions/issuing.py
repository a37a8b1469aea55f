"""Documents that are issued: composed with code and footer, signed in their order, refused, withdrawn, replaced by a version."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.timezone import localtime

from selaras.actions._issuing import (
    KIND,
    keeps_seal,
    kept,
    moment_words,
    new_code,
    place_at,
    places_of,
    prepared,
    seal_now,
    tell_maker,
    tell_next,
    tell_people,
)
from selaras.actions._issuing_agreements import carry_on
from selaras.actions._issuing_services import services_of, usual_level
from selaras.actions._issuing_sources import DocumentSource, Given, may_issue, source_of
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, may, refusal
from selaras.core.calendar import format_date
from selaras.core.errors import Conflict, Fault, NotAllowed, Refusal
from selaras.core.issuing.codes import shown
from selaras.core.issuing.names import agree
from selaras.core.issuing.orders import CONCLUSION, Signer, by_rule
from selaras.core.issuing.refusals import is_whole, refuse_changed, refuse_closed, refuse_turn
from selaras.core.issuing.stages import STANDING, IssuedState, Level, SignatureState
from selaras.documents.pades.certificates import CertificateFacts
from selaras.documents.pades.engine import Wish, refuse_unreachable
from selaras.documents.pades.fields import with_copies
from selaras.documents.pades.providers import Provider
from selaras.documents.pades.proving import Proof, prove
from selaras.documents.pades.remote import RemoteProvider
from selaras.documents.pades.stamp import Stamped, stamp_pdf
from selaras.rulebook.issuing import load_orders
from selaras.store.issuing import find_issued, latest_of, public_url, read_issued, signers_of
from selaras.store.models import IssuedDocument, IssuedSignature, IssuedStage, User
from selaras.store.snapshot import find_agency

LONGEST_REASON = 500
LEVELS = tuple(Level)
Made = TypeVar("Made")


def issue(
    by: Actor,
    *,
    agency: str,
    kind: str,
    key: str,
    reason: str = "",
    public: bool = False,
    given: Given | None = None,
) -> IssuedDocument:
    """Issue a document for its signatures: composed from its record with code and footer, fields put in, registered.

    A version that stands already is replaced, which needs a `reason`. `public` lets the public page hand out the file,
    for kinds where the rulebook allows it. `given` is what only a person can say (the conclusion of a review). Raises
    Refusal where the record is not ready or a signer is unknown, NotAllowed, NotFound, CannotRun.
    """
    words = reason.strip()[:LONGEST_REASON]
    ready, problem = _attempt(lambda: _composed(by, agency, kind, key, given or {}, words))
    with traced(by, action="menerbitkan dokumen", agency=agency) as trace:
        trace |= {"kind": kind, "key": key}
        if problem is not None:
            raise problem
        assert ready is not None
        source, signers, content, sha256, code, places, pages = ready
        pk, _ = find_agency(agency)
        before = latest_of(agency, kind, source.key, locked=True)
        _refuse_second(source, before, words)
        try:
            with transaction.atomic():
                row = IssuedDocument.objects.create(
                    agency_id=pk, kind=kind, key=source.key, record=source.record, title=source.title, year=source.year,
                    unit=source.unit, version=before.version + 1 if before else 1, code=code,
                    state=IssuedState.WAITING.value, reason=words, data_sha256=source.seal, source_sha256=sha256,
                    sha256=sha256, file=f"{_safe(source.stem)}-v{before.version + 1 if before else 1}.pdf", pages=pages,
                    places=places, public=public and load_orders()[kind].public, replaces=before, made_by=by.name,
                )  # fmt: skip
        except IntegrityError as error:
            raise Conflict(f"{source.title} baru saja diterbitkan orang lain. Muat ulang halamannya.") from error
        _fill(row, signers, sha256)
        if before is not None and IssuedState(before.state) in STANDING:
            _move(trace, before, IssuedState.REPLACED, words)
        trace.changed(KIND, _name(row), "Keadaan", "", row.state, words)
        trace |= {"document": row.pk, "code": code, "version": row.version, "sha256": sha256, "bytes": len(content)}
        tell_next(by, row)
    return row


def sign_document(
    by: Actor,
    *,
    agency: str,
    document: int,
    order: int,
    provider: Provider,
    level: Level | None = None,
    seen: str = "",
    note: str = "",
) -> IssuedSignature:
    """Sign a document at one of its places by a provider; the last required signature makes it issued.

    `seen` is the SHA-256 of the file that the person was shown. The signature is made and looked at before anything is
    kept. Raises Refusal (out of order, changed since, twice, wrong passphrase, certificate of somebody else, level not
    reachable), Conflict where somebody else signed meanwhile, NotAllowed, NotFound, CannotRun.
    """
    made, problem = _attempt(lambda: _signed(by, agency, document, order, provider, level, seen, note))
    with traced(by, action="menandatangani dokumen", agency=agency) as trace:
        trace |= {"document": document, "order": order, "way": provider.way.value}
        if problem is not None:
            raise problem
        assert made is not None
        before, sha256, proof, moment = made
        row = IssuedDocument.objects.select_for_update(of=("self",)).select_related("agency").get(pk=document)
        place = IssuedSignature.objects.select_for_update(of=("self",)).get(document=row, order=order)
        if row.sha256 != before or place.state != SignatureState.WAITING.value:
            raise Conflict(
                f"{row.title} baru saja ditandatangani orang lain. Muat ulang halamannya lalu tanda tangani lagi."
            )
        refuse_closed(IssuedState(row.state), title=row.title)
        _check_data(by, row)
        _keep(by, row, place, provider, proof, before, sha256, moment, note)
        trace.changed(
            KIND, _name(row), f"Tanda tangan {order}", "", f"{place.holder} ({proof.certificate.subject})", note
        )
        trace |= {
            "level": proof.level.value, "certificate": proof.certificate.sha256, "before": before, "sha256": sha256,
        }  # fmt: skip
        _advance(by, row, trace)
        carry_on(by, row, place, trace, moment)
    return place


def refuse_signature(by: Actor, *, agency: str, document: int, order: int, reason: str) -> IssuedSignature:
    """Refuse to sign, with a reason; the version then ends here, and who issued it is told.

    Raises Refusal without a reason or out of order, NotAllowed, NotFound.
    """
    with traced(by, action="menolak menandatangani dokumen", agency=agency, act=Act.SIGN_DOCUMENT) as trace:
        trace |= {"document": document, "order": order}
        row = find_issued(by, agency, document, locked=True)
        words = _reason(reason, "Tulis mengapa Anda tidak menandatangani.")
        refuse_closed(IssuedState(row.state), title=row.title)
        refuse_turn(by, agency, signers_of(row.signatures.all()), order, keeps_seal=keeps_seal(by, agency))
        place = row.signatures.get(order=order)
        place.state, place.reason, place.signed_by = SignatureState.REFUSED.value, words, by.name
        place.save()
        row.note = words
        _move(trace, row, IssuedState.WITHDRAWN, words)
        tell_maker(by, row, f"tidak ditandatangani oleh {by.name}: {words}")
    return place


def withdraw_document(by: Actor, *, agency: str, document: int, reason: str) -> IssuedDocument:
    """Withdraw a document, for a reason that the public page tells; its file and signatures are kept.

    Raises Refusal without a reason or where it is withdrawn or replaced already, NotAllowed, NotFound.
    """
    with traced(by, action="menarik dokumen terbit", agency=agency) as trace:
        trace["document"] = document
        row = find_issued(by, agency, document, locked=True)
        if by.limits is not None or not may_withdraw(by, row=row):
            raise refusal(by, Act.ISSUE_DOCUMENT, agency, row.unit)
        words = _reason(reason, "Tulis mengapa dokumen ditarik.")
        if IssuedState(row.state) not in STANDING:
            raise Refusal(f"{row.title} sudah {row.state}.", Fault("keadaan dokumen", read=row.state))
        row.note = words
        _move(trace, row, IssuedState.WITHDRAWN, words)
        for place in row.signatures.select_related("user"):
            if place.state == SignatureState.SIGNED.value and place.user is not None:
                tell_people(by, row, [place.user], f"ditarik: {words}")
    return row


def find_source(by: Actor, *, agency: str, kind: str, key: str) -> DocumentSource:
    """The record behind a document, for the page that issues it. Raises NotFound, and NotAllowed for who may not issue it."""
    source = source_of(by, agency, kind, key)
    if not may_issue(by, agency, source):
        raise refusal(by, Act.ISSUE_DOCUMENT, agency, source.unit)
    return source


def find_place(by: Actor, *, agency: str, document: int, order: int) -> tuple[IssuedDocument, Signer]:
    """A document and the place in it that the person may sign now, for the page that asks how.

    Raises Refusal out of order or for what has changed since, NotAllowed, NotFound.
    """
    row = find_issued(by, agency, document)
    refuse_closed(IssuedState(row.state), title=row.title)
    place = refuse_turn(by, agency, signers_of(row.signatures.all()), order, keeps_seal=keeps_seal(by, agency))
    _check_data(by, row)
    return row, place


def may_withdraw(by: Actor, *, row: IssuedDocument) -> bool:
    """Whether a person may withdraw a document: who may issue such documents, and who issued this one."""
    return row.made_by == by.name or may(by, Act.ISSUE_DOCUMENT, row.agency.code, row.unit)


def has_changed(by: Actor, *, row: IssuedDocument) -> bool:
    """Whether the data behind a document are, as far as the person sees them, no longer those that were issued."""
    return seal_now(by, row) not in {None, row.data_sha256}


def _composed(
    by: Actor, agency: str, kind: str, key: str, given: Given, reason: str
) -> tuple[DocumentSource, tuple[Signer, ...], bytes, str, str, dict[str, dict[str, float]], int]:
    """Everything slow before the transaction: the record looked at, the document composed, the file kept."""
    source = source_of(by, agency, kind, key, given)
    if not may_issue(by, agency, source):
        raise refusal(by, Act.ISSUE_DOCUMENT, agency, source.unit)
    rule = load_orders()[kind]
    signers = by_rule(rule, source.people)
    faults = [*source.faults, *(Fault("pejabat belum tercatat", read=one.office) for one in signers if not one.holder)]
    if kind == "pernyataan-reviu" and not given.get(CONCLUSION, "").strip():
        faults.append(Fault("simpulan belum ditulis", remedy="Simpulan ditulis pereviu; program tidak mengisinya."))
    if not any(one.required for one in signers):
        faults.append(Fault("tidak ada penanda tangan"))
    if faults:
        raise Refusal(f"{source.title} belum dapat diterbitkan.", *dict.fromkeys(faults))
    _refuse_second(source, latest_of(agency, kind, source.key), reason)
    code = new_code()
    content, places, pages = prepared(agency, source, signers, code, settings.SITE_URL, timezone.localdate())
    return source, signers, content, kept(agency, content), code, places_of(signers, places), pages


def _refuse_second(source: DocumentSource, before: IssuedDocument | None, reason: str) -> None:
    if before is not None and not reason:
        raise Refusal(
            f"{source.title} sudah diterbitkan sebagai versi {before.version}.",
            Fault("alasan versi baru belum ditulis", remedy="Tulis mengapa versi baru diterbitkan."),
        )


def _fill(row: IssuedDocument, signers: tuple[Signer, ...], sha256: str) -> None:
    users = {
        user.username: user for user in User.objects.filter(username__in=[one.login for one in signers if one.login])
    }
    IssuedSignature.objects.bulk_create(
        IssuedSignature(
            document=row, order=one.order, role=one.signs.value, position=one.position, office=one.office,
            holder=one.holder, identity=one.identity, user=users.get(one.login), required=one.required,
            state=SignatureState.WAITING.value,
        )
        for one in signers
    )  # fmt: skip
    IssuedStage.objects.create(document=row, number=0, sha256=sha256)


def _signed(
    by: Actor, agency: str, document: int, order: int, provider: Provider, level: Level | None, seen: str, note: str
) -> tuple[str, str, Proof, datetime]:
    """The slow part of signing: the file with one more signature, looked at and kept beside the one before."""
    row = find_issued(by, agency, document)
    if by.limits is not None:
        raise refusal(by, Act.SIGN_DOCUMENT, agency)
    refuse_closed(IssuedState(row.state), title=row.title)
    place = refuse_turn(by, agency, signers_of(row.signatures.all()), order, keeps_seal=keeps_seal(by, agency))
    if seen and seen != row.sha256:
        raise Conflict(f"{row.title} sudah bertambah tanda tangan sejak Anda membukanya. Muat ulang halamannya.")
    _check_data(by, row)
    services, wanted = services_of(agency), level or usual_level()
    is_remote = isinstance(provider, RemoteProvider)
    if not is_remote:
        refuse_unreachable(wanted, services)
    known = provider.certificate()
    if known is not None:
        _check_holder(place, known)
    moment = timezone.now()
    content = read_issued(agency, row.sha256)
    stamp = stamp_pdf(
        Stamped(
            place.office, place.holder, moment_words(moment), shown(row.code), public_url(row.code), seal=place.is_seal
        )
    )
    reason = note.strip()[:LONGEST_REASON] or f"Menandatangani {row.title} sebagai {place.signs.value}"
    wish = Wish(order, wanted, reason, row.agency.city, stamp, place_at(row, order))
    stamped = with_copies(content, order, stamp)
    signed = provider.sign(stamped, wish, services)
    proof = prove(stamped, signed, strict=is_remote)
    _check_holder(place, proof.certificate)
    if LEVELS.index(proof.level) < LEVELS.index(wanted):
        raise Refusal(
            "Tingkat tanda tangan yang diminta tidak tercapai; hasilnya tidak disimpan.",
            Fault(
                "tingkat tanda tangan",
                read=proof.level.value,
                expected=wanted.value,
                remedy="Pilih tingkat itu dengan sadar.",
            ),
        )
    return row.sha256, kept(agency, signed), proof, moment


def _check_data(by: Actor, row: IssuedDocument) -> None:
    since = format_date(localtime(row.made_at).date())
    refuse_changed(row.data_sha256, seal_now(by, row) or "", title=row.title, since=since)


def _check_holder(place: Signer, certificate: CertificateFacts) -> None:
    """Refuse the certificate of somebody else than the person, or of the agency, whose place it is."""
    if faults := certificate.faults(datetime.now(UTC)):
        raise Refusal(f"Sertifikat {certificate.subject} tidak dapat dipakai.", *faults)
    names = {certificate.subject, certificate.organisation} if place.is_seal else {certificate.subject}
    if not any(
        agree(place.holder, name, identity=place.identity, identifiers=certificate.identifiers) for name in names
    ):
        raise NotAllowed(
            f"Sertifikat ini milik {certificate.subject}, bukan {place.holder}; dokumen tidak ditandatangani.",
            Fault("pemilik sertifikat", read=certificate.subject, expected=place.holder),
        )


def _keep(
    by: Actor,
    row: IssuedDocument,
    place: IssuedSignature,
    provider: Provider,
    proof: Proof,
    before: str,
    after: str,
    moment: datetime,
    note: str,
) -> None:
    facts = proof.certificate
    place.state, place.provider, place.level = SignatureState.SIGNED.value, provider.way.value, proof.level.value
    place.certificate_subject, place.issuer = facts.subject, facts.issuer
    place.certificate_serial, place.certificate_sha256 = facts.serial, facts.sha256
    place.signed_at, place.signed_by, place.reason = moment, by.name, note.strip()[:LONGEST_REASON]
    place.sha256_before, place.sha256_after = before, after
    place.user = place.user or User.objects.filter(username=by.login).first()
    place.save()
    number = row.stages.count()
    IssuedStage.objects.create(document=row, number=number, sha256=after)
    row.sha256 = after


def _advance(by: Actor, row: IssuedDocument, trace: Trace) -> None:
    """The state after a signature, and the next one told."""
    whole = is_whole(signers_of(row.signatures.select_related("user")))
    state = IssuedState.ISSUED if whole else IssuedState.SIGNING
    if whole and row.issued_at is None:
        row.issued_at = timezone.now()
        tell_maker(by, row, "sudah ditandatangani lengkap dan terbit.")
    _move(trace, row, state)
    tell_next(by, row)


def _move(trace: Trace, row: IssuedDocument, state: IssuedState, reason: str = "") -> None:
    if row.state != state.value:
        trace.changed(KIND, _name(row), "Keadaan", row.state, state.value, reason)
    row.state = state.value
    row.save()


def _name(row: IssuedDocument) -> str:
    return f"{row.kind} {row.key} versi {row.version}"


def _reason(words: str, remedy: str) -> str:
    if not words.strip():
        raise Refusal("Alasan belum ditulis.", Fault("alasan kosong", remedy=remedy))
    return words.strip()[:LONGEST_REASON]


def _safe(stem: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip(".-") or "dokumen"


def _attempt(work: Callable[[], Made]) -> tuple[Made | None, Refusal | None]:
    """Slow work before the transaction; a refusal is kept, so that the trail can record it."""
    try:
        return work(), None
    except Refusal as refused:
        return None, refused
