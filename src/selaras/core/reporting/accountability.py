"""Chapter III, part one: method, the year's achievements, the seven analyses per sasaran, obstacles.

The seven analyses follow Permenpan-RB 53/2014, Lampiran II (Bab III A): this year; last and several years; the end of
the strategic plan; a national standard; causes and solutions; efficiency; supporting programmes.
"""

from __future__ import annotations

from itertools import groupby

from selaras.core.calendar import format_date
from selaras.core.computed import Computed
from selaras.core.document import Chart, ChartKind, Ratio, Row, Series, Span, Table, Tone, Voice, text
from selaras.core.law import Band, Source
from selaras.core.measurement.efficiency import verdict as efficiency_verdict
from selaras.core.measurement.records import Explanation
from selaras.core.numerals import format_number
from selaras.core.planning import FormulaKind, Indicator, LowerMethod, Node, PlanDocument, Polarity
from selaras.core.reform import rb_adjusted, rb_general, rb_index
from selaras.core.reporting import revisions, sentences
from selaras.core.reporting.composition import (
    band_cell,
    cell,
    columns,
    counted,
    figure_cell,
    head,
    reference,
    rupiah_cell,
    say,
    strong,
    value_cell,
)
from selaras.core.reporting.figures import Aim
from selaras.core.reporting.plans import with_sasaran
from selaras.core.reporting.sentences import count
from selaras.core.reporting.work import Work
from selaras.core.value import ValueKind


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
    work.out.listing((strong(f"{formula.name}: "), Span(formula.expression)) for formula in known)
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
    chart = achievement_chart(work)
    out.generated(
        "Hasil pengukuran terhadap target yang berlaku disajikan dalam ", reference(table), " dan ", reference(chart), ". ",
        *outcome_words(work),
    )  # fmt: skip
    out.add(table, chart)
    for indicator in figures.measured:
        agreed, planned = figures.agreed(indicator), figures.planned(indicator, work.year, PlanDocument.RKT)
        if agreed.value and planned.value and agreed.value != planned.value:
            out.generated(
                f"Target {indicator.name} dalam Perjanjian Kinerja ({agreed.shown()}) berbeda dari Rencana Kinerja Tahunan "
                f"({planned.shown()}). Terhadap Perjanjian Kinerja capaiannya ", figures.achievement(indicator),
                "; terhadap Rencana Kinerja Tahunan ", figures.achievement(indicator, work.year, planned), ".",
            )  # fmt: skip
    work.own_words("capaian_tahun", beside_figures=True)


def outcome_words(work: Work) -> tuple[str | Computed, ...]:
    """Counts of met, missed and open indicators, and the mean."""
    tally = work.figures.tally
    words = (
        f"Sebanyak {count(tally['met'])} indikator mencapai target, {count(tally['missed'])} belum mencapai target, dan "
        f"{count(tally['open'])} belum dapat dinilai."
    )
    return (
        (words, " Rata-rata capaiannya ", work.figures.mean, ".") if work.figures.mean.value is not None else (words,)
    )


def measurement_table(work: Work, key: str, caption: str) -> Table:
    """Target, realisation, achievement and class of every indicator."""
    figures = work.figures
    shape = columns((5, "c"), (25, "l"), (26, "l"), (11, "c"), (11, "c"), (10, "r"), (12, "c"))
    body = []
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
    header = (head("No.", "Sasaran", "Indikator Kinerja", "Target", "Realisasi", "Capaian (%)", "Kelas"), counted(7))
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


def hasil_evaluasi_rb(work: Work) -> None:
    """The reform index sheet, where the agency has one."""
    scores = sorted(
        (score for score in work.snapshot.reform_scores if score.year <= work.year), key=lambda score: score.year
    )
    if not scores:
        work.out.note("Hasil evaluasi Reformasi Birokrasi tidak dicatat untuk instansi ini.")
        return
    score = scores[-1]
    general, adjusted, index = rb_general(score), rb_adjusted(score), rb_index(score)
    rows: list[tuple[str, str | Computed]] = [
        ("RB General awal", format_number(score.general_initial, places=2)),
        ("Koefisien", format_number(score.coefficient, places=2)),
        ("RB General", general),
        ("Total bobot RB General", format_number(score.total_weight)),
        ("Bobot RB General penyesuaian", format_number(score.adjusted_weight)),
        ("RB General penyesuaian", adjusted),
        ("RB Tematik", format_number(score.thematic, places=2)),
        ("Indeks RB", index),
    ]
    shape = columns((8, "c"), (62, "l"), (30, "r"))
    body = [
        Row(
            (cell(str(number)), cell(label), figure_cell(value) if isinstance(value, Computed) else cell(value)),
            level=2 if label == "Indeks RB" else 0,
        )
        for number, (label, value) in enumerate(rows, 1)
    ]
    table = work.out.table(
        "indeks-rb", f"Lembar Nilai Indeks Reformasi Birokrasi Tahun {score.year}", shape,
        (head("No.", "Uraian", "Nilai"), counted(3)), body, source=score.source,
    )  # fmt: skip
    work.out.generated(
        f"Indeks Reformasi Birokrasi {score.subject or work.agency.name} tahun {score.year} adalah ", index,
        ", dengan rincian sebagaimana ", reference(table), ".",
    )  # fmt: skip
    work.out.add(table)
    work.own_words("hasil_evaluasi_rb", beside_figures=True)


