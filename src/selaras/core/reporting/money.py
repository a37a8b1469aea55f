"""Chapter III, part two: budget and realisation down to sub kegiatan, charts, and what needs an explanation."""

from __future__ import annotations

from decimal import Decimal

from selaras.core.document import Chart, ChartKind, Derivation, Row, Series, Table, Total, text
from selaras.core.document import Ratio as CellRatio
from selaras.core.measurement.budget import low_absorption
from selaras.core.numerals import format_percent
from selaras.core.period import ROMAN
from selaras.core.planning import Node, NodeLevel
from selaras.core.reporting.composition import (
    Part,
    cell,
    columns,
    counted,
    figure_cell,
    head,
    reference,
    rupiah,
    rupiah_cell,
    say,
)
from selaras.core.reporting.sentences import closed, count, sentence, series
from selaras.core.reporting.work import Work
from selaras.core.terbilang import spell_percent, spell_rupiah

ROW_LEVEL = {NodeLevel.PROGRAM: 2, NodeLevel.KEGIATAN: 1, NodeLevel.SUB_KEGIATAN: 0}


def realisasi_anggaran(work: Work) -> None:
    """Budget realisation: totals in words, the hierarchy, charts, versions, and low lines."""
    figures = work.figures
    if not figures.programmes:
        work.out.empty("Anggaran dan realisasinya belum dicatat.")
        return
    absorbed = figures.total_absorption.rounded()
    version = figures.budget_version
    named = f"Menurut {version.name}, a" if version else "A"
    sources = series(sorted({line.source.value for line in work.snapshot.budget_lines}))
    work.out.generated(
        f"{named}nggaran tahun {work.year} yang bersumber dari {sources} berjumlah {rupiah(figures.total_budget)} "
        f"({spell_rupiah(figures.total_budget)}). Realisasinya berjumlah {rupiah(figures.total_spent)} "
        f"({spell_rupiah(figures.total_spent)}) atau ", figures.total_absorption,
        f" ({spell_percent(absorbed)})." if absorbed is not None else ".",
    )  # fmt: skip
    if version and version.reason:
        work.out.generated(f"Versi anggaran ini dibuat karena {version.reason}.")
    rows: list[tuple[Part, ...]] = [
        (
            f"{node.title}: anggaran {rupiah(figures.budget[node.code])}, realisasi "
            f"{rupiah(figures.spent.get(node.code, Decimal(0)))} atau ", figures.absorption(node),
        )
        for node in figures.programmes
    ]  # fmt: skip
    table = budget_table(work)
    if deeper(work):
        work.out.listing(say(*row) for row in closed(rows))
        work.out.generated("Rincian sampai dengan tingkat terendah disajikan dalam ", reference(table), ".")
    else:
        work.out.generated("Rincian menurut program disajikan dalam ", reference(table), ".")
    work.out.add(table, budget_chart(work), absorption_chart(work))
    versions(work)
    monthly(work)
    low_lines(work)
    work.own_words("realisasi_anggaran", beside_figures=True)


def deeper(work: Work) -> bool:
    """Whether the budget is recorded below the programmes."""
    nodes = work.figures.nodes
    return any(nodes[code].level in (NodeLevel.KEGIATAN, NodeLevel.SUB_KEGIATAN) for code in work.figures.budget)


def marker(level: NodeLevel, index: int) -> str:
    """The running number of a row: I, A, 1 by level."""
    if level is NodeLevel.PROGRAM:
        return roman(index)
    return chr(64 + index) if level is NodeLevel.KEGIATAN and index <= 26 else str(index)


def roman(number: int) -> str:
    """A Roman numeral up to 39, enough for programmes."""
    tens, ones = divmod(number, 10)
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * tens + units[ones]


def budget_table(work: Work) -> Table:
    """Programme, kegiatan and sub kegiatan with budget, realisation and percentage; sums and ratios are live."""
    figures = work.figures
    shape = columns((6, "c"), (46, "l"), (18, "r"), (18, "r"), (12, "r"))
    body: list[Row] = []

    def walk(nodes: list[Node]) -> None:
        funded = [node for node in nodes if node.code in figures.budget]
        for index, node in enumerate(funded, 1):
            below = [child.code for child in figures.children[node.code] if child.code in figures.budget]
            body.append(
                Row((
                    cell(marker(node.level, index)), cell(node.title),
                    rupiah_cell(figures.budget[node.code], id=f"b:{node.code}", derive=total_of("b", below)),
                    rupiah_cell(figures.spent.get(node.code, Decimal(0)), id=f"s:{node.code}", derive=total_of("s", below)),
                    figure_cell(figures.absorption(node), derive=CellRatio(f"s:{node.code}", f"b:{node.code}")),
                ), level=ROW_LEVEL.get(node.level, 0))
            )  # fmt: skip
            walk(figures.children[node.code])

    walk(figures.programmes)
    tops = [node.code for node in figures.programmes]
    body.append(
        Row((
            cell("Jumlah", colspan=2, strong=True), rupiah_cell(figures.total_budget, id="b:", derive=total_of("b", tops)),
            rupiah_cell(figures.total_spent, id="s:", derive=total_of("s", tops)),
            figure_cell(figures.total_absorption, derive=CellRatio("s:", "b:")),
        ), level=2)
    )  # fmt: skip
    low = deeper(work)
    title = "Program/Kegiatan/Subkegiatan" if low else "Program"
    header = (head("No.", title, "Anggaran (Rp)", "Realisasi (Rp)", "Penyerapan (%)"), counted(5))
    named = "Program, Kegiatan, dan Subkegiatan" if low else "Program"
    return work.out.table(
        "anggaran", f"Anggaran dan Realisasi {named} Tahun {work.year}", shape, header, body,
        notes=(text("Persentase jumlah adalah jumlah realisasi dibagi jumlah anggaran, bukan rata-rata persentase."),),
        source="Data anggaran dan realisasi",
    )  # fmt: skip


