"""Certificates: whose they are, and whether they lead to a root on the list. Nothing outside the file is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
)
from pyhanko_certvalidator.path import ValidationPath

from selaras.core.issuing.inspection import Certificate, Revocation, Trust
from selaras.documents.pades.loops import awaited

LONGEST_CHAIN = 12
SIGNING = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
STAMPING = KeyUsageConstraints(extd_key_usage={"time_stamping"})
_DIGITS = re.compile(r"\d{6,}")
_MAIL = re.compile(r"([^\s@<>]+)@([\w.-]+)")


@dataclass(frozen=True)
class Root:
    """A certificate that is trusted, as the list calls it, and where the list has it from."""

    name: str
    certificate: x509.Certificate
    source: str = ""


@dataclass
class Material:
    """What a file brings along for judging certificates, and what the list trusts."""

    roots: Sequence[Root]
    now: datetime
    certificates: list[x509.Certificate] = field(default_factory=list)
    ocsps: list[ocsp.OCSPResponse] = field(default_factory=list)
    crls: list[crl.CertificateList] = field(default_factory=list)


def roots_of(given: Iterable[dict[str, str]]) -> list[Root]:
    """The roots of a list of {name, pem, source}; one entry may hold several certificates."""
    return [
        Root(item["name"], certificate, item.get("source", ""))
        for item in given
        for certificate in load_certs_from_pemder_data(item["pem"].encode())
    ]


def described(certificate: x509.Certificate) -> Certificate:
    """What a certificate says of itself, with identifiers masked."""
    subject = certificate.subject.native
    name = _first(subject.get("common_name")) or certificate.subject.human_friendly
    return Certificate(
        masked(name),
        organisation=masked(_first(subject.get("organization_name"))),
        identifier=_hidden(_first(subject.get("serial_number")) or _first(subject.get("user_id"))),
        issuer=_name(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        sha256=certificate.sha256.hex(),
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
    )


def judged(certificate: x509.Certificate, at: datetime, material: Material, *, stamping: bool = False) -> Certificate:
    """The certificate with what can be said about it for the time `at`."""
    plain = replace(described(certificate), judged_at=at)
    chain = _climbed(certificate, material.certificates)
    plain = replace(plain, chain=tuple(chain), root=chain[-1] if chain else plain.subject)
    try:
        (STAMPING if stamping else SIGNING).validate(certificate)
    except InvalidCertificateError as error:
        return replace(plain, trust=Trust.UNFIT, note=str(error))
    try:
        path, revocation = _best_path(certificate, at, material)
    except RevokedError as error:
        return replace(
            plain, trust=Trust.REVOKED, note=str(error), revocation=Revocation.REVOKED, revoked_at=error.revocation_dt
        )
    except ExpiredError as error:
        return _expired(replace(plain, trust=Trust.EXPIRED, note=str(error)), certificate, material)
    except NotYetValidError as error:
        return replace(plain, trust=Trust.NOT_YET, note=str(error))
    except (PathBuildingError, InvalidCertificateError) as error:
        lonely = certificate.self_signed in {"yes", "maybe"}
        return replace(plain, trust=Trust.SELF_SIGNED if lonely else Trust.UNKNOWN_ROOT, note=str(error))
    except PathValidationError as error:
        # A root of the same name with another key on the list: whoever signed is as unknown as without it.
        other_key = "signature" in str(error)
        return replace(plain, trust=Trust.UNKNOWN_ROOT if other_key else Trust.BROKEN, note=str(error))
    return _trusted(plain, path, material, revocation)


def _best_path(certificate: x509.Certificate, at: datetime, material: Material) -> tuple[ValidationPath, Revocation]:
    """The path with proofs about every certificate on it; else with those there are; else without any."""
    try:
        return _path(certificate, at, material, "require"), Revocation.GOOD
    except (RevokedError, ExpiredError, NotYetValidError):
        raise
    except PathValidationError:
        pass
    try:
        return _path(certificate, at, material, "soft-fail"), Revocation.UNKNOWN
    except (RevokedError, ExpiredError, NotYetValidError):
        raise
    except PathValidationError:
        bare = replace(material, ocsps=[], crls=[])
        return _path(certificate, at, bare, "soft-fail"), Revocation.UNKNOWN


def _expired(told: Certificate, certificate: x509.Certificate, material: Material) -> Certificate:
    """An expired certificate that was revoked while it was good is told as revoked."""
    last = certificate.not_valid_after - timedelta(seconds=1)
    try:
        _path(certificate, last, material, "soft-fail")
    except RevokedError as error:
        return replace(told, trust=Trust.REVOKED, revocation=Revocation.REVOKED, revoked_at=error.revocation_dt)
    except (PathBuildingError, InvalidCertificateError):
        return replace(told, trust=Trust.UNKNOWN_ROOT)
    except PathValidationError:
        return told
    return told


def _trusted(plain: Certificate, path: ValidationPath, material: Material, revocation: Revocation) -> Certificate:
    names = [_name(one.subject) for one in path.iter_certs(include_root=True)][::-1]
    top = next(iter(path.iter_certs(include_root=True)))
    root = next((one for one in material.roots if one.certificate.sha256 == top.sha256), None)
    return replace(
        plain, trust=Trust.TRUSTED, revocation=revocation, chain=tuple(names[1:]) or (names[0],),
        root=root.name if root else names[-1], source=root.source if root else "",
    )  # fmt: skip


def _path(certificate: x509.Certificate, at: datetime, material: Material, strictness: str) -> ValidationPath:
    context = ValidationContext(
        trust_roots=[root.certificate for root in material.roots], other_certs=material.certificates, moment=at,
        allow_fetching=False, crls=material.crls, ocsps=material.ocsps, revocation_mode=strictness,
        retroactive_revinfo=True,
    )  # fmt: skip
    validator = CertificateValidator(certificate, validation_context=context)
    return awaited(validator.async_validate_path())


def _climbed(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> list[str]:
    """The names above a certificate as far as the file brings them, the first that is missing last."""
    names: list[str] = []
    here = certificate
    for _step in range(LONGEST_CHAIN):
        if here.subject == here.issuer:
            break
        names.append(_name(here.issuer))
        above = next((one for one in others if one.subject == here.issuer), None)
        if above is None:
            break
        here = above
    return names


def _name(name: x509.Name) -> str:
    told = name.native
    return masked(_first(told.get("common_name")) or _first(told.get("organization_name")) or name.human_friendly)


def _first(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value or "").strip()[:200]


def masked(text: str) -> str:
    """A text of a certificate without anybody's number or mail address."""
    hidden = _DIGITS.sub(lambda found: _hidden(found.group()), text)
    return _MAIL.sub(lambda found: f"{found.group(1)[:1]}•••@{found.group(2)}", hidden)


def _hidden(number: str) -> str:
    """The last four signs of an identifier; the others as dots."""
    return "•" * max(0, len(number) - 4) + number[-4:] if len(number) > 4 else "•" * len(number)
