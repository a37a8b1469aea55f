"""Chapter II: the strategic plan, the key indicators, the annual plan, the agreement, and how they agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from selaras.core.agreements import Agreement
from selaras.core.calendar import format_date
from selaras.core.document import Align, Cell, Column, Row, Table, Total, text
from selaras.core.planning import Indicator, Node, NodeLevel, PlanDocument
from selaras.core.reporting import revisions
from selaras.core.reporting.composition import (
    cell,
    columns,
    counted,
    head,
    reference,
    rupiah,
    rupiah_cell,
    say,
    strong,
    value_cell,
)
from selaras.core.reporting.sentences import count, series
from selaras.core.reporting.work import Work
from selaras.core.spelling import quoted
from selaras.core.terbilang import spell


def renstra(work: Work) -> None:
    """The strategic plan: its period, the year within it, parent plans, vision and missions."""
    plan = work.figures.plan
    if plan is None:
        work.out.empty(f"Rencana strategis yang mencakup tahun {work.year} belum dicatat.")
        return
    basis = f" yang ditetapkan dengan {plan.legal_basis}" if plan.legal_basis else ""
    ordinal = spell(Decimal(plan.year_in_plan(work.year)))
    nth = "pertama" if ordinal == "satu" else f"ke{ordinal}"
    work.out.generated(
        f"{work.agency.name} bekerja dengan {plan.name} untuk periode {plan.period}{basis}. Tahun {work.year} adalah tahun "
        f"{nth} dari {count(plan.last_year - plan.first_year + 1)} tahun dalam periode tersebut."
    )
    parents = [f"{parent.name} ({parent.first_year}–{parent.last_year})" for parent in work.snapshot.parent_plans]
    if parents:
        work.out.generated(f"Rencana tersebut mengacu pada {series(parents)}.")
    if plan.vision:
        work.out.paragraph(strong("Visi: "), quoted(f"{plan.vision.rstrip('.')}."))
    missions = [item for item in work.snapshot.missions if item.plan == plan.code]
    if len(missions) == 1:
        work.out.paragraph(strong("Misi: "), quoted(missions[0].text))
    elif missions:
        work.out.paragraph(strong("Misi:"))
        work.out.listing(text(item.text) for item in sorted(missions, key=lambda item: item.order))
    work.own_words("renstra")


def tujuan_sasaran(work: Work) -> None:
    """Goals and sasaran with the targets of every year of the plan."""
    plan, figures = work.figures.plan, work.figures
    if plan is None or not figures.measured:
        work.out.empty("Tujuan, sasaran, dan target Renstra belum dicatat.")
        return
    what = "target" if target_years(work) else "indikator"
    table = target_matrix(work, "tujuan-sasaran", f"Tujuan, Sasaran, dan {what.title()} {work.plan_name}")
    goals = figures.level(NodeLevel.TUJUAN)
    shown = "indikator dan targetnya" if target_years(work) else "indikatornya"
    work.out.generated(
        f"Renstra menetapkan {count(len(goals))} tujuan dan {count(len(figures.level(NodeLevel.SASARAN)))} sasaran; "
        f"{shown} disajikan dalam ", reference(table), ".",
    )  # fmt: skip
    work.out.add(table)
    if not target_years(work):
        work.out.empty("Target tahunan Renstra belum dicatat.")
    work.own_words("tujuan_sasaran")


def target_matrix(work: Work, key: str, caption: str) -> Table:
    """Indicators with their Renstra targets per year of the plan."""
    years = target_years(work)
    alone = work.only_sasaran is not None
    titles = ("No.", "Indikator Kinerja") if alone else ("No.", "Tujuan", "Sasaran", "Indikator Kinerja")
    widths = (5, 71) if alone else (5, 21, 25, 25)
    shape = columns(*zip(widths, "clll", strict=False), *((24 // len(years), "c") for _ in years))
    header = (
        Row((*(cell(title, rowspan=2, strong=True) for title in titles), cell("Target", colspan=len(years), strong=True))),
        Row(tuple(cell(str(year), strong=True) for year in years)),
        counted(len(shape)),
    ) if years else (head(*titles), counted(len(shape)))  # fmt: skip
    body = sasaran_row(work, len(shape), goal=True) + [
        Row((*lead, cell(indicator.name), *(
            value_cell(work.figures.planned(indicator, year, PlanDocument.RENSTRA).value) for year in years
        )))
        for lead, indicator in with_sasaran(work, goal=True)
    ]  # fmt: skip
    notes = (text("– berarti target belum ditetapkan untuk tahun itu."),) if years else ()
    return work.out.table(key, caption, shape, header, body, notes=notes)


def target_years(work: Work) -> list[int]:
    """The years of the plan, if it sets any target at all."""
    plan, figures = work.figures.plan, work.figures
    years = list(range(plan.first_year, plan.last_year + 1)) if plan else []
    known = any(figures.planned(item, year, PlanDocument.RENSTRA).value for item in figures.measured for year in years)
    return years if known else []


def sasaran_column(work: Work, width: int) -> tuple[tuple[int, str], ...]:
    """The column of the sasaran, unless there is only one (see `sasaran_row`)."""
    return () if work.only_sasaran else ((width, "l"),)


def sasaran_title(work: Work) -> tuple[str, ...]:
    """The title of that column."""
    return () if work.only_sasaran else ("Sasaran",)


def sasaran_row(work: Work, wide: int, *, goal: bool = False) -> list[Row]:
    """The only sasaran (and its goal) across the table: in a narrow column its long name would make tall rows."""
    node = work.only_sasaran
    if node is None:
        return []
    above = work.figures.nodes.get(node.parent)
    goals = (strong("Tujuan: "), f"{above.title}. ") if goal and above else ()
    return [Row((Cell(say(*goals, strong("Sasaran: "), node.title), colspan=wide, align=Align.LEFT),))]


def with_sasaran(work: Work, *, goal: bool = False) -> Iterator[tuple[tuple[Cell, ...], Indicator]]:
    """Every measured indicator with the leading cells (number, goal, sasaran) that begin in its row."""
    figures = work.figures
    if work.only_sasaran:
        for number, indicator in enumerate(figures.measured, 1):
            yield (cell(str(number)),), indicator
        return
    for number, node in enumerate(figures.sasaran, 1):
        indicators = figures.by_node[node.code]
        span = len(indicators)
        for index, indicator in enumerate(indicators):
            if index:
                yield (), indicator
                continue
            above = figures.nodes.get(node.parent)
            goals = (cell(above.title if above else "–", rowspan=span),) if goal else ()
            yield (cell(str(number), rowspan=span), *goals, cell(node.title, rowspan=span)), indicator


def iku(work: Work) -> None:
    """The list of key performance indicators."""
    chosen = work.figures.iku
    if not chosen:
        work.out.empty("Indikator Kinerja Utama belum ditetapkan.")
        return
    table = iku_table(work, "iku")
    work.out.generated(
        f"{work.agency.name} menetapkan {count(len(chosen))} Indikator Kinerja Utama (IKU), sebagaimana disajikan dalam ",
        reference(table), ".",
    )  # fmt: skip
    work.out.add(table)


def iku_table(work: Work, key: str) -> Table:
    """IKU with unit, formula in words and data source; gaps are shown as gaps."""
    shape = columns((5, "c"), *sasaran_column(work, 25), (26, "l"), (9, "c"), (20, "l"), (15, "l"))
    body = sasaran_row(work, len(shape))
    grouped = [(code, list(items)) for code, items in groupby(work.figures.iku, key=lambda item: item.node)]
    number = 0
    for code, chosen in grouped:
        for index, indicator in enumerate(chosen):
            number += 1
            title = cell(work.figures.nodes[code].title, rowspan=len(chosen))
            body.append(
                Row((
                    cell(str(number)), *(() if index or work.only_sasaran else (title,)), cell(indicator.name),
                    cell(indicator.unit), cell(formula_words(indicator)), cell(indicator.source or "belum diisi"),
                ))
            )  # fmt: skip
    titles = ("No.", *sasaran_title(work), "Indikator Kinerja Utama", "Satuan", "Cara Hitung", "Sumber Data")
    header = (head(*titles), counted(len(shape)))
    return work.out.table(key, f"Indikator Kinerja Utama {work.agency.name}", shape, header, body)


def formula_words(indicator: Indicator) -> str:
    """How the realisation is made: numerator over denominator, or the definition, or that it is missing."""
    if indicator.numerator and indicator.denominator:
        return f"{indicator.numerator} ÷ {indicator.denominator} × 100%"
    return indicator.definition or "belum diisi"


def rkt(work: Work) -> None:
    """The annual plan."""
    figures = work.figures
    if not any(figures.planned(item, work.year, PlanDocument.RKT).value for item in figures.measured):
        work.out.empty(f"Rencana Kinerja Tahunan {work.year} belum dicatat.")
        return
    table = plan_table(work, "rkt", PlanDocument.RKT, f"Rencana Kinerja Tahunan Tahun {work.year}")
    work.out.generated(
        f"Target tahun {work.year} menurut Rencana Kinerja Tahunan disajikan dalam ", reference(table), "."
    )
    work.out.add(table)
    work.own_words("rkt")


def plan_table(work: Work, key: str, document: PlanDocument, caption: str) -> Table:
    """Sasaran, indicator, unit and target of one plan document; only indicators that the document has."""
    figures = work.figures
    shape = columns((5, "c"), *sasaran_column(work, 38), (37, "l"), (10, "c"), (10, "c"))
    groups: list[tuple[Node, list[Indicator]]] = []
    for node in figures.sasaran:
        chosen = [item for item in figures.by_node[node.code] if figures.planned(item, work.year, document).value]
        if chosen:
            groups.append((node, chosen))
    body = sasaran_row(work, len(shape))
    for number, (node, chosen) in enumerate(groups, 1):
        for index, indicator in enumerate(chosen):
            lead: tuple[Cell, ...] = (cell(str(number), rowspan=len(chosen)), cell(node.title, rowspan=len(chosen)))
            if work.only_sasaran:
                lead = (cell(str(index + 1)),)
            elif index:
                lead = ()
            target = figures.planned(indicator, work.year, document).value
            body.append(Row((*lead, cell(indicator.name), cell(indicator.unit), value_cell(target))))
    header = (head("No.", *sasaran_title(work), "Indikator Kinerja", "Satuan", "Target"), counted(len(shape)))
    return work.out.table(key, caption, shape, header, body)


def perjanjian_kinerja(work: Work) -> None:
    """The agreement in force as signed: never retyped; earlier versions are named with their reason."""
    agreement = work.figures.agreement
    if agreement is None:
        work.out.empty(f"Perjanjian Kinerja tahun {work.year} belum dicatat.")
        return
    signed = f" yang ditandatangani pada {format_date(agreement.signed_on)}" if agreement.signed_on else ""
    parties = work.title_of(agreement.promiser)
    other = f" dan {work.title_of(agreement.superior)}" if agreement.superior else ""
    lines, programmes = agreement_tables(work, agreement, "pk")
    work.out.generated(
        f"{work.agreement_name(agreement)} Tahun {work.year} antara {parties}{other}{signed} memuat "
        f"{count(len(lines.body))} indikator, sebagaimana disajikan dalam ", reference(lines), "."
    ) if other else work.out.generated(
        f"{work.agreement_name(agreement)} Tahun {work.year} {parties}{signed} memuat {count(len(lines.body))} indikator, "
        "sebagaimana disajikan dalam ", reference(lines), "."
    )  # fmt: skip
    if agreement.version and agreement.reason:
        note = f": {agreement.reason_note.rstrip('.')}" if agreement.reason_note else ""
        work.out.generated(f"Perjanjian ini adalah perubahan karena {agreement.reason.value}{note}.")
    work.out.add(lines)
    if programmes.body:
        total = sum((line.amount for line in work.figures.programmes_of(agreement)), Decimal(0))
        work.out.generated(
            f"Perjanjian itu didukung {count(len(programmes.body) - 1)} program dengan anggaran {rupiah(total)}, "
            "sebagaimana disajikan dalam ", reference(programmes), ".",
        )  # fmt: skip
        work.out.add(programmes)
    revisions.revision(work, agreement)
    work.own_words("perjanjian_kinerja")


def agreement_tables(work: Work, agreement: Agreement, key: str, *, numbered: bool = True) -> tuple[Table, Table]:
    """The two tables of an agreement's annex, as worded in the agreement; numbers and the total are computed."""
    lines = work.figures.lines_of(agreement)
    groups: list[tuple[str, list[int]]] = []
    for index, line in enumerate(lines):
        if groups and groups[-1][0] == line.sasaran:
            groups[-1][1].append(index)
        else:
            groups.append((line.sasaran, [index]))
    body = []
    for number, (sasaran, members) in enumerate(groups, 1):
        for position, index in enumerate(members):
            line = lines[index]
            lead = () if position else (cell(str(number), rowspan=len(members)), cell(sasaran, rowspan=len(members)))
            body.append(Row((*lead, cell(line.wording), cell(line.unit), value_cell(line.target))))
    shape = columns((5, "c"), (40, "l"), (36, "l"), (10, "c"), (9, "c"))
    header = (head("No.", "Sasaran", "Indikator Kinerja", "Satuan", "Target"), counted(5))
    name = work.agreement_name(agreement)
    first = make(work, numbered, key, f"{name} Tahun {work.year}: Sasaran dan Indikator", shape, header, body)
    programmes = work.figures.programmes_of(agreement)
    rows = [
        Row((cell(str(number)), cell(line.wording), rupiah_cell(line.amount, id=f"p{number}"), cell(line.source.value)))
        for number, line in enumerate(programmes, 1)
    ]
    if rows:
        total = sum((line.amount for line in programmes), Decimal(0))
        parts = tuple(f"p{number}" for number in range(1, len(programmes) + 1))
        rows.append(
            Row(
                (cell("Jumlah Anggaran", colspan=2, strong=True), rupiah_cell(total, derive=Total(parts)), cell()),
                level=2,
            )
        )
    shape = columns((6, "c"), (58, "l"), (22, "r"), (14, "c"))
    header = (head("No.", "Program", "Anggaran (Rp)", "Keterangan"), counted(4))
    second = make(
        work,
        numbered and bool(rows),
        f"{key}-program",
        f"{name} Tahun {work.year}: Program dan Anggaran",
        shape,
        header,
        rows,
    )
    return first, second


