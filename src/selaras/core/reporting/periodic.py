"""The periodic sisters of the annual report: quarterly and monthly reports, the action plan, the measurement form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from selaras.core.document import (
    Block,
    Cover,
    Division,
    Document,
    PageNumbers,
    Ratio,
    Row,
    Signatures,
    Table,
    Total,
    text,
)
from selaras.core.errors import CannotRun
from selaras.core.law import Law
from selaras.core.measurement import aggregate
from selaras.core.numerals import format_rupiah
from selaras.core.period import ROMAN, Period, Span, quarter
from selaras.core.planning import Indicator, PlanDocument
from selaras.core.reporting import accountability
from selaras.core.reporting.attachment import attach
from selaras.core.reporting.composition import (
    band_cell,
    cell,
    columns,
    counted,
    figure_cell,
    head,
    reference,
    rupiah_cell,
    value_cell,
)
from selaras.core.reporting.figures import NO_AIM, Aim
from selaras.core.reporting.plans import sasaran_column, sasaran_row, sasaran_title, with_sasaran
from selaras.core.reporting.sentences import count, sentence
from selaras.core.reporting.work import FOOTER, Work
from selaras.core.snapshot import Snapshot


def compose(snapshot: Snapshot, law: Law, period: Period) -> Document:
    """The report of a quarter or month: achievement so far, budget so far, obstacles (interim LKj, practice)."""
    if period.span is Span.YEAR:
        raise CannotRun("Laporan berkala memerlukan triwulan atau bulan, bukan tahun.")
    work = Work(snapshot, law)
    title = f"Laporan Kinerja {period.name}"
    on_cover = title.removesuffix(f" Tahun {work.year}").removesuffix(
        f" {work.year}"
    )  # the cover names the year itself
    work.out.add(Cover(on_cover.upper(), work.year, work.agency.name, work.agency.parent_name))
    work.out.add(Division(PageNumbers.ARABIC, running=f"{title} {work.agency.name}", restart=True))
    work.out.begin("1")
    achievements(work, period)
    spending(work, period)
    work.out.heading(2, "Hambatan dan Tindak Lanjut", "C.")
    accountability.hambatan(work)
    settings = work.snapshot.settings
    work.out.add(
        Signatures((work.signatory(settings.signatory, "", work.last_day),), work.place_date(settings.signed_at, None))
    )
    return finish(work, title, "triwulan" if period.span is Span.QUARTER else "bulanan")


def finish(work: Work, title: str, kind: str) -> Document:
    """The document out of the blocks so far."""
    blocks: tuple[Block, ...] = tuple(work.out.blocks)
    return Document(
        f"{title} {work.agency.name}", kind, work.agency.name, work.year, blocks, subject=title, footer=FOOTER,
        attachment=attach(work.snapshot, work.figures.computed),
    )  # fmt: skip


def aim_through(work: Work, indicator: Indicator, period: Period) -> Aim:
    """The target through the period: of the action plan if it has one, else none."""
    value = aggregate.target_through(
        indicator, work.snapshot.targets, work.year, through_month=period.last_month, document=PlanDocument.ACTION_PLAN
    )
    return Aim(value, PlanDocument.ACTION_PLAN.value) if value else NO_AIM


def achievements(work: Work, period: Period) -> None:
    """Target of the year and of the period, realisation so far, achievement against both."""
    figures = work.figures
    work.out.heading(2, "Capaian Kinerja", "A.")
    planned = any(aim_through(work, indicator, period).value for indicator in figures.measured)
    numbers = [(9, "c"), (10, "c"), (10, "c"), (10, "r"), (10, "r")] if planned else [(10, "c"), (12, "c"), (11, "r")]
    shape = columns((4, "c"), *sasaran_column(work, 26), (27, "l"), *numbers)
    body, filled = sasaran_row(work, len(shape)), 0
    for lead, indicator in with_sasaran(work):
        yearly, so_far = figures.aim(indicator, work.year), aim_through(work, indicator, period)
        realised = figures.realised(indicator, work.year, period.last_month).value
        filled += realised is not None
        against = figure_cell(figures.achievement_through(indicator, so_far, period.last_month))
        body.append(
            Row((
                *lead, cell(indicator.name), value_cell(yearly.value), *([value_cell(so_far.value)] if planned else []),
                value_cell(realised), *([against] if planned else []),
                figure_cell(figures.achievement_through(indicator, yearly, period.last_month)),
            ))
        )  # fmt: skip
    through = short(period)
    titles = ["No.", *sasaran_title(work), "Indikator Kinerja", "Target Tahun"]
    titles += [f"Target s.d. {through}", f"Realisasi s.d. {through}"] if planned else [f"Realisasi s.d. {through}"]
    titles += ["Capaian Periode (%)", "Capaian Tahun (%)"] if planned else ["Capaian (%)"]
    header = (head(*titles), counted(len(shape)))
    table = work.out.table("capaian-periode", f"Capaian Kinerja sampai dengan {period.name}", shape, header, body)
    measured = len(figures.measured)
    whose = f"{count(filled)} dari {count(measured)} indikator telah" if filled else "belum ada indikator yang"
    whose = "seluruh indikator telah" if filled == measured else whose
    work.out.generated(
        f"Sampai dengan {period.name}, {whose} mempunyai realisasi, sebagaimana disajikan dalam ", reference(table), ".",
    )  # fmt: skip
    work.out.add(table)
    if not planned:
        work.out.empty(
            f"Target sampai dengan {period.name} belum ditetapkan dalam rencana aksi, sehingga capaian diukur terhadap "
            "target tahun."
        )


def short(period: Period) -> str:
    """`TW II` or the month's name."""
    return f"TW {ROMAN[period.index]}" if period.span is Span.QUARTER else period.name.split()[0]


