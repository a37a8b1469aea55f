"""Chapter III, part one: method, the year's achievements, the seven analyses per sasaran, obstacles.

The seven analyses follow Permenpan-RB 53/2014, Lampiran II (Bab III A): this year; last and several years; the end of
the strategic plan; a national standard; causes and solutions; efficiency; supporting programmes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby, pairwise

from selaras.core.calendar import format_date
from selaras.core.computed import Computed
from selaras.core.document import Align, Cell, Chart, ChartKind, Ratio, Row, Series, Table, Tone, Voice, text
from selaras.core.law import Band, Source
from selaras.core.measurement.efficiency import verdict as efficiency_verdict
from selaras.core.measurement.origin import of_performance
from selaras.core.measurement.records import Explanation, FollowUp
from selaras.core.numerals import format_number
from selaras.core.planning import FormulaKind, Indicator, LowerMethod, Node, NodeLevel, PlanDocument, Polarity
from selaras.core.reporting import revisions, sentences
from selaras.core.reporting.composition import (
    band_cell,
    cell,
    columns,
    counted,
    figure_cell,
    head,
    reference,
    rupiah,
    rupiah_cell,
    say,
    strong,
    value_cell,
)
from selaras.core.reporting.figures import Aim
from selaras.core.reporting.goals import goals
from selaras.core.reporting.plans import sasaran_column, sasaran_row, sasaran_title, with_sasaran
from selaras.core.reporting.recommended import recommendations
from selaras.core.reporting.sentences import count
from selaras.core.reporting.work import Work
from selaras.core.spelling import level_name, quoted
from selaras.core.value import ValueKind

Step = Callable[[Work, Node, list[Indicator]], None]

COMPARISON = "Perbandingan dengan "
OWN_WORDS = "Narasi instansi"
STATES = {
    FollowUp.OPEN: "belum ditindaklanjuti",
    FollowUp.RUNNING: "sedang berjalan",
    FollowUp.DONE: "selesai",
}

MOST_BARS = 60
"""A chart with more bars than this is no picture any more."""


def metode(work: Work) -> None:
    """How figures are made here: formulas in force, rounding, and the scale with the reading that closes its holes."""
    figures, law = work.figures, work.law
    polarities = {indicator.polarity for indicator in figures.measured}
    methods = {indicator.lower_method for indicator in figures.measured if indicator.polarity is Polarity.LOWER}
    codes = ["capaian-naik"] if Polarity.HIGHER in polarities or not polarities else []
    codes += ["capaian-turun-2t"] if LowerMethod.TWICE_TARGET in methods else []
    codes += ["capaian-turun-inversi"] if LowerMethod.INVERSE in methods else []
    codes += ["capaian-rentang"] if Polarity.RANGE in polarities else []
    codes += ["capaian-predikat"] if any(item.value_kind is ValueKind.GRADE for item in figures.measured) else []
    codes += ["kemajuan", "serapan", f"efisiensi-{work.snapshot.settings.efficiency}"]
    work.out.paragraph("Angka dalam laporan ini dihitung satu kali dari data terekam dengan rumus berikut.")
    known = [law.formulas[code] for code in codes if code in law.formulas]
    work.out.listing(
        say(*row) for row in sentences.closed([(strong(f"{item.name}: "), item.expression) for item in known])
    )
    work.out.paragraph(
        "Perhitungan memakai bilangan desimal tanpa pembulatan antara; pembulatan setengah ke atas ke dua desimal hanya "
        "dilakukan saat angka dicetak."
    )
    table = scale_table(work)
    work.out.paragraph("Capaian digolongkan menurut ", reference(table), ".")
    work.out.add(table)


def scale_table(work: Work) -> Table:
    """The scale in force with its colours in words."""
    scale = work.figures.scale
    shape = columns((8, "c"), (34, "c"), (30, "l"), (28, "c"))
    body = []
    for number, (band, above) in enumerate(zip(scale.bands, [None, *scale.bands], strict=False), 1):
        interval = " dan ".join(part for part in (lower_end(band), upper_end(above)) if part)
        body.append(
            Row((cell(str(number)), cell(interval), cell(band.label), cell(band.tone.value.title(), tone=band.tone)))
        )
    header = (head("No.", "Interval Capaian (%)", "Kelas", "Warna"), counted(4))
    notes = [text(scale.reading)] if scale.reading else []
    return work.out.table(
        "skala", "Skala Penilaian Capaian Kinerja", shape, header, body, notes=notes, source=sourced(scale.source)
    )


def lower_end(band: Band) -> str:
    """Where a class begins, `≥ 91` or `> 85`."""
    return f"{'>' if band.exclusive else '≥'} {format_number(band.lower)}" if band.lower is not None else ""


def upper_end(above: Band | None) -> str:
    """Where a class ends: just before the class above begins."""
    if above is None or above.lower is None:
        return ""
    return f"{'≤' if above.exclusive else '<'} {format_number(above.lower)}"


def sourced(source: Source) -> str:
    """A source with its article, as printed under a table."""
    return f"{source.text}{f', {source.article}' if source.article else ''}"


def capaian_tahun(work: Work) -> None:
    """The year's measurement: every indicator with target, realisation, achievement and class."""
    figures, out = work.figures, work.out
    if not figures.measured:
        out.empty("Belum ada indikator sasaran yang dapat diukur.")
        return
    table = measurement_table(work, "capaian", f"Capaian Indikator Kinerja Tahun {work.year}")
    chart = achievement_chart(work) if len(figures.measured) <= MOST_BARS else None
    pictured = (" dan ", reference(chart)) if chart else ()
    out.generated(
        "Hasil pengukuran terhadap target yang berlaku disajikan dalam ", reference(table), *pictured, ". ",
        *outcome_words(work),
    )  # fmt: skip
    out.add(table)
    for indicator in figures.measured:
        agreed, planned = figures.agreed(indicator), figures.planned(indicator, work.year, PlanDocument.RKT)
        if agreed.value and planned.value and agreed.value != planned.value:
            out.generated(
                f"Target {indicator.name} dalam Perjanjian Kinerja ({agreed.shown()}) berbeda dari Rencana Kinerja Tahunan "
                f"({planned.shown()}). Terhadap Perjanjian Kinerja capaiannya ", figures.achievement(indicator),
                "; terhadap Rencana Kinerja Tahunan ", figures.achievement(indicator, work.year, planned), ".",
            )  # fmt: skip
    if chart:
        out.add(chart)
    goals(work)
    work.own_words("capaian_tahun", beside_figures=True)