def make(
    work: Work,
    numbered: bool,
    key: str,
    caption: str,
    shape: tuple[Column, ...],
    header: tuple[Row, ...],
    body: list[Row],
) -> Table:
    """A numbered table in a report, a form without caption in the agreement itself (or where there is nothing)."""
    if numbered:
        return work.out.table(key, caption, shape, header, body)
    return Table(key, shape, header, tuple(body))


def keselarasan(work: Work) -> None:
    """How the agreement, the annual plan, the strategic plan, the IKU list and the budget agree; both directions."""
    findings = work.figures.findings
    if work.figures.agreement is None:
        work.out.empty("Keselarasan tidak dapat diperiksa karena Perjanjian Kinerja belum dicatat.")
        return
    if not findings:
        work.out.generated(
            "Perjanjian Kinerja, Rencana Kinerja Tahunan, target Renstra, daftar IKU, dan anggaran tahun "
            f"{work.year} telah dibandingkan; tidak ditemukan perbedaan."
        )
    else:
        table = findings_table(work)
        work.out.generated(
            "Perjanjian Kinerja telah dibandingkan dengan Rencana Kinerja Tahunan, target Renstra, daftar IKU, dan anggaran. "
            f"Ditemukan {count(len(findings))} perbedaan, sebagaimana disajikan dalam ", reference(table),
            ". Laporan ini mengukur capaian terhadap Perjanjian Kinerja terakhir; indikator yang tidak diperjanjikan diukur "
            "terhadap Rencana Kinerja Tahunan.",
        )  # fmt: skip
        work.out.add(table)
    if not work.own_words("keselarasan", beside_figures=True) and findings:
        work.out.empty("Penjelasan instansi atas perbedaan tersebut belum diisi.")


def findings_table(work: Work) -> Table:
    """The disagreements that the gate found; each message holds what either side says."""
    shape = columns((5, "c"), (61, "l"), (34, "l"))
    body = [
        Row((cell(str(number)), cell(finding.message), cell(finding.suggestion or "–")))
        for number, finding in enumerate(work.figures.findings, 1)
    ]
    header = (head("No.", "Perbedaan", "Tindak Lanjut yang Disarankan"), counted(3))
    return work.out.table("keselarasan", f"Perbedaan Antardokumen Perencanaan Tahun {work.year}", shape, header, body)