def evaluasi(work: Work) -> None:
    """The seven analyses for each sasaran."""
    work.own_words("evaluasi", beside_figures=True)
    if not work.figures.sasaran:
        work.out.empty("Belum ada sasaran yang dapat dianalisis.")
    for number, node in enumerate(work.figures.sasaran, 1):
        work.out.heading(3, node.title, f"Sasaran {number}:", f"sasaran-{node.code}")
        analyse(work, node)


def analyse(work: Work, node: Node) -> None:
    """One sasaran: seven analyses under seven run-in headings."""
    indicators = work.figures.by_node[node.code]
    steps = (
        ("Target dan realisasi tahun ini", this_year),
        ("Perbandingan dengan tahun lalu dan beberapa tahun terakhir", several_years),
        ("Perbandingan dengan target akhir Renstra", end_of_plan),
        ("Perbandingan dengan standar nasional", national_standard),
        ("Penyebab keberhasilan atau kegagalan dan solusi", causes),
        ("Efisiensi penggunaan sumber daya", resources),
        ("Program dan kegiatan penunjang", programmes),
    )
    for number, (title, step) in enumerate(steps, 1):
        work.out.heading(4, title, f"{number})")
        step(work, node, indicators)


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
        if indicator.formula is FormulaKind.RATIO and len(realised.figure.inputs) > 1:
            inputs = "; ".join(f"{item.label} {item.shown}" for item in realised.figure.inputs)
            work.out.note(f"Realisasi dihitung dari data: {inputs}.")
    if len(indicators) > 1 and work.figures.sasaran_mean(node).value is not None:
        work.out.generated("Rata-rata capaian sasaran ini ", work.figures.sasaran_mean(node), ".")


def several_years(work: Work, node: Node, indicators: list[Indicator]) -> None:
    """Analysis 2: last year and several years, as a table, sentences and a chart where there are enough points."""
    figures = work.figures
    years = [
        year for year in figures.history
        if any(figures.realised(item, year).value or figures.aim(item, year).value for item in indicators)
    ]  # fmt: skip
    if years == [work.year] or not years:
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
        known = [(year, value) for year in years if (value := figures.realised(indicator, year).value)]
        course = sentences.course(indicator, known)
        if course:
            work.out.generated(*course)
        if sum(value.amount is not None for _, value in known) >= 3:
            work.out.add(trend_chart(work, indicator, years))


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
        work.out.add(progress_table(work, node, indicators, final_year))
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
        item = work.figures.explanations.get(indicator.code, Explanation(indicator.code, work.year))
        labelled = (
            ("Penyebab", item.cause), ("Kendala", item.obstacle), ("Solusi yang telah dilakukan", item.solution),
            ("Langkah berikutnya", item.next_step),
        )  # fmt: skip
        parts = [(label, words) for label, words in labelled if words]
        if not parts:
            continue
        found = True
        work.out.paragraph(strong(f"{indicator.name}."), voice=Voice.NARRATIVE, lead="Narasi instansi")
        work.out.listing((say(strong(f"{label}: "), words) for label, words in parts), voice=Voice.NARRATIVE)
    if not found:
        work.out.empty("Analisis penyebab dan solusi untuk sasaran ini belum diisi oleh instansi.")


def resources(work: Work, node: Node, indicators: list[Indicator]) -> None:
    """Analysis 6: achievement beside the absorption of the serving programmes, by the method chosen and named."""
    figures, method = work.figures, work.snapshot.settings.efficiency
    served = [indicator for indicator in indicators if figures.supporting_amounts(indicator)[0]]
    if not served:
        work.out.empty(
            "Program yang menunjang indikator sasaran ini belum dipetakan, sehingga efisiensi tidak dapat dihitung."
        )
        return
    table = efficiency_table(work, node, served)
    formula = work.law.formulas.get(f"efisiensi-{method}")
    name = f" ({formula.expression})" if formula else ""
    work.out.generated(f"Efisiensi dihitung dengan metode {method}{name} dan disajikan dalam ", reference(table), ".")
    work.out.add(table)
    for indicator in served:
        figure = figures.efficiency(indicator)
        if figure.value is not None:
            work.out.generated(f"{indicator.name}: ", figure, f"; {efficiency_verdict(method, figure)}.")
        words = figures.explanations.get(indicator.code)
        if words and words.efficiency:
            work.out.paragraph(words.efficiency, voice=Voice.NARRATIVE, lead="Narasi instansi")