def outcome_words(work: Work) -> tuple[str | Computed, ...]:
    """Counts of met, missed and open indicators, and the mean."""
    words = f"{sentences.sentence(sentences.outcome(work.figures.tally))}."
    if work.figures.mean.value is None:
        return (words,)
    which = " indikator yang dapat dinilai" if work.figures.tally["open"] else "nya"
    return (words, f" Rata-rata capaian{which} ", work.figures.mean, ".")


def measurement_table(work: Work, key: str, caption: str) -> Table:
    """Target, realisation, achievement and class of every indicator."""
    figures = work.figures
    shape = columns((4, "c"), *sasaran_column(work, 28), (28, "l"), (8, "c"), (9, "c"), (8, "r"), (15, "c"))
    body = sasaran_row(work, len(shape))
    for number, (lead, indicator) in enumerate(with_sasaran(work)):
        aim = figures.aim(indicator, work.year)
        figure = figures.achievement(indicator)
        simple = indicator.polarity is Polarity.HIGHER and indicator.cap is None and indicator.value_kind in (
            ValueKind.NUMBER, ValueKind.PERCENT
        )  # fmt: skip
        body.append(
            Row((
                *lead, cell(indicator.name), value_cell(aim.value, id=f"t{number}"),
                value_cell(figures.realised(indicator, work.year).value, id=f"r{number}"),
                figure_cell(figure, derive=Ratio(f"r{number}", f"t{number}") if simple else None),
                band_cell(figures.band(figure)),
            ))
        )  # fmt: skip
    titles = ("No.", *sasaran_title(work), "Indikator Kinerja", "Target", "Realisasi", "Capaian (%)", "Kelas")
    header = (head(*titles), counted(len(shape)))
    without = [indicator.name for indicator in figures.measured if not figures.agreed(indicator).value]
    notes = []
    if figures.agreement and without and len(without) < len(figures.measured):
        notes.append(text(f"Tidak diperjanjikan dalam PK, diukur terhadap RKT: {'; '.join(without)}."))
    caps = [f"{item.name} ({format_number(item.cap)}%)" for item in figures.measured if item.cap is not None]
    if caps:
        notes.append(text(f"Capaian dibatasi: {'; '.join(caps)}."))
    return work.out.table(key, caption, shape, header, body, notes=notes, source="Data realisasi kinerja")