def spending(work: Work, period: Period) -> None:
    """Budget realised so far, per programme."""
    figures = work.figures
    work.out.heading(2, "Realisasi Anggaran", "B.")
    if not figures.programmes:
        work.out.empty("Anggaran belum dicatat.")
        return
    through = figures.spent_through(period.last_month)
    shape = columns((5, "c"), (45, "l"), (19, "r"), (19, "r"), (12, "r"))
    body = [
        Row((
            cell(str(number)), cell(node.title), rupiah_cell(figures.budget[node.code], id=f"b{number}"),
            rupiah_cell(through.get(node.code), id=f"s{number}"),
            figure_cell(figures.absorption_through(period.last_month, node), derive=Ratio(f"s{number}", f"b{number}")),
        ))
        for number, node in enumerate(figures.programmes, 1)
    ]  # fmt: skip
    total = sum((through.get(node.code, Decimal(0)) for node in figures.programmes), Decimal(0))
    booked = any(item.month <= period.last_month for item in work.snapshot.spending)
    rows = range(1, len(body) + 1)
    body.append(
        Row((
            cell("Jumlah", colspan=2, strong=True),
            rupiah_cell(figures.total_budget, id="b", derive=Total(tuple(f"b{number}" for number in rows))),
            rupiah_cell(total, id="s", derive=Total(tuple(f"s{number}" for number in rows))) if booked else cell("–"),
            figure_cell(figures.absorption_through(period.last_month), derive=Ratio("s", "b")) if booked else cell("–"),
        ), level=2)
    )  # fmt: skip
    titles = ("No.", "Program", "Anggaran (Rp)", f"Realisasi s.d. {short(period)} (Rp)", "Penyerapan (%)")
    header = (head(*titles), counted(5))
    table = work.out.table("anggaran-periode", f"Realisasi Anggaran sampai dengan {period.name}", shape, header, body)
    if booked:
        work.out.generated(
            f"Sampai dengan {period.name}, anggaran terealisasi {format_rupiah(total)} atau ",
            figures.absorption_through(period.last_month), ", sebagaimana disajikan dalam ", reference(table), ".",
        )  # fmt: skip
    else:
        work.out.empty(f"Realisasi anggaran sampai dengan {period.name} belum dicatat.")
        work.out.generated("Anggaran setiap program disajikan dalam ", reference(table), ".")
    work.out.add(table)


