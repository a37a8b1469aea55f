"""What a signature needs from elsewhere: the time-stamping authority, revocation answers, and the trusted roots.

Addresses of revocation services stand in certificates. They are asked only for certificates whose chain already ends at
a trusted root, never for more than a few addresses and seconds, and issuers are never fetched by an address.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field
from typing import Any

import requests
from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, set_tsp_headers
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.api import CertificateFetcher, FetcherBackend, Fetchers, FetchLimits
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from selaras.core.issuing.stages import Level
from selaras.documents.pades.certificates import as_asn1

SECONDS = 8.0
MOST_REQUESTS = 20
LARGEST_STAMP = 128 * 1024
LEVELS = tuple(Level)


@dataclass(frozen=True)
class Services:
    """The services of an installation. `tsa` is the address of the time-stamping authority, empty where there is none."""

    tsa: str = ""
    tsa_user: str = ""
    tsa_password: str = field(default="", repr=False)
    roots: tuple[x509.Certificate, ...] = ()
    seconds: float = SECONDS

    def timestamper(self) -> TimeStamper | None:
        """The client of the time-stamping authority."""
        if not self.tsa:
            return None
        auth = (self.tsa_user, self.tsa_password) if self.tsa_user else None
        return _TimeStamper(self.tsa, auth, self.seconds)

    def context(self, others: Iterable[asn1.Certificate] = ()) -> ValidationContext:
        """What chains are checked against, with revocation asked and demanded."""
        return ValidationContext(
            trust_roots=[as_asn1(root) for root in self.roots], other_certs=list(others), allow_fetching=True,
            revocation_mode="hard-fail", fetcher_backend=_Backend(self.seconds),
        )  # fmt: skip


class _TimeStamper(TimeStamper):
    """RFC 3161 over HTTP, with a time limit and a bound on the answer."""

    def __init__(self, url: str, auth: tuple[str, str] | None, seconds: float) -> None:
        self._url = url
        self._auth = auth
        self._seconds = seconds
        begin: Any = super().__init__
        begin()

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask for one time-stamp."""
        return await asyncio.to_thread(self._asked, req.dump())

    def _asked(self, question: bytes) -> tsp.TimeStampResp:
        try:
            with requests.post(
                self._url, question, headers=set_tsp_headers({}), auth=self._auth, timeout=self._seconds,
                allow_redirects=False, stream=True,
            ) as answer:  # fmt: skip
                content = answer.raw.read(LARGEST_STAMP + 1, decode_content=True)
                kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        except (OSError, requests.RequestException) as error:
            raise TimestampRequestError(type(error).__name__) from error
        if answer.status_code != 200 or kind != "application/timestamp-reply" or len(content) > LARGEST_STAMP:
            raise TimestampRequestError(f"HTTP {answer.status_code}")
        try:
            return tsp.TimeStampResp.load(content)
        except ValueError as error:
            raise TimestampRequestError("answer is no time-stamp") from error


class _NoIssuers(CertificateFetcher):
    """Fetches nothing: who signs brings the chain."""

    async def fetch_cert_issuers(
        self,
        cert: asn1.Certificate | cms.AttributeCertificateV2,  # noqa: ARG002
    ) -> AsyncGenerator[asn1.Certificate, None]:
        """No issuer."""
        nothing: tuple[asn1.Certificate, ...] = ()
        for none in nothing:
            yield none

    async def fetch_crl_issuers(
        self,
        certificate_list: object,  # noqa: ARG002
    ) -> AsyncGenerator[asn1.Certificate, None]:
        """No issuer."""
        nothing: tuple[asn1.Certificate, ...] = ()
        for none in nothing:
            yield none

    def fetched_certs(self) -> Iterable[asn1.Certificate]:
        """Nothing was fetched."""
        return ()


class _Backend(FetcherBackend):
    """OCSP and CRL with bounds, no issuers."""

    def __init__(self, seconds: float) -> None:
        limits = FetchLimits(max_requests=MOST_REQUESTS)
        self._inner = RequestsFetcherBackend(per_request_timeout=int(seconds) or 1, limits=limits)

    def get_fetchers(self) -> Fetchers:
        """The fetchers of one check."""
        found = self._inner.get_fetchers()
        return Fetchers(ocsp_fetcher=found.ocsp_fetcher, crl_fetcher=found.crl_fetcher, cert_fetcher=_NoIssuers())

    async def close(self) -> None:
        """Nothing is held open."""
