"""What came back from a provider is looked at before it is kept: same bytes before, one good signature more, whose, how strong."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from selaras.core.errors import Fault, Refusal
from selaras.core.issuing.stages import Level
from selaras.documents.pades.certificates import CertificateFacts, facts_of_asn1


@dataclass(frozen=True, slots=True)
class Proof:
    """What a new signature is: its field, its certificate, the level reached, the time that it claims."""

    field: str
    certificate: CertificateFacts
    level: Level
    claimed: datetime | None


def prove(before: bytes, after: bytes, *, strict: bool = False) -> Proof:
    """Look at a file that got one more signature. With `strict` also at what else the new bytes change.

    Raises Refusal if the bytes before are not the same, there is not exactly one new signature, or it does not hold.
    """
    if not after.startswith(before):
        raise _refusal("isi sebelum tanda tangan berubah", "berkas semula tanpa perubahan satu bita pun")
    try:
        reader = PdfFileReader(io.BytesIO(after))
        known = {one.field_name for one in PdfFileReader(io.BytesIO(before)).embedded_regular_signatures}
        new = [one for one in reader.embedded_regular_signatures if one.field_name not in known]
        if len(new) != 1 or len(known) + 1 != len(reader.embedded_regular_signatures):
            raise _refusal(f"{len(new)} tanda tangan baru", "tepat satu tanda tangan baru")
        return _looked(reader, new[0], before, strict=strict)
    except (PdfError, SignatureValidationError, ValueError, KeyError) as error:
        raise _refusal(f"tidak terbaca: {type(error).__name__}", "PDF yang utuh") from error


def _looked(reader: PdfFileReader, new: EmbeddedPdfSignature, before: bytes, *, strict: bool) -> Proof:
    certificate = new.signer_cert
    intact, valid = validate_sig_integrity(new.signer_info, certificate, "data", new.compute_digest())
    if not (intact and valid):
        raise _refusal("tanda tangan tidak cocok dengan isi berkas", "tanda tangan yang sah")
    whole = new.evaluate_signature_coverage() >= SignatureCoverageLevel.ENTIRE_REVISION
    if not whole or new.byte_range[2] < len(before):
        raise _refusal("tanda tangan tidak meliputi seluruh berkas", "seluruh isi sebelum tanda tangan")
    if strict:
        _compare(reader, before)
    return Proof(new.field_name, facts_of_asn1(certificate), reached(reader, new), new.self_reported_timestamp)


def _compare(reader: PdfFileReader, before: bytes) -> None:
    """The new revisions may fill in or add signatures, nothing else."""
    count = PdfFileReader(io.BytesIO(before)).xrefs.total_revisions
    found = DEFAULT_DIFF_POLICY.review_file(reader, reader.get_historical_resolver(count - 1))
    if isinstance(found, SuspiciousModification):
        raise _refusal("ada perubahan selain tanda tangan", "hanya tanda tangan")


def reached(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> Level:
    """The level that a signature has in its file, by what is there; whether it all holds is for the verification."""
    if next(extract_tst_data_iter(signature.signer_info, signed=False), None) is None:
        return Level.B
    if "/DSS" not in reader.root:
        return Level.T
    dss = reader.root["/DSS"]
    if not (dss.get("/OCSPs") or dss.get("/CRLs")):
        return Level.T
    later = any(stamp.signed_revision > signature.signed_revision for stamp in reader.embedded_timestamp_signatures)
    return Level.LTA if later else Level.LT


def _refusal(read: str, expected: str) -> Refusal:
    return Refusal(
        "Hasil tanda tangan ditolak dan tidak disimpan.", Fault("hasil tanda tangan", read=read, expected=expected)
    )
