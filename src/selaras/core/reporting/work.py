"""What every section builder holds in its hands: the facts, the figures, the law, and the composition so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from selaras.core.agreements import Agreement
from selaras.core.calendar import format_date
from selaras.core.document import Signatory, Voice
from selaras.core.law import Law, Outline
from selaras.core.org import Agency, AgencyKind, Capacity, Position, Tenure, holder_on
from selaras.core.planning import Node
from selaras.core.reporting.composition import Composition
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import Snapshot

FOOTER = "Disiapkan untuk tanda tangan elektronik. Data dan cara menghitung setiap angka terlampir dalam berkas ini."


@dataclass
class Work:
    """The work in progress on one document."""

    snapshot: Snapshot
    law: Law
    outline: Outline | None = None
    out: Composition = field(default_factory=Composition)

    @cached_property
    def figures(self) -> Figures:
        """All figures of the snapshot."""
        return Figures(self.snapshot, self.law)

    @property
    def agency(self) -> Agency:
        """The agency."""
        return self.snapshot.agency

    @property
    def year(self) -> int:
        """The report year."""
        return self.snapshot.year

    @property
    def report_name(self) -> str:
        """What this kind of agency calls its report."""
        office = self.agency.kind is AgencyKind.ELECTION_OFFICE
        return "Laporan Kinerja" if office else "Laporan Kinerja Instansi Pemerintah"

    @property
    def running(self) -> str:
        """The running header."""
        return f"{self.report_name} {self.agency.name} Tahun {self.year}"

    @cached_property
    def last_day(self) -> date:
        """The day on which the year's positions are looked at."""
        return date(self.year, 12, 31)

    @cached_property
    def positions(self) -> dict[str, Position]:
        """Positions by code."""
        return {position.code: position for position in self.snapshot.positions}

    def holder(self, position: str, day: date | None = None) -> Tenure | None:
        """Who holds a position on a day (default: the year's last)."""
        return holder_on(self.snapshot.tenures, position, day or self.last_day)

    def title_of(self, position: str) -> str:
        """The title of a position, empty if there is none."""
        found = self.positions.get(position)
        return found.title if found else ""

    def signatory(self, position: str, role: str, day: date | None) -> Signatory:
        """A signature block for whoever holds a position on a day; the name stays blank if nobody does."""
        tenure = self.holder(position, day)
        acting = f"{tenure.capacity.value} " if tenure and tenure.capacity is not Capacity.DEFINITIVE else ""
        title = f"{acting}{self.title_of(position)}"
        if tenure is None:
            return Signatory(role, title)
        return Signatory(role, title, tenure.name, tenure.rank, tenure.nip)

    def place_date(self, place: str, day: date | None) -> str:
        """`Denpasar, 2 Januari 2024`; dots where it is not settled."""
        return f"{place or self.agency.city or '……………'}, {format_date(day) if day else '……………'}"

    def narratives(self, section: str) -> list[str]:
        """The agency's own paragraphs for a section, in order."""
        found = [item for item in self.snapshot.narratives if item.section == section]
        return [item.text for item in sorted(found, key=lambda item: item.order)]

    def own_words(self, section: str, *, beside_figures: bool = False) -> bool:
        """Put the agency's own paragraphs; marked as such where they stand beside generated sentences."""
        words = self.narratives(section)
        for index, paragraph in enumerate(words):
            lead = "Narasi instansi" if beside_figures and index == 0 else ""
            self.out.paragraph(paragraph, voice=Voice.NARRATIVE if beside_figures else Voice.TEXT, lead=lead)
        return bool(words)

    @cached_property
    def only_sasaran(self) -> Node | None:
        """The sasaran of an agency that has no other: tables name it once, in a row of its own."""
        found = self.figures.sasaran
        return found[0] if len(found) == 1 else None

    def nth(self, node: Node) -> str:
        """`Sasaran 3`: how tables name a sasaran whose title is too long for a caption."""
        return f"Sasaran {self.figures.sasaran.index(node) + 1}"

    @property
    def plan_name(self) -> str:
        """The strategic plan with its period, which is never printed twice."""
        plan = self.figures.plan
        if plan is None:
            return "Rencana Strategis"
        return plan.name if str(plan.first_year) in plan.name else f"{plan.name} {plan.period}"

    def agreement_name(self, agreement: Agreement) -> str:
        """`Perjanjian Kinerja` or `Perjanjian Kinerja Perubahan ke-1`."""
        return "Perjanjian Kinerja" + (f" Perubahan ke-{agreement.version}" if agreement.version else "")