def total_of(letter: str, codes: list[str]) -> Derivation | None:
    """The sum of the rows below, if there are any."""
    return Total(tuple(f"{letter}:{code}" for code in codes)) if codes else None


def budget_chart(work: Work) -> Chart:
    """Budget against realisation per programme."""
    figures = work.figures
    names = [node.title for node in figures.programmes]
    budgets = tuple(figures.budget[node.code] for node in figures.programmes)
    spent = tuple(figures.spent.get(node.code, Decimal(0)) for node in figures.programmes)
    alt = "; ".join(
        f"{name}: anggaran {rupiah(planned)}, realisasi {rupiah(used)}"
        for name, planned, used in zip(names, budgets, spent, strict=True)
    )
    return work.out.chart(
        "grafik-anggaran", ChartKind.BUDGET, f"Anggaran dan Realisasi per Program Tahun {work.year}", names,
        [Series("Anggaran", budgets), Series("Realisasi", spent)], unit="Rp", alt=alt,
    )  # fmt: skip


def absorption_chart(work: Work) -> Chart:
    """Absorption per programme."""
    figures = work.figures
    results = [figures.absorption(node) for node in figures.programmes]
    names = [node.title for node in figures.programmes]
    alt = "; ".join(f"{name}: {figure.shown()}" for name, figure in zip(names, results, strict=True))
    return work.out.chart(
        "grafik-serapan", ChartKind.ABSORPTION, f"Penyerapan Anggaran per Program Tahun {work.year}", names,
        [Series("Penyerapan", tuple(figure.rounded() for figure in results))], unit="%", alt=alt,
    )  # fmt: skip


def versions(work: Work) -> None:
    """Budget versions side by side, where there is more than one."""
    figures = work.figures
    known = sorted(work.snapshot.budget_versions, key=lambda version: version.order)
    if len(known) < 2:
        return
    amounts = [figures.budget_of(version) for version in known]
    shape = columns((44, "l"), *((56 // len(known), "r") for _ in known))
    body = [
        Row((cell(node.title), *(rupiah_cell(amount.get(node.code)) for amount in amounts)))
        for node in figures.programmes
    ]
    totals = [sum((amount.get(node.code, Decimal(0)) for node in figures.programmes), Decimal(0)) for amount in amounts]
    body.append(Row((cell("Jumlah", strong=True), *(rupiah_cell(total) for total in totals)), level=2))
    table = work.out.table(
        "versi-anggaran", f"Versi Anggaran Tahun {work.year} (Rp)", shape,
        (head("Program", *(version.name for version in known)),), body,
    )  # fmt: skip
    reasons = [f"{version.name} karena {version.reason}" for version in known if version.reason]
    tail = f" {sentence('; '.join(reasons))}." if reasons else ""
    work.out.generated(
        f"Anggaran tahun {work.year} memiliki {count(len(known))} versi, sebagaimana disajikan dalam ",
        reference(table),
        f".{tail}",
    )
    work.out.add(table)


def monthly(work: Work) -> None:
    """Absorption through each quarter, where spending was booked by month."""
    figures = work.figures
    if len({item.month for item in work.snapshot.spending}) < 2:
        return
    shape = columns((40, "l"), (30, "r"), (30, "r"))
    body = []
    for index in range(1, 5):
        through = figures.spent_through(index * 3)
        amount = sum((through.get(node.code, Decimal(0)) for node in figures.programmes), Decimal(0))
        body.append(
            Row((
                cell(f"Triwulan {ROMAN[index]}"), rupiah_cell(amount, id=f"q{index}"),
                figure_cell(figures.absorption_through(index * 3)),
            ))
        )  # fmt: skip
    table = work.out.table(
        "serapan-triwulan", f"Realisasi Anggaran Kumulatif per Triwulan Tahun {work.year}", shape,
        (head("Sampai dengan", "Realisasi (Rp)", "Penyerapan (%)"),), body,
    )  # fmt: skip
    work.out.generated("Perkembangan penyerapan sepanjang tahun disajikan dalam ", reference(table), ".")
    work.out.add(table)


def low_lines(work: Work) -> None:
    """Lines whose absorption is low; they need an explanation, and a missing one is said to be missing."""
    figures = work.figures
    leaves = [
        node for node in figures.walk()
        if node.code in figures.budget and not any(child.code in figures.budget for child in figures.children[node.code])
    ]  # fmt: skip
    limit = figures.law.limits.low_absorption
    low = [node for node in leaves if low_absorption(figures.absorption(node), limit)]
    if not low:
        return
    work.out.generated(
        f"Penyerapan {count(len(low))} rincian berikut paling tinggi {format_percent(limit)} dan memerlukan penjelasan:"
    )
    work.out.listing(say(*row) for row in closed([(f"{node.title}: ", figures.absorption(node)) for node in low]))
    if not work.own_words("penyerapan_rendah", beside_figures=True):
        work.out.empty("Penjelasan instansi atas penyerapan yang rendah belum diisi.")