def efficiency_table(work: Work, node: Node, indicators: list[Indicator]) -> Table:
    """Achievement, budget, realised budget, absorption and efficiency; a second row where the RKT's target differs."""
    figures = work.figures
    shape = columns((24, "l"), (9, "c"), (9, "c"), (10, "r"), (16, "r"), (16, "r"), (8, "r"), (10, "r"))
    header = (
        Row((
            cell("Indikator Kinerja", rowspan=2, strong=True), cell("Kinerja", colspan=3, strong=True),
            cell("Anggaran Program Penunjang", colspan=3, strong=True), cell("Efisiensi", rowspan=2, strong=True),
        )),
        head("Target", "Realisasi", "Capaian (%)", "Anggaran (Rp)", "Realisasi (Rp)", "%"),
    )  # fmt: skip
    body = []
    for number, indicator in enumerate(indicators):
        budgets, spent = figures.supporting_amounts(indicator)
        aims: list[tuple[Aim, Aim | None]] = [(figures.aim(indicator, work.year), None)]
        planned = figures.planned(indicator, work.year, PlanDocument.RKT)
        if planned.value and planned.value != aims[0][0].value:
            aims.append((planned, planned))
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
    table = support_table(work, node, indicators)
    supports = [
        item for item in work.snapshot.supports if item.indicator in {indicator.code for indicator in indicators}
    ]
    helped = sum(item.supports for item in supports)
    not_helped = len(supports) - helped
    tail = f" dan {count(not_helped)} dinilai tidak menunjang" if not_helped else ""
    work.out.generated(
        f"Instansi menilai {count(helped)} program, kegiatan, dan subkegiatan menunjang sasaran ini{tail}, sebagaimana ",
        reference(table), ".",
    )  # fmt: skip
    work.out.add(table)
    revisions.contributions(work, node)


def support_table(work: Work, node: Node, indicators: list[Indicator]) -> Table:
    """One row per serving node and its indicator."""
    figures = work.figures
    shape = columns((33, "l"), (35, "l"), (12, "r"), (20, "c"))
    body = []
    for indicator in indicators:
        supports = {item.node: item for item in work.snapshot.supports if item.indicator == indicator.code}
        if not supports:
            continue
        body.append(Row((cell(f"Menunjang: {indicator.name}", colspan=4, strong=True),), level=2))
        for child in figures.supporting(indicator):
            outputs: list[Indicator | None] = [*figures.output_indicators(child)] or [None]
            answer = "Menunjang" if supports[child.code].supports else "Tidak menunjang"
            reason = supports[child.code].reason
            for index, output in enumerate(outputs):
                result = figure_cell(figures.achievement(output)) if output else cell("–")
                lead = (
                    () if index else (cell(child.title, rowspan=len(outputs), strong=child.level.value == "program"),)
                )
                body.append(
                    Row(
                        (
                            *lead,
                            cell(output.name if output else "–"),
                            result,
                            cell(f"{answer}: {reason}" if reason else answer),
                        ),
                        level=1 if child.level.value == "program" else 0,
                    )
                )
    header = (head("Program/Kegiatan/Subkegiatan", "Indikator", "Capaian (%)", "Penilaian"), counted(4))
    return work.out.table(
        f"penunjang-{node.code}", f"Program dan Kegiatan Penunjang {work.nth(node)}", shape, header, body
    )


def hambatan(work: Work) -> None:
    """Obstacles, constraints and follow-up with person and date; open ones counted."""
    obstacles = sorted(work.snapshot.obstacles, key=lambda item: item.order)
    if not obstacles:
        work.out.empty("Hambatan dan tindak lanjut belum dicatat.")
        return
    figures = work.figures
    shape = columns((5, "c"), (21, "l"), (20, "l"), (19, "l"), (20, "l"), (15, "l"))
    body = []
    groups = [(code, list(items)) for code, items in groupby(obstacles, key=lambda item: item.node)]
    for number, (code, items) in enumerate(groups, 1):
        sasaran = figures.nodes.get(code)
        for index, item in enumerate(items):
            lead = () if index else (
                cell(str(number), rowspan=len(items)), cell(sasaran.title if sasaran else "–", rowspan=len(items)),
            )  # fmt: skip
            person = work.title_of(item.responsible) or "penanggung jawab belum ditetapkan"
            due = f"; {format_date(item.due)}" if item.due else ""
            body.append(
                Row((
                    *lead, cell(item.obstacle), cell(item.constraint or "–"), cell(item.follow_up or "belum diisi"),
                    cell(f"{person}{due}; {item.status.value}"),
                ))
            )  # fmt: skip
    header = (
        head("No.", "Sasaran", "Hambatan", "Kendala", "Rencana Tindak Lanjut", "Penanggung Jawab, Waktu, Status"),
        counted(6),
    )
    table = work.out.table("hambatan", f"Hambatan, Kendala, dan Tindak Lanjut Tahun {work.year}", shape, header, body)
    done = sum(item.status.value == "selesai" for item in obstacles)
    work.out.generated(
        f"Tercatat {count(len(obstacles))} hambatan; {count(done)} tindak lanjutnya telah selesai. Rinciannya disajikan dalam ",
        reference(table), ".",
    )  # fmt: skip
    work.out.add(table)
    work.own_words("hambatan", beside_figures=True)
