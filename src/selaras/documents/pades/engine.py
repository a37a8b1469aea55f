"""The signature itself, by pyHanko: into its prepared field, with the stamp, at exactly the level that is asked for."""

from __future__ import annotations

import asyncio
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.errors import (
    InsufficientRevinfoError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
    ValidationError,
)

from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.issuing.stages import Level
from selaras.documents.pades.certificates import facts_of_asn1
from selaras.documents.pades.field_names import field_name
from selaras.documents.pades.loops import awaited
from selaras.documents.pades.places import StampPlace
from selaras.documents.pades.services import Services

ALGORITHM = "sha256"
ALTOGETHER = 25.0
"""Seconds after which a signature is given up; each question to a service has its own, shorter limit."""


@dataclass(frozen=True)
class Wish:
    """One signature as it is asked for: which field, with which stamp, why, and how strong."""

    order: int
    level: Level
    reason: str = ""
    location: str = ""
    stamp: bytes = b""
    place: StampPlace | None = None

    @property
    def field(self) -> str:
        """The name of its field."""
        return field_name(self.order)


def sign(content: bytes, signer: Signer, wish: Wish, services: Services) -> bytes:
    """The file with one more signature; the bytes before stay as they are.

    Raises Refusal where the level needs what is not set up or the certificate does not stand, CannotRun where a
    service does not answer. A weaker signature than asked for is never made.
    """
    refuse_unreachable(wish.level, services)
    long_term = wish.level in {Level.LT, Level.LTA}
    certificate = signer.signing_cert
    meta = PdfSignatureMetadata(
        field_name=wish.field, md_algorithm=ALGORITHM, subfilter=SigSeedSubFilter.PADES, reason=wish.reason or None,
        location=wish.location or None, name=facts_of_asn1(certificate).subject if certificate else None,
        embed_validation_info=long_term, use_pades_lta=wish.level is Level.LTA,
        validation_context=services.context(signer.cert_registry) if long_term else None,
        signer_key_usage={"non_repudiation", "digital_signature"},
    )  # fmt: skip
    stamper = services.timestamper() if wish.level is not Level.B else None
    with tempfile.TemporaryDirectory(prefix="selaras-cap-") as folder:
        style = _style(wish.stamp, Path(folder))
        pdf_signer = PdfSigner(meta, signer, timestamper=stamper, stamp_style=style)
        return _made(pdf_signer, content, wish)


def refuse_unreachable(level: Level, services: Services) -> None:
    """Refuse a level whose services are not set up."""
    faults = []
    if level is not Level.B and not services.tsa:
        faults.append(
            Fault("layanan stempel waktu belum diatur", remedy="Atur SELARAS_SIGN_TSA, atau pilih tingkat B-B.")
        )
    if level in {Level.LT, Level.LTA} and not services.roots:
        faults.append(
            Fault(
                "akar tepercaya belum ada", remedy="Tambahkan sertifikat akar penyelenggara, atau pilih tingkat lain."
            )
        )
    if faults:
        raise Refusal(f"Tanda tangan tingkat {level} belum dapat dibuat pada instalasi ini.", *faults)


def _style(stamp: bytes, folder: Path) -> StaticStampStyle | None:
    if not stamp:
        return None
    path = folder / "cap.pdf"
    path.write_bytes(stamp)
    margins: Any = layout.Margins
    rule = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID,
        y_align=layout.AxisAlignment.ALIGN_MID,
        margins=margins.uniform(0),
    )
    return StaticStampStyle.from_pdf_file(str(path), border_width=0, background_layout=rule)


def _made(signer: PdfSigner, content: bytes, wish: Wish) -> bytes:
    out = io.BytesIO()
    try:
        awaited(_bounded(signer, content, out))
    except TimeoutError as error:
        raise CannotRun(
            "Layanan tanda tangan terlalu lama menjawab; dokumen tidak ditandatangani.",
            Fault("waktu habis", read=f"{ALTOGETHER:g} detik", remedy="Coba lagi nanti, atau pilih tingkat B-B."),
        ) from error
    except TimestampRequestError as error:
        raise CannotRun(
            "Layanan stempel waktu tidak menjawab; dokumen tidak ditandatangani.",
            Fault("stempel waktu", read=str(error), remedy="Coba lagi nanti, atau pilih tingkat B-B."),
        ) from error
    except (SigningError, PdfError, ValidationError, PathBuildingError, PathValidationError) as error:
        raise _refused(error, wish) from error
    return out.getvalue()


async def _bounded(signer: PdfSigner, content: bytes, out: io.BytesIO) -> None:
    """Sign within a time that a person waits, whatever the services of time and revocation do."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    await asyncio.wait_for(signer.async_sign_pdf(writer, existing_fields_only=True, output=out), ALTOGETHER)


def _refused(error: Exception, wish: Wish) -> Refusal:
    causes: list[Any] = [error]
    while causes[-1].__cause__ or causes[-1].__context__:
        causes.append(causes[-1].__cause__ or causes[-1].__context__)
    if any(isinstance(cause, RevokedError) for cause in causes):
        return Refusal("Sertifikat ini sudah dicabut; dokumen tidak ditandatangani.", Fault("sertifikat dicabut"))
    if any(isinstance(cause, TimestampRequestError) for cause in causes):
        return CannotRun(
            "Layanan stempel waktu tidak menjawab; dokumen tidak ditandatangani.",
            Fault("stempel waktu", read=str(error), remedy="Coba lagi nanti, atau pilih tingkat B-B."),
        )
    if any(isinstance(cause, InsufficientRevinfoError) for cause in causes):
        return CannotRun(
            "Keadaan sertifikat tidak dapat ditanyakan; dokumen tidak ditandatangani.",
            Fault(
                "layanan OCSP atau CRL tidak menjawab",
                remedy=f"Coba lagi nanti; tingkat {wish.level} memerlukan jawabannya.",
            ),
        )
    if any(isinstance(cause, PathBuildingError) for cause in causes):
        return Refusal(
            "Sertifikat ini tidak berujung pada akar yang tepercaya; dokumen tidak ditandatangani.",
            Fault("rantai sertifikat", remedy="Pakai berkas kunci dengan rantai lengkap, atau tambahkan akarnya."),
        )
    return Refusal("Dokumen tidak ditandatangani.", Fault("ditolak pembuat tanda tangan", read=str(error)[:300]))
