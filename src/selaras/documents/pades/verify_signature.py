"""One signature of a PDF: mathematics, certificate, time, level, and what was added after it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms, crl, ocsp, tsp, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import CMSExtractionError, find_cms_attribute_iter
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError, ValidationInfoReadingError
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from selaras.core.issuing.inspection import HARMLESS, Certificate, Change, Kind, Revocation, Signature, Stamp, Trust
from selaras.core.issuing.stages import Level
from selaras.documents.pades.verify_changes import View, changes_since
from selaras.documents.pades.verify_trust import Material, judged, masked

PADES = "/ETSI.CAdES.detached"
WEAK = {"md5": "MD5", "sha1": "SHA-1", "md2": "MD2"}
NOBODY = Certificate("tidak terbaca", trust=Trust.BROKEN)
TROUBLES = (PdfError, SignatureValidationError, CMSExtractionError, ValueError, KeyError, TypeError, IndexError,
            AttributeError, NotImplementedError)  # fmt: skip
"""What broken structures raise while they are read; every one of them makes a signature unreadable, never a crash."""


END_MARK, BLANK = b"%%EOF", b"\r\n\t \0"


@dataclass
class _Timed:
    """A time-stamp of the whole document, with the revision that it covers."""

    revision: int
    at: datetime
    counts: bool


def signatures_of(reader: PdfFileReader, material: Material) -> list[Signature]:
    """Every signature and time-stamp of the document, in the order of signing."""
    embedded, broken = _embedded(reader)
    for one in embedded:
        material.certificates += [one.signer_cert, *one.other_embedded_certs]
        _stored_inside(one, material)
        for token in extract_tst_data_iter(one.signer_info, signed=False):
            material.certificates += list(_certificates(token))
    _security_store(reader, material)
    views: dict[int, View] = {}
    stamps: list[_Timed] = []
    told: dict[int, Signature] = {}
    for index in reversed(range(len(embedded))):  # a later time-stamp proves when an earlier one was there
        one = embedded[index]
        told[index] = _told(one, reader, material, stamps, views)
        if told[index].document_stamp and (stamp := told[index].stamp):
            stamps.append(_Timed(one.signed_revision, stamp.at, stamp.counts and told[index].holds))
    return [*(told[index] for index in range(len(embedded))), *broken]


def _embedded(reader: PdfFileReader) -> tuple[list[EmbeddedPdfSignature], list[Signature]]:
    found, broken = [], []
    for name, _value, item in enumerate_sig_fields(reader, filled_status=True):
        try:
            one = EmbeddedPdfSignature(reader, item, name)
            extract_certs_for_validation(one.signed_data)
        except TROUBLES as error:
            broken.append(Signature(name, NOBODY, objection=f"{type(error).__name__}: {error}"[:200], allowed=False))
            continue
        found.append(one)
    return sorted(found, key=lambda one: one.signed_revision), broken


def _told(
    one: EmbeddedPdfSignature, reader: PdfFileReader, material: Material, stamps: list[_Timed], views: dict[int, View]
) -> Signature:
    is_stamp = one.sig_object_type == "/DocTimeStamp"
    proven = [stamp.at for stamp in stamps if stamp.counts and stamp.revision >= one.signed_revision]
    latest = min(proven, default=material.now)
    try:
        one.compute_digest()
        coverage = one.evaluate_signature_coverage()
        intact, valid, objection = _mathematics(one, is_stamp=is_stamp)
    except TROUBLES as error:
        return Signature(one.fq_name, NOBODY, objection=f"{type(error).__name__}: {error}"[:200], allowed=False)
    stamp = (
        _document_stamp(one, latest, material, intact=intact and valid) if is_stamp else _stamp(one, latest, material)
    )
    at = stamp.at if stamp and stamp.counts and not is_stamp else latest
    certificate = stamp.authority if is_stamp and stamp else judged(one.signer_cert, at, material)
    weak = WEAK.get(one.md_algorithm, "") or WEAK.get(one.external_md_algorithm, "")
    odd = coverage not in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
    made = Signature(
        one.fq_name, certificate, is_stamp, _claimed(one), stamp, intact, valid, weak,
        whole=coverage is SignatureCoverageLevel.ENTIRE_FILE, odd_range=odd, objection=objection,
        reason=_words(one.sig_object, "/Reason"), location=_words(one.sig_object, "/Location"),
        certifies=one.docmdp_level.value if one.docmdp_level else 0,
    )  # fmt: skip
    made = _compared(made, one, reader, views)
    return replace(made, level=_level(made, one, reader, stamps))


def _mathematics(one: EmbeddedPdfSignature, *, is_stamp: bool) -> tuple[bool, bool, str]:
    """Whether the bytes are those that were signed, and whether the key signed them."""
    try:
        if is_stamp:
            return (*_token(one.signed_data, one.compute_digest), "")
        intact, valid = validate_sig_integrity(one.signer_info, one.signer_cert, "data", one.compute_digest())
    except (SignatureValidationError, NotImplementedError) as error:
        return False, False, str(error)[:200]
    return bool(intact), bool(valid), ""


def _token(token: cms.SignedData, expected: Callable[[str], bytes]) -> tuple[bool, bool]:
    """Whether a time-stamp token is about the bytes that it should be about, and signed by its authority."""
    info = _info(token)
    imprint = info["message_imprint"]
    about = expected(imprint["hash_algorithm"]["algorithm"].native) == imprint["hashed_message"].native
    (signer_info,) = token["signer_infos"]
    algorithm = signer_info["digest_algorithm"]["algorithm"].native
    digest = hashlib.new(algorithm, bytes(token["encap_content_info"]["content"])).digest()
    intact, valid = validate_sig_integrity(
        signer_info, extract_certs_for_validation(token).signer_cert, "tst_info", digest
    )
    return bool(about and intact), bool(valid)


def _info(token: cms.SignedData) -> tsp.TSTInfo:
    info = token["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo):
        raise TypeError("the token holds no time")
    return info


def _stamp(one: EmbeddedPdfSignature, latest: datetime, material: Material) -> Stamp | None:
    """The time-stamp inside a signature; the first that counts, else the first there is."""
    first: Stamp | None = None
    for token in extract_tst_data_iter(one.signer_info, signed=False):
        try:
            intact, valid = _token(token, message_imprint_checker(one.signer_info))
            found = _stamped(token, latest, material, intact=intact and valid)
        except TROUBLES:
            continue
        if found.counts:
            return found
        first = first or found
    return first


def _document_stamp(one: EmbeddedPdfSignature, latest: datetime, material: Material, *, intact: bool) -> Stamp | None:
    try:
        return _stamped(one.signed_data, latest, material, intact=intact)
    except TROUBLES:
        return None


def _stamped(token: cms.SignedData, latest: datetime, material: Material, *, intact: bool) -> Stamp:
    authority = extract_certs_for_validation(token).signer_cert
    return Stamp(_aware(_info(token)["gen_time"].native), judged(authority, latest, material, stamping=True), intact)


def _compared(made: Signature, one: EmbeddedPdfSignature, reader: PdfFileReader, views: dict[int, View]) -> Signature:
    """The signature with what came after it."""
    if made.whole:
        return made
    try:
        one.compute_integrity_info()  # type: ignore[no-untyped-call]
        outcome = one.diff_result
        summary = one.summarise_integrity_info()
        allowed = bool(summary["docmdp_ok"])
        objection = "" if isinstance(outcome, DiffResult) else str(outcome)[:300]
    except TROUBLES as error:
        allowed, objection = False, f"{type(error).__name__}: {error}"[:300]
    try:
        changes = changes_since(reader, one.signed_revision, views)
    except TROUBLES as error:
        changes, objection = (), objection or str(error)[:300]
    if any(change.kind is Kind.REMOVED for change in changes):
        allowed = False
    if loose := _loose(reader):
        allowed = False
        words = f"{loose} bita ditambahkan di belakang akhir berkas, tanpa kaitan dengan isinya."
        changes = (*changes, Change(Kind.UNSEEN, words))
    if not allowed and not [change for change in changes if change.kind not in HARMLESS]:
        changes = (*changes, Change(Kind.UNSEEN, "Bagian berkas diubah dengan cara yang tidak diizinkan."))
    return replace(made, allowed=allowed, changes=changes, objection=made.objection or objection)


def _loose(reader: PdfFileReader) -> int:
    """How many bytes lie behind the end of the last revision: no table names them, but some viewers would read them."""
    xrefs, stream = reader.xrefs, reader.stream
    stream.seek(max(xrefs.get_xref_container_info(number).end_location for number in range(xrefs.total_revisions)))
    rest: bytes = stream.read()
    mark = rest.find(END_MARK)
    return len(rest[mark + len(END_MARK) :].strip(BLANK)) if mark >= 0 else len(rest)


def _level(made: Signature, one: EmbeddedPdfSignature, reader: PdfFileReader, stamps: list[_Timed]) -> str:
    """The level of PAdES that is reached with everything that counts; told only of a signature that holds."""
    if made.document_stamp or not made.holds:
        return ""
    if str(one.sig_object.get("/SubFilter", "")) != PADES:
        return "bukan PAdES"
    if made.stamp is None or not made.stamp.counts:
        return Level.B.value
    known = made.certificate.trust is Trust.TRUSTED and made.certificate.revocation is Revocation.GOOD
    if not known or "/DSS" not in reader.root:
        return Level.T.value
    later = any(stamp.counts and stamp.revision > one.signed_revision for stamp in stamps)
    return Level.LTA.value if later else Level.LT.value


# --- what a file brings along --------------------------------------------------------------------------------------------


def _security_store(reader: PdfFileReader, material: Material) -> None:
    """Certificates and proofs about revocation from the document's security store; unreadable ones are left out."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except (NoDSSFoundError, ValidationInfoReadingError):
        return
    except TROUBLES:
        return
    with suppress(*TROUBLES):
        material.certificates += list(store.load_certs())
    material.ocsps += _loaded(store.ocsps, ocsp.OCSPResponse)
    material.crls += _loaded(store.crls, crl.CertificateList)