def achievement_chart(work: Work) -> Chart:
    """A bar per indicator with its class in words and colour."""
    figures = work.figures
    results = [figures.achievement(indicator) for indicator in figures.measured]
    bands = [figures.band(figure) for figure in results]
    names = [indicator.name for indicator in figures.measured]
    alt = "; ".join(
        f"{name}: {figure.shown()}{f' ({band.label})' if band else ''}"
        for name, figure, band in zip(names, results, bands, strict=True)
    )
    return work.out.chart(
        "grafik-capaian", ChartKind.ACHIEVEMENT, f"Capaian Indikator Kinerja Tahun {work.year}", names,
        [Series("Capaian", tuple(figure.rounded() for figure in results))], unit="%",
        labels=[band.label if band else "belum dapat dinilai" for band in bands],
        tones=[band.tone if band else Tone.NONE for band in bands], alt=alt,
    )  # fmt: skip


def evaluasi(work: Work) -> None:
    """The seven analyses for each sasaran."""
    work.own_words("evaluasi", beside_figures=True)
    if not work.figures.sasaran:
        work.out.empty("Belum ada sasaran yang dapat dianalisis.")
    for number, node in enumerate(work.figures.sasaran, 1):
        work.out.heading(3, node.title, f"Sasaran {number}:", f"sasaran-{node.code}")
        analyse(work, node)


def analyse(work: Work, node: Node) -> None:
    """One sasaran: seven analyses, each under its number; neighbours without data share one heading and one sentence."""
    indicators = work.figures.by_node[node.code]
    steps: tuple[tuple[str, Step, str], ...] = (
        ("Target dan realisasi tahun ini", this_year, ""),
        ("Perbandingan dengan tahun lalu dan beberapa tahun terakhir", several_years, no_history(work, indicators)),
        ("Perbandingan dengan target akhir Renstra", end_of_plan, no_final_target(work, indicators)),
        ("Perbandingan dengan standar nasional", national_standard, no_standard(indicators)),
        ("Penyebab keberhasilan atau kegagalan dan solusi", causes, no_causes(work, indicators)),
        ("Efisiensi penggunaan sumber daya", resources, no_support(work, indicators)),
        ("Program dan kegiatan penunjang", programmes, no_support(work, indicators)),
    )
    numbered = list(enumerate(steps, 1))
    for lacking, run in groupby(numbered, key=lambda item: bool(item[1][2])):
        members = list(run)
        if lacking and len(members) > 1:
            without_data(work, members[0][0], [(title, lack) for _, (title, _, lack) in members])
            continue
        for number, (title, step, _) in members:
            work.out.heading(4, title, f"{number})")
            step(work, node, indicators)
    revisions.contributions(work, node)


def without_data(work: Work, first: int, members: list[tuple[str, str]]) -> None:
    """Several analyses in a row that cannot be made: all named in one heading, all that is missing in one sentence."""
    heading = members[0][0]
    for (before, _), (title, _) in pairwise(members):
        both = title.startswith(COMPARISON) and before.startswith(COMPARISON)
        short = title.removeprefix(COMPARISON) if both else title
        heading += f"; {short[0].lower()}{short[1:]}"
    work.out.heading(4, heading, f"{first})–{first + len(members) - 1})")
    missing = list(dict.fromkeys(lack for _, lack in members))
    work.out.empty(
        f"{sentences.sentence(sentences.series(missing))} belum dicatat, sehingga {count(len(members))} analisis tersebut "
        "belum dapat disajikan."
    )


def no_history(work: Work, indicators: list[Indicator]) -> str:
    """What analysis 2 lacks, if it cannot be made."""
    return "data tahun-tahun sebelumnya" if history_years(work, indicators) in ([], [work.year]) else ""