def action_plan(snapshot: Snapshot, law: Law) -> Document:
    """Rencana aksi: quarterly targets of every indicator and the serving programmes."""
    work = Work(snapshot, law)
    title = f"Rencana Aksi Perjanjian Kinerja Tahun {work.year}"
    work.out.add(Division(PageNumbers.ARABIC, running=f"{title} {work.agency.name}", landscape=True, restart=True))
    work.out.begin("1")
    work.out.heading(1, title.upper())
    figures = work.figures
    shape = columns(
        (4, "c"), *sasaran_column(work, 23), (23, "l"), (8, "c"), (6, "c"), (6, "c"), (6, "c"), (6, "c"), (18, "l")
    )  # fmt: skip
    body, planned = sasaran_row(work, len(shape)), 0
    for lead, indicator in with_sasaran(work):
        aims = [figures.quarterly(indicator, quarter(work.year, index)).value for index in range(1, 5)]
        planned += any(aims)
        names = "; ".join(node.title for node in figures.supporting(indicator) if node.level.value == "program") or "–"
        body.append(
            Row((
                *lead, cell(indicator.name), value_cell(figures.aim(indicator, work.year).value),
                *(value_cell(aim) for aim in aims), cell(names),
            ))
        )  # fmt: skip
    header = (
        Row((
            *(cell(title, rowspan=2, strong=True) for title in ("No.", *sasaran_title(work), "Indikator Kinerja", "Target Tahun")),
            cell("Target Triwulan", colspan=4, strong=True), cell("Program Penunjang", rowspan=2, strong=True),
        )),
        head("I", "II", "III", "IV"),
    )  # fmt: skip
    measured = len(figures.measured)
    if planned:
        which = "seluruh" if planned == measured else f"{count(planned)} dari {count(measured)}"
        work.out.generated(f"Rencana aksi memuat target triwulanan bagi {which} indikator yang diukur.")
    if planned < measured:
        which = "Seluruh" if not planned else sentence(count(measured - planned))
        work.out.empty(
            f"{which} indikator belum mempunyai target triwulanan; kolomnya perlu diisi sebelum ditandatangani."
        )
    work.out.add(work.out.table("rencana-aksi", title, shape, header, body))
    sign_as_agreed(work)
    return finish(work, title, "rencana-aksi")


def sign_as_agreed(work: Work) -> None:
    """Signature of the promiser, on the day of the agreement."""
    agreement = work.figures.agreement
    if agreement:
        place = work.place_date(agreement.signed_at, agreement.signed_on)
        work.out.add(Signatures((work.signatory(agreement.promiser, "", agreement.signed_on),), place))


def measurement_form(snapshot: Snapshot, law: Law) -> Document:
    """Formulir Pengukuran Pencapaian Sasaran (PPS) and of activities."""
    work = Work(snapshot, law)
    title = f"Formulir Pengukuran Kinerja Tahun {work.year}"
    work.out.add(Division(PageNumbers.ARABIC, running=f"{title} {work.agency.name}", landscape=True, restart=True))
    work.out.begin("1")
    work.out.heading(1, title.upper())
    work.out.heading(2, "Pengukuran Pencapaian Sasaran", "A.")
    work.out.add(accountability.measurement_table(work, "pps", f"Pengukuran Pencapaian Sasaran Tahun {work.year}"))
    work.out.heading(2, "Pengukuran Kinerja Kegiatan", "B.")
    table = activity_table(work)
    if table.body:
        work.out.add(table)
    else:
        work.out.empty("Indikator program, kegiatan, dan subkegiatan belum dicatat.")
    settings = work.snapshot.settings
    work.out.add(
        Signatures((work.signatory(settings.signatory, "", work.last_day),), work.place_date(settings.signed_at, None))
    )
    return finish(work, title, "pengukuran")


def activity_table(work: Work) -> Table:
    """Programme, kegiatan and sub kegiatan with their indicators and budget."""
    figures = work.figures
    shape = columns((27, "l"), (29, "l"), (9, "c"), (9, "c"), (8, "r"), (10, "c"), (8, "r"))
    body = []
    for node in figures.walk():
        for index, indicator in enumerate(outputs := figures.output_indicators(node)):
            figure = figures.achievement(indicator)
            lead = () if index else (cell(node.title, rowspan=len(outputs)),)
            absorbed = figure_cell(figures.absorption(node)) if node.code in figures.budget else cell("–")
            tail = () if index else (replace(absorbed, rowspan=len(outputs)),)
            body.append(
                Row((
                    *lead, cell(indicator.name), value_cell(figures.aim(indicator, work.year).value),
                    value_cell(figures.realised(indicator, work.year).value), figure_cell(figure),
                    band_cell(figures.band(figure)), *tail,
                ), level=1 if node.level.value == "program" else 0)
            )  # fmt: skip
    header = (
        head(
            "Program/Kegiatan/Subkegiatan", "Indikator", "Target", "Realisasi", "Capaian (%)", "Kelas", "Penyerapan (%)"
        ),
        counted(7),
    )
    return work.out.table(
        "pkk",
        f"Pengukuran Kinerja Kegiatan Tahun {work.year}",
        shape,
        header,
        body,
        notes=(text("– berarti tidak ada data."),),
    )
