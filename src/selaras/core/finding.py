"""Findings: what is wrong with a report or a plan, as values with a code, a severity and places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from selaras.core.place import Place


class Severity(StrEnum):
    """How much a finding matters: an error must be corrected before signing, a warning is for a person to decide."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def word(self) -> str:
        """What people call it: kesalahan, peringatan, catatan."""
        return {"error": "kesalahan", "warning": "peringatan", "info": "catatan"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One inconsistency. Returned, never raised; holds every place involved (often two), the suspect one first.

    `consequences` are findings that follow from this one and fall away when it is mended.
    """

    code: str
    kind: str
    severity: Severity
    message: str
    stated: str = ""
    expected: str = ""
    arithmetic: str = ""
    places: tuple[Place, ...] = ()
    regulation: str = ""
    suggestion: str = ""
    consequences: tuple[Finding, ...] = ()
