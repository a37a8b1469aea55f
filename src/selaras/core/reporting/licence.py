"""Terms under which everybody may use the open data of a report, and whether the agency chose them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selaras.core.errors import Fault, Refusal
from selaras.core.law import Source

PROPOSED = "bawaan, belum ditetapkan instansi"
CHOSEN = "ditetapkan instansi"


@dataclass(frozen=True, slots=True)
class Licence:
    """One set of terms; `terms` says them in a sentence."""

    code: str
    name: str
    url: str
    terms: str
    source: Source


@dataclass(frozen=True, slots=True)
class Chosen:
    """The terms of an edition, and whether somebody chose them or they are only proposed."""

    licence: Licence
    by_agency: bool

    @property
    def status(self) -> str:
        """Who settled it, in words."""
        return CHOSEN if self.by_agency else PROPOSED

    def data(self) -> dict[str, str]:
        """The terms as open data tell them."""
        one = self.licence
        return {"name": one.name, "code": one.code, "url": one.url, "terms": one.terms, "status": self.status}


def choose(code: str, known: Sequence[Licence], *, standing: str = "") -> Chosen:
    """The terms by their code; without one those that stand for the agency (`standing`), else the first as a proposal.

    Raises Refusal for terms that are not known.
    """
    by_code = {one.code: one for one in known}
    if code and code not in by_code:
        raise Refusal("Lisensi data tidak dikenal.", Fault("lisensi", read=code, expected=", ".join(by_code)))
    wanted = code or (standing if standing in by_code else "")
    return Chosen(by_code[wanted], True) if wanted else Chosen(known[0], False)