def _loaded(refs: Any, kind: Any) -> list[Any]:
    found = []
    for ref in refs:
        try:
            item = kind.load(bytes(ref.get_object().data))
            _ = item.native if kind is ocsp.OCSPResponse else item["tbs_cert_list"]
            found.append(item)
        except TROUBLES:
            continue
    return found


def _stored_inside(one: EmbeddedPdfSignature, material: Material) -> None:
    """Proofs that older signatures carry in themselves (adbe-revocationInfoArchival)."""
    try:
        for item in find_cms_attribute_iter(one.signer_info["signed_attrs"], "adobe_revocation_info_archival"):
            material.ocsps += list(item["ocsp"] or ())
            material.crls += list(item["crl"] or ())
    except TROUBLES:
        return


def _certificates(token: cms.SignedData) -> Iterator[x509.Certificate]:
    for item in token["certificates"]:
        if isinstance(item.chosen, x509.Certificate):
            yield item.chosen


def _claimed(one: EmbeddedPdfSignature) -> datetime | None:
    try:
        told = one.self_reported_timestamp
    except TROUBLES:
        return None
    return _aware(told) if told else None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _words(item: generic.DictionaryObject, key: str) -> str:
    try:
        return masked(str(item.get(key, "") or ""))[:300]
    except TROUBLES:
        return ""
