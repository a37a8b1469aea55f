"""What the installation has set up for signing: trusted roots, time-stamps, the remote service, the usual level."""

from __future__ import annotations

from cryptography import x509
from django.conf import settings

from selaras.core.errors import CannotRun, Fault
from selaras.core.issuing.stages import Level
from selaras.documents.pades.certificates import chain_of_pem
from selaras.documents.pades.remote import RemoteService
from selaras.documents.pades.services import Services
from selaras.store.proofs import trusted_roots as known_roots


def trusted_roots(agency: str) -> tuple[x509.Certificate, ...]:
    """The roots by which a verification of the agency's own documents goes too."""
    return tuple(certificate for root in known_roots(agency) for certificate in chain_of_pem(root.pem))


def services_of(agency: str) -> Services:
    """The services of signing as the installation set them up."""
    return Services(
        tsa=settings.SIGN_TSA, tsa_user=settings.SIGN_TSA_USER, tsa_password=settings.SIGN_TSA_PASSWORD,
        roots=trusted_roots(agency),
    )  # fmt: skip


def usual_level() -> Level:
    """The level of signatures where none is chosen. Raises CannotRun for a setting that means nothing."""
    try:
        return Level(settings.SIGN_LEVEL)
    except ValueError:
        fault = Fault("SELARAS_SIGN_LEVEL", read=settings.SIGN_LEVEL, expected=" | ".join(Level))
        raise CannotRun("Pengaturan tingkat tanda tangan salah.", fault) from None


def remote_service() -> RemoteService | None:
    """The remote service of the installation; None where none is set up."""
    if not settings.SIGN_REMOTE:
        return None
    return RemoteService(settings.SIGN_REMOTE, settings.SIGN_REMOTE_USER, settings.SIGN_REMOTE_PASSWORD)
