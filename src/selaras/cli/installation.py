"""The installation beside which a report is reviewed: which of its agencies a report is of, and what is stored of that one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from selaras.cli.options import actor, open_workspace
from selaras.core.errors import CannotRun, Fault, NotFound
from selaras.core.place import Place
from selaras.core.reporting.stored import Stored, stored
from selaras.review.claims.agencies import key_of
from selaras.review.claims.identity import own_keys
from selaras.review.report import Report

HOW = "Sebutkan instansinya dengan --agency KODE dan tahunnya dengan --year."


@dataclass(frozen=True, slots=True)
class Installation:
    """The database in the folder `data`; `agency` and `year` where the person says them, else the report does."""

    data: Path
    agency: str = ""
    year: int | None = None

    def open(self) -> None:
        """Open the database that is there. Raises CannotRun where there is none; an empty one is not made."""
        if not self.data.is_dir() and not os.environ.get("DATABASE_URL"):
            fault = Fault(
                "folder kerja tidak ada", Place(source=str(self.data)),
                remedy="Sebutkan foldernya dengan --data, atau muat datanya dahulu dengan selaras import.",
            )  # fmt: skip
            raise CannotRun("Basis data tidak ditemukan.", fault)
        open_workspace(self.data)

    def stored_for(self, report: Report) -> Stored:
        """What is stored of the agency and year of a report. Raises NotFound, naming what is known."""
        from selaras.actions.reports import figures

        year = self.year or report.identity.year
        if year is None:
            raise NotFound("Tahun laporan tidak dikenali.", Fault("tahun tidak disebut dalam laporan", remedy=HOW))
        return stored(figures(actor(), agency=self.agency or self._code(report), year=year))

    def _code(self, report: Report) -> str:
        """The code of the agency that bears the name of the report; the region counts, so nothing is guessed."""
        from selaras.store.snapshot import agencies

        own = own_keys(report.identity)
        known = agencies(actor())
        keys = {item.code: {key_of(name) for name in (item.name, item.short_name) if name} for item in known}
        exact = [code for code, names in keys.items() if names & own]
        near = [code for code, names in keys.items() if any(_holds(one, two) for one in names for two in own)]
        found = exact or near
        if len(found) == 1:
            return found[0]
        told = ", ".join(f"{item.code} ({item.name})" for item in known) or "belum ada instansi"
        fault = Fault(
            "instansi laporan tidak dikenali di basis data", read=report.identity.name or "tanpa nama",
            expected=f"salah satu dari: {told}", remedy=HOW,
        )  # fmt: skip
        raise NotFound("Instansi laporan tidak dikenali.", fault)


def _holds(one: str, two: str) -> bool:
    """Whether one name is the other with more words around it (`kpu kota melati`, `sekretariat kpu kota melati`)."""
    short, long = sorted((one, two), key=len)
    return len(short.split()) > 1 and (long.startswith(f"{short} ") or long.endswith(f" {short}"))