def no_final_target(work: Work, indicators: list[Indicator]) -> str:
    """What analysis 3 lacks, if it cannot be made."""
    plan = work.figures.plan
    if plan is None:
        return "rencana strategis"
    known = any(work.figures.final_aim(indicator).value for indicator in indicators)
    return "" if known else f"target akhir Renstra ({plan.last_year})"


def no_standard(indicators: list[Indicator]) -> str:
    """What analysis 4 lacks, if it cannot be made."""
    return "" if any(indicator.standard for indicator in indicators) else "standar nasional (jika ada)"


def no_causes(work: Work, indicators: list[Indicator]) -> str:
    """What analysis 5 lacks, if it cannot be made."""
    told = any(explained(work, indicator) for indicator in indicators)
    return "" if told else "penyebab, kendala, dan solusinya"


def no_support(work: Work, indicators: list[Indicator]) -> str:
    """What analyses 6 and 7 lack, if they cannot be made."""
    return "" if any(work.figures.supporting(indicator) for indicator in indicators) else "program penunjangnya"


def history_years(work: Work, indicators: list[Indicator]) -> list[int]:
    """The years for which any of the indicators has a target or a realisation."""
    figures = work.figures
    return [
        year for year in figures.history
        if any(figures.realised(item, year).value or figures.aim(item, year).value for item in indicators)
    ]  # fmt: skip


def this_year(work: Work, node: Node, indicators: list[Indicator]) -> None:
    """Analysis 1: target against realisation of the year, each with its verdict."""
    figures = work.figures
    for indicator in indicators:
        figure = figures.achievement(indicator)
        realised = figures.realised(indicator, work.year)
        work.out.generated(
            *sentences.verdict(
                indicator,
                figures.aim(indicator, work.year),
                realised.value,
                figure,
                met=figures.reached(figure),
                band=figures.band(figure),
            )
        )
        counts = counted_from(work, indicator)
        if counts:
            work.out.note(counts)
    if len(indicators) > 1 and work.figures.sasaran_mean(node).value is not None:
        work.out.generated("Rata-rata capaian sasaran ini ", work.figures.sasaran_mean(node), ".")


def counted_from(work: Work, indicator: Indicator) -> str:
    """Numerator and denominator of the year's value in one sentence; empty where it was not counted."""
    inputs = work.figures.realised(indicator, work.year).figure.inputs
    if indicator.formula is not FormulaKind.RATIO or len(inputs) < 2:
        return ""
    parts = sentences.series([f"{item.label}\u00a0{item.shown}" for item in inputs])
    return f"Realisasi {indicator.name} dihitung dari {parts}."


def several_years(work: Work, node: Node, indicators: list[Indicator]) -> None:
    """Analysis 2: last year and several years, as a table, sentences and a chart where there are enough points."""
    figures = work.figures
    years = history_years(work, indicators)
    if no_history(work, indicators):
        work.out.empty("Data tahun sebelumnya tidak tersedia, sehingga perbandingan antartahun tidak dapat disajikan.")
        return
    table = history_table(work, node, indicators, years)
    work.out.generated("Perkembangan target, realisasi, dan capaian disajikan dalam ", reference(table), ".")
    work.out.add(table)
    for indicator in indicators:
        last = figures.realised(indicator, work.year - 1).value
        work.out.generated(
            *sentences.movement(indicator, work.year - 1, last, work.year, figures.realised(indicator, work.year).value)
        )
        lowered = sentences.lowered(indicator, figures.aim(indicator, work.year), work.year, last)
        if lowered:
            work.out.generated(*lowered)
        known = [(year, value) for year in years if (value := figures.realised(indicator, year).value)]
        course = sentences.course(indicator, known)
        if course:
            work.out.generated(*course)
        if sum(value.amount is not None for _, value in known) >= 3:
            told = history_years(work, [indicator])
            work.out.add(trend_chart(work, indicator, list(range(told[0], told[-1] + 1))))


