"""The yearly service report of a register as a document: what came in, how it ended, in what time, what clients thought.

For requests of public information it is the report of Perki 1/2021; its required contents were not compared with the
text, so that the tables are those that the register's definition names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selaras.core.calendar import format_date
from selaras.core.document import Align, Cover, Division, Document, Numbering, PageNumbers, Row, text
from selaras.core.numerals import format_number
from selaras.core.registers.counting import Figure
from selaras.core.registers.definition import USED, Summary
from selaras.core.registers.survey import SurveyResult
from selaras.core.reporting.composition import Composition, cell, columns, head, reference

KIND = "laporan-layanan"
EMPTY_LABEL = "belum diisi"
Lines = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class ServiceYear:
    """All that the report tells. `figures` are pairs of a rule's name and its figure, None where a reason is `refused`."""

    agency: str
    register: str
    about: str
    source: str
    year: int
    as_of: date
    figures: tuple[tuple[str, Figure | None, str], ...]
    tables: tuple[tuple[Summary, Lines], ...]
    rating: SurveyResult | None = None
    obstacles: str = ""
    """Constraints, cost and resources in the agency's own words."""


@dataclass(frozen=True, slots=True)
class TimeUsed:
    """Days used by the records of a table: how many records, their mean rounded half up to one decimal, least, most."""

    records: int
    mean: Decimal
    least: int
    most: int


def compose(told: ServiceYear) -> Document:
    """The report of one register and year."""
    out = Composition()
    out.begin("1")
    title = f"Laporan Layanan {told.register} Tahun {told.year}"
    out.add(Cover(f"LAPORAN LAYANAN {told.register.upper()}", told.year, told.agency))
    out.add(Division(PageNumbers.ARABIC, running=title, restart=True))
    _about(out, told)
    _figures(out, told)
    _tables(out, told)
    _rating(out, told)
    _obstacles(out, told)
    return Document(title, KIND, told.agency, told.year, tuple(out.blocks), subject="Laporan layanan tahunan")


def in_order(summary: Summary, lines: Lines) -> Lines:
    """The lines of a table in the order of reading: days by their number, everything else as it came."""
    if not summary.by.startswith(USED):
        return lines
    return tuple(sorted(lines, key=lambda line: (not line[0].isdecimal(), int(line[0]) if line[0].isdecimal() else 0)))


def time_used(lines: Iterable[tuple[str, Decimal]]) -> TimeUsed | None:
    """The days that records used, from a table by days; None where it holds none."""
    days = [(int(label), int(amount)) for label, amount in lines if label.isdecimal() and amount > 0]
    records = sum(amount for _day, amount in days)
    if not records:
        return None
    total = sum(day * amount for day, amount in days)
    tenths = (2 * total * 10 + records) // (2 * records)
    return TimeUsed(records, Decimal(tenths) / 10, min(day for day, _amount in days), max(day for day, _amount in days))


def _about(out: Composition, told: ServiceYear) -> None:
    out.heading(2, "Gambaran Umum", "A.", key="umum")
    if told.about:
        out.paragraph(told.about)
    out.paragraph(f"Dasar pencatatan: {told.source}")
    out.paragraph(
        f"Angka dalam laporan ini dihitung dari register {told.register} {told.agency} untuk permohonan yang masuk pada "
        f"tahun {told.year}, menurut keadaan pada {format_date(told.as_of)}. Laporan ini tidak memuat data pribadi."
    )


def _figures(out: Composition, told: ServiceYear) -> None:
    out.heading(2, "Kinerja Layanan", "B.", key="kinerja")
    if not told.figures:
        out.empty("Register ini tidak mempunyai aturan hitung.")
        return
    body = [
        Row((cell(name), cell(figure.told() if figure else refused or "–", align=Align.CENTER)))
        for name, figure, refused in told.figures
    ]
    table = out.table("angka", "Kinerja layanan", columns((3, "l"), (2, "c")), [head("Ukuran", "Hasil")], body)
    out.generated("Kinerja layanan tahun ", str(told.year), " tercantum pada ", reference(table), ".")
    out.add(table)
    waiting = [(name, figure) for name, figure, _refused in told.figures if figure and figure.note and figure.value]
    out.listing([text(f"{name}: {figure.note}") for name, figure in waiting], Numbering.NONE)


def _tables(out: Composition, told: ServiceYear) -> None:
    out.heading(2, "Rincian Layanan", "C.", key="rincian")
    for summary, lines in told.tables:
        _one_table(out, summary, lines)


def _one_table(out: Composition, summary: Summary, lines: Lines) -> None:
    total = sum((amount for _label, amount in lines), Decimal(0))
    if not lines or not total:
        out.paragraph(f"{summary.name}: tidak ada.")
        return
    if not summary.by:
        out.generated(f"{summary.name}: ", format_number(total), ".")
        return
    used = time_used(lines) if summary.by.startswith(USED) else None
    if used is not None:
        out.generated(
            f"Waktu yang dipakai rata-rata {format_number(used.mean)} hari untuk {format_number(Decimal(used.records))} "
            f"permohonan, paling singkat {used.least} hari dan paling lama {used.most} hari."
        )
    body = [
        Row((cell(label or EMPTY_LABEL), cell(format_number(amount), align=Align.RIGHT, amount=amount)))
        for label, amount in in_order(summary, lines)
    ]
    body.append(
        Row((cell("Jumlah", strong=True), cell(format_number(total), align=Align.RIGHT, amount=total, strong=True)), 2)
    )
    table = out.table(summary.code, summary.name, columns((3, "l"), (1, "r")), [head("Rincian", "Jumlah")], body)
    out.generated(f"{summary.name} tercantum pada ", reference(table), ".")
    out.add(table)


def _rating(out: Composition, told: ServiceYear) -> None:
    out.heading(2, "Penilaian Pengguna Layanan", "D.", key="penilaian")
    rating = told.rating
    if rating is None or not rating.respondents:
        out.paragraph("Belum ada penilaian pengguna layanan.")
        return
    body = [
        Row((cell(item.element.name), cell(str(item.answered), align=Align.RIGHT),
             cell(format_number(item.mean, places=2) if item.mean is not None else "–", align=Align.RIGHT)))
        for item in rating.elements
    ]  # fmt: skip
    table = out.table(
        "penilaian", "Penilaian sesudah layanan", columns((3, "l"), (1, "r"), (1, "r")),
        [head("Unsur", "Penilai", "Rata-rata")], body,
    )  # fmt: skip
    out.generated(
        f"Layanan dinilai {format_number(Decimal(rating.respondents))} pengguna, lihat ", reference(table), "."
    )
    out.add(table)


def _obstacles(out: Composition, told: ServiceYear) -> None:
    out.heading(2, "Kendala, Biaya, dan Sumber Daya", "E.", key="kendala")
    if told.obstacles.strip():
        for paragraph in told.obstacles.strip().split("\n"):
            if paragraph.strip():
                out.paragraph(paragraph.strip())
    else:
        out.empty("Kendala, biaya, dan sumber daya belum diuraikan.")