def history_table(work: Work, node: Node, indicators: list[Indicator], years: list[int]) -> Table:
    """Rows of target, realisation and achievement per indicator, one column per year."""
    figures = work.figures
    shape = columns((30, "l"), (15, "l"), *((55 // len(years), "c") for _ in years))
    body = []
    for indicator in indicators:
        aims = [figures.aim(indicator, year).value for year in years]
        values = [figures.realised(indicator, year).value for year in years]
        body.append(Row((cell(indicator.name, rowspan=3), cell("Target"), *(value_cell(value) for value in aims))))
        body.append(Row((cell("Realisasi"), *(value_cell(value) for value in values))))
        results = [figures.achievement(indicator, year) for year in years]
        body.append(Row((cell("Capaian (%)"), *(figure_cell(figure) for figure in results)), level=1))
    header = (head("Indikator Kinerja", "Unsur", *(str(year) for year in years)),)
    return work.out.table(
        f"riwayat-{node.code}", f"Perkembangan Kinerja {work.nth(node)} Tahun {years[0]}–{years[-1]}",
        shape, header, body, notes=(text("– berarti tidak ada data atau indikator belum digunakan pada tahun itu."),),
    )  # fmt: skip


def trend_chart(work: Work, indicator: Indicator, years: list[int]) -> Chart:
    """Target against realisation over the years."""
    figures = work.figures
    aims = tuple(value.amount if (value := figures.aim(indicator, year).value) else None for year in years)
    values = tuple(value.amount if (value := figures.realised(indicator, year).value) else None for year in years)
    shown = [f"{year}: {value.shown()}" for year in years if (value := figures.realised(indicator, year).value)]
    return work.out.chart(
        f"tren-{indicator.code}", ChartKind.TREND, f"Target dan Realisasi {indicator.name} {years[0]}–{years[-1]}",
        [str(year) for year in years], [Series("Target", aims), Series("Realisasi", values)],
        unit="%" if indicator.value_kind is ValueKind.PERCENT else indicator.unit, alt="Realisasi " + "; ".join(shown),
    )  # fmt: skip


def end_of_plan(work: Work, node: Node, indicators: list[Indicator]) -> None:
    """Analysis 3: realisation to date against the target of the plan's last year."""
    figures = work.figures
    if figures.plan is None:
        work.out.empty("Rencana strategis belum dicatat, sehingga kemajuan tidak dapat dihitung.")
        return
    final_year = figures.plan.last_year
    if any(figures.progress(indicator).value is not None for indicator in indicators):
        table = progress_table(work, node, indicators, final_year)
        work.out.generated(f"Jarak ke target tahun {final_year} terlihat dalam ", reference(table), ".")
        work.out.add(table)
    for indicator in indicators:
        realised = figures.realised(indicator, work.year).value
        final = figures.final_aim(indicator)
        work.out.generated(*sentences.headway(indicator, realised, final, final_year, figures.progress(indicator)))


def progress_table(work: Work, node: Node, indicators: list[Indicator], final_year: int) -> Table:
    """Realisation to date, final target and progress per indicator."""
    figures = work.figures
    shape = columns((40, "l"), (20, "c"), (20, "c"), (20, "r"))
    body = [
        Row((
            cell(indicator.name), value_cell(figures.realised(indicator, work.year).value, id=f"r{number}"),
            value_cell(figures.final_aim(indicator).value, id=f"t{number}"), figure_cell(figures.progress(indicator)),
        ))
        for number, indicator in enumerate(indicators)
    ]  # fmt: skip
    return work.out.table(
        f"kemajuan-{node.code}", f"Realisasi {work.nth(node)} Tahun {work.year} terhadap Target Akhir Renstra {final_year}",
        shape, (head("Indikator Kinerja", f"Realisasi {work.year}", f"Target Akhir ({final_year})", "Kemajuan (%)"),), body,
    )  # fmt: skip


def national_standard(work: Work, node: Node, indicators: list[Indicator]) -> None:
    """Analysis 4: against a national standard, where one is recorded."""
    figures = work.figures
    for indicator in indicators:
        if indicator.standard is None:
            continue
        basis = f" ({indicator.standard_source})" if indicator.standard_source else ""
        work.out.generated(
            f"Terhadap standar nasional {indicator.standard.shown()}{basis}, realisasi {indicator.name} setara dengan ",
            figures.against_standard(indicator), ".",
        )  # fmt: skip
    if all(indicator.standard is None for indicator in indicators):
        work.out.note("Tidak ada standar nasional yang dicatat untuk indikator sasaran ini.")


def causes(work: Work, node: Node, indicators: list[Indicator]) -> None:
    """Analysis 5: causes, obstacles, solutions and next steps, in the agency's own words; empty is said to be empty."""
    found = False
    for indicator in indicators:
        parts = explained(work, indicator)
        if not parts:
            continue
        found = True
        if len(indicators) > 1:
            work.out.paragraph(strong(indicator.name), voice=Voice.NARRATIVE, lead=OWN_WORDS)
        work.out.listing((say(strong(f"{label}: "), words) for label, words in parts), voice=Voice.NARRATIVE)
    if not found:
        work.out.empty("Analisis penyebab dan solusi untuk sasaran ini belum diisi oleh instansi.")


def explained(work: Work, indicator: Indicator) -> list[tuple[str, str]]:
    """What the agency wrote about an indicator, by label."""
    item = work.figures.explanations.get(indicator.code, Explanation(indicator.code, work.year))
    labelled = (
        ("Penyebab", item.cause), ("Kendala", item.obstacle), ("Solusi yang telah dilakukan", item.solution),
        ("Langkah berikutnya", item.next_step),
    )  # fmt: skip
    return [(label, words) for label, words in labelled if words]


def resources(work: Work, node: Node, indicators: list[Indicator]) -> None:
    """Analysis 6: achievement beside the absorption of the serving programmes, by the method chosen and named."""
    figures, method = work.figures, work.snapshot.settings.efficiency
    served = [indicator for indicator in indicators if figures.supporting_amounts(indicator)[0]]
    if not served:
        work.out.empty(
            "Program yang menunjang indikator sasaran ini belum dipetakan, sehingga efisiensi tidak dapat dihitung."
        )
        return
    alone = len(indicators) == 1 and len(efficiency_aims(work, served[0])) == 1
    if alone:
        efficiency_sentence(work, served[0])
    else:
        table = efficiency_table(work, node, served)
        work.out.generated(f"Efisiensi menurut metode {method} disajikan dalam ", reference(table), ".")
        work.out.add(table)
    for indicator in served:
        figure, margin = figures.efficiency(indicator), figures.law.limits.efficiency_margin
        if figure.value is not None and not alone:
            whose = (
                f" {indicator.name}"
                if len(indicators) > 1
                else f" terhadap target {figures.aim(indicator, work.year).document}"
            )
            work.out.generated(
                f"Tingkat efisiensi{whose} sebesar ",
                figure,
                f", yang berarti {efficiency_verdict(method, figure, margin=margin)}.",
            )
        words = figures.explanations.get(indicator.code)
        if words and words.efficiency:
            work.out.paragraph(words.efficiency, voice=Voice.NARRATIVE, lead=OWN_WORDS)


def efficiency_sentence(work: Work, indicator: Indicator) -> None:
    """Efficiency of the only indicator of a sasaran, which needs no table."""
    figures, method = work.figures, work.snapshot.settings.efficiency
    budgets, spent = figures.supporting_amounts(indicator)
    figure, margin = figures.efficiency(indicator), figures.law.limits.efficiency_margin
    out = work.out
    if figures.achievement(indicator).value is None or figure.value is None or budgets is None or spent is None:
        out.empty("Capaian kinerja atau capaian anggaran belum tersedia, sehingga efisiensi belum dapat dihitung.")
        return
    out.generated(
        "Capaian kinerja ", figures.achievement(indicator), " diperoleh dengan penyerapan anggaran program penunjang ",
        figures.indicator_absorption(indicator), f" ({rupiah(spent)} dari {rupiah(budgets)}). Menurut metode {method}, "
        "tingkat efisiensinya ", figure, f", yang berarti {efficiency_verdict(method, figure, margin=margin)}.",
    )  # fmt: skip


def efficiency_aims(work: Work, indicator: Indicator) -> list[tuple[Aim, Aim | None]]:
    """The targets to measure efficiency against: the one that counts, and the RKT's where it differs."""
    figures = work.figures
    aims: list[tuple[Aim, Aim | None]] = [(figures.aim(indicator, work.year), None)]
    planned = figures.planned(indicator, work.year, PlanDocument.RKT)
    if planned.value and planned.value != aims[0][0].value:
        aims.append((planned, planned))
    return aims


def efficiency_table(work: Work, node: Node, indicators: list[Indicator]) -> Table:
    """Achievement, budget, realised budget, absorption and efficiency; a second row where the RKT's target differs."""
    figures = work.figures
    shape = columns((28, "l"), (8, "c"), (9, "c"), (8, "r"), (14, "r"), (14, "r"), (10, "r"), (9, "r"))
    header = (
        Row((
            cell("Indikator Kinerja", rowspan=2, strong=True), cell("Kinerja", colspan=3, strong=True),
            cell("Anggaran Program Penunjang", colspan=3, strong=True), cell("Efisiensi (%)", rowspan=2, strong=True),
        )),
        head("Target", "Realisasi", "Capaian (%)", "Anggaran (Rp)", "Realisasi (Rp)", "Penyerapan (%)"),
    )  # fmt: skip
    body = []
    for number, indicator in enumerate(indicators):
        budgets, spent = figures.supporting_amounts(indicator)
        aims = efficiency_aims(work, indicator)
        for index, (aim, against) in enumerate(aims):
            label = indicator.name if len(aims) == 1 else f"{indicator.name} (target {aim.document})"
            body.append(
                Row((
                    cell(label), value_cell(aim.value), value_cell(figures.realised(indicator, work.year).value),
                    figure_cell(figures.achievement(indicator, work.year, against)),
                    rupiah_cell(budgets, id=f"b{number}-{index}"), rupiah_cell(spent, id=f"s{number}-{index}"),
                    figure_cell(figures.indicator_absorption(indicator), derive=Ratio(f"s{number}-{index}", f"b{number}-{index}")),
                    figure_cell(figures.efficiency(indicator, against)),
                ))
            )  # fmt: skip
    return work.out.table(
        f"efisiensi-{node.code}", f"Capaian Kinerja, Penyerapan, dan Efisiensi {work.nth(node)}", shape, header, body,
        source="Data realisasi kinerja dan anggaran",
    )  # fmt: skip


def programmes(work: Work, node: Node, indicators: list[Indicator]) -> None:
    """Analysis 7: programmes, kegiatan and sub kegiatan that serve the sasaran, with their own indicators."""
    if not any(work.figures.supporting(indicator) for indicator in indicators):
        work.out.empty("Program dan kegiatan penunjang sasaran ini belum dipetakan.")
        return
    chosen = {indicator.code for indicator in indicators}
    supports = [item for item in work.snapshot.supports if item.indicator in chosen]
    helped = {item.node for item in supports if item.supports}
    others = {item.node for item in supports} - helped
    if len(helped | others) == 1:
        one_programme(work, next(iter(helped | others)), supports[0].reason, helps=bool(helped))
        return
    table = support_table(work, node, indicators)
    tail = f"; {by_level(work, others)} dinilai tidak menunjang" if others else ""
    served = by_level(work, helped) if helped else "tidak ada program yang"
    work.out.generated(
        f"Menurut penilaian instansi, {served} menunjang sasaran ini{tail}. Rinciannya disajikan dalam ", reference(table),
        ".",
    )  # fmt: skip
    work.out.add(table)


def by_level(work: Work, codes: set[str]) -> str:
    """How many programmes, kegiatan and subkegiatan these nodes are: `empat program, sembilan kegiatan, dan ...`."""
    levels = Counter(node.level for code in codes if (node := work.figures.nodes.get(code)))
    found = [level for level in NodeLevel if levels[level]]
    numbers = sentences.counts([levels[level] for level in found])
    return sentences.series([f"{number} {level_name(level)}" for number, level in zip(numbers, found, strict=True)])


def one_programme(work: Work, code: str, reason: str, *, helps: bool) -> None:
    """The only node that serves a sasaran, with its own indicators: a sentence instead of a table of one row."""
    figures, node = work.figures, work.figures.nodes[code]
    because = f" ({reason})" if reason else ""
    verdict = "menunjang" if helps else "tidak menunjang"
    work.out.generated(f"Menurut penilaian instansi, {node.title} {verdict} sasaran ini{because}.")
    for output in figures.output_indicators(node):
        figure = figures.achievement(output)
        result = ("dengan capaian ", figure, ".") if figure.value is not None else ("yang capaiannya belum dicatat.",)
        work.out.generated(f"Indikatornya adalah {quoted(output.name)}, ", *result)


def measured_cells(work: Work, output: Indicator | None) -> tuple[Cell, Cell, Cell]:
    """Target, realisation and achievement of an indicator of a programme; dashes where there is none."""
    if output is None:
        return (cell("–", align=Align.CENTER),) * 3
    figures = work.figures
    return (
        value_cell(figures.aim(output, work.year).value),
        value_cell(figures.realised(output, work.year).value),
        figure_cell(figures.achievement(output)),
    )


def support_table(work: Work, node: Node, indicators: list[Indicator]) -> Table:
    """One row per serving node and its indicator."""
    figures = work.figures
    shape = columns((28, "l"), (29, "l"), (9, "c"), (10, "c"), (10, "r"), (14, "c"))
    body = []
    for indicator in indicators:
        supports = {item.node: item for item in work.snapshot.supports if item.indicator == indicator.code}
        if not supports:
            continue
        body.append(Row((cell(f"Menunjang: {indicator.name}", colspan=len(shape), strong=True),), level=2))
        for child in figures.supporting(indicator):
            outputs: list[Indicator | None] = [*figures.output_indicators(child)] or [None]
            answer = "Menunjang" if supports[child.code].supports else "Tidak menunjang"
            reason = supports[child.code].reason
            for index, output in enumerate(outputs):
                result = measured_cells(work, output)
                lead = (
                    () if index else (cell(child.title, rowspan=len(outputs), strong=child.level.value == "program"),)
                )
                body.append(
                    Row(
                        (
                            *lead,
                            cell(output.name if output else "–"),
                            *result,
                            cell(f"{answer}: {reason}" if reason else answer),
                        ),
                        level=1 if child.level.value == "program" else 0,
                    )
                )
    titles = ("Program/Kegiatan/Subkegiatan", "Indikator", "Target", "Realisasi", "Capaian (%)",
              "Menunjang/Tidak Menunjang")  # fmt: skip
    header = (head(*titles), counted(len(shape)))
    outputs_shown = dict.fromkeys(
        output for indicator in indicators for child in work.figures.supporting(indicator)
        for output in work.figures.output_indicators(child)
    )  # fmt: skip
    notes = [text(words) for output in outputs_shown if (words := counted_from(work, output))]
    return work.out.table(
        f"penunjang-{node.code}", f"Program dan Kegiatan Penunjang {work.nth(node)}", shape, header, body, notes=notes
    )


def hambatan(work: Work) -> None:
    """Obstacles, constraints and follow-up with person and date; open ones counted; then recommendations given before."""
    _obstacles(work)
    recommendations(work)
    work.own_words("hambatan", beside_figures=True)


def _obstacles(work: Work) -> None:
    obstacles = sorted(of_performance(work.snapshot.obstacles), key=lambda item: item.order)
    if not obstacles:
        work.out.empty("Hambatan dan tindak lanjut belum dicatat.")
        return
    figures = work.figures
    shape = columns((5, "c"), (25, "l"), (22, "l"), (24, "l"), (24, "l"))
    body = []
    number = 0
    for code, items in groupby(obstacles, key=lambda item: item.node):
        node = figures.nodes.get(code)
        if node is not None:
            many = node in figures.sasaran and not work.only_sasaran
            name = work.nth(node) if many else level_name(node.level).capitalize()
            body.append(Row((Cell(say(strong(f"{name}: "), node.title), colspan=len(shape), align=Align.LEFT),)))
        for item in items:
            number += 1
            person = work.title_of(item.responsible) or "penanggung jawab belum ditetapkan"
            due = f"; {format_date(item.due)}" if item.due else ""
            body.append(
                Row((
                    cell(str(number)), cell(item.obstacle), cell(item.constraint or "–"),
                    cell(item.follow_up or "belum diisi"), cell(f"{person}{due}; {STATES[item.status]}"),
                ))
            )  # fmt: skip
    titles = ("No.", "Hambatan", "Kendala", "Rencana Tindak Lanjut", "Penanggung Jawab, Waktu, Status")
    header = (head(*titles), counted(len(shape)))
    table = work.out.table("hambatan", f"Hambatan, Kendala, dan Tindak Lanjut Tahun {work.year}", shape, header, body)
    done = sum(item.status is FollowUp.DONE for item in obstacles)
    work.out.generated(
        f"Tercatat {sentences.follow_up(len(obstacles), done)}. Rinciannya disajikan dalam ", reference(table), "."
    )
    work.out.add(table)
