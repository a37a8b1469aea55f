"""Checks of how a plan is worded and how its levels lead to each other: what a planner should look at again.

The general sense of SMART and of the results chain (Permenpan-RB 53/2014 asks indicators to be specific, measurable,
attainable, relevant and timed; Permenpan-RB 89/2021 builds the tree from result to work). No regulation lists words,
so everything here is a warning or a note, for a person to decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.planning.records import (
    Indicator,
    IndicatorKind,
    Node,
    NodeLevel,
    PlanDocument,
    Support,
    Target,
)
from selaras.core.spelling import level_name, quoted
from selaras.core.value import ValueKind

WORK = re.compile(
    r"^(melaksanakan|menyelenggarakan|menyusun|mengadakan|memfasilitasi|melakukan|menyiapkan)\b", re.IGNORECASE
)
MEASURE = re.compile(
    r"\b(persentase|persen|jumlah|nilai|indeks|skor|angka|tingkat|rasio|rata-rata|predikat|opini|laju|lama|waktu|"
    r"kategori|peringkat|cakupan|proporsi|volume|besaran|hasil evaluasi|survei)",
    re.IGNORECASE,
)
COUNT = re.compile(r"^jumlah\b", re.IGNORECASE)
SHARE = re.compile(r"^(persentase|persen)\b", re.IGNORECASE)
RESULTS = frozenset({NodeLevel.TUJUAN, NodeLevel.SASARAN})
LONGEST = 30


def check_wording(nodes: Iterable[Node], indicators: Iterable[Indicator]) -> tuple[Finding, ...]:
    """Notes on the words of tujuan, sasaran and indicators: work instead of a result, nothing that is measured."""
    found: list[Finding] = []
    for node in nodes:
        found += _node_words(node)
    for indicator in indicators:
        found += _indicator_words(indicator)
    return tuple(found)


def check_chain(
    nodes: Iterable[Node], indicators: Iterable[Indicator], supports: Iterable[Support], targets: Iterable[Target],
    year: int,
) -> tuple[Finding, ...]:  # fmt: skip
    """Notes on cause and effect: results measured by work alone, work that serves no result, results nobody works for."""
    listed, measured = list(nodes), list(indicators)
    served = list(supports)
    goals = {
        item.indicator for item in targets if item.period.year == year and item.document is not PlanDocument.ACTION_PLAN
    }
    return (
        *_measured_by_work(listed, measured),
        *_unserved(listed, measured, served),
        *_untargeted(measured, goals, year),
    )


def _node_words(node: Node) -> Iterator[Finding]:
    name = f"{level_name(node.level).capitalize()} {node.code}"
    if node.level in RESULTS and (found := WORK.match(node.title)):
        yield Finding(
            "PLAN-RESULT", "unclear-wording", Severity.WARNING,
            f"{name} dirumuskan sebagai pekerjaan, bukan hasil.", stated=found.group(), places=(node.place,),
            expected="keadaan yang ingin dicapai, misalnya “meningkatnya …” atau “terwujudnya …”",
            suggestion="Tulis perubahan yang dirasakan, bukan kegiatannya.",
        )  # fmt: skip
    if node.level in RESULTS and len(node.title.split()) > LONGEST:
        yield Finding(
            "PLAN-SPECIFIC", "unclear-wording", Severity.INFO, f"{name} panjang dan mungkin memuat beberapa hal.",
            stated=f"{len(node.title.split())} kata", expected="satu hasil yang jelas", places=(node.place,),
        )  # fmt: skip


def _indicator_words(indicator: Indicator) -> Iterator[Finding]:
    if not MEASURE.search(indicator.name):
        yield Finding(
            "PLAN-MEASURABLE", "unclear-wording", Severity.WARNING,
            f"{indicator.name}: tidak disebut apa yang diukur.", places=(indicator.place,),
            expected="kata ukuran, misalnya persentase, jumlah, nilai, atau indeks",
            suggestion="Awali nama indikator dengan ukurannya.",
        )  # fmt: skip
    is_share = indicator.value_kind is ValueKind.PERCENT
    if COUNT.match(indicator.name) and is_share:
        yield _unit_finding(indicator, "jumlah", "persen", "satuan hitungan, misalnya dokumen, orang, atau paket")
    if SHARE.match(indicator.name) and not is_share:
        yield _unit_finding(indicator, "persentase", indicator.value_kind.value, "nilai berupa persen")


def _unit_finding(indicator: Indicator, named: str, kind: str, expected: str) -> Finding:
    return Finding(
        "PLAN-UNIT", "wrong-unit", Severity.WARNING,
        f"{indicator.name}: namanya menyebut {named}, nilainya berupa {kind}.", stated=indicator.unit or kind,
        expected=expected, places=(indicator.place,), suggestion="Samakan nama, satuan, dan jenis nilai.",
    )  # fmt: skip


def _measured_by_work(nodes: list[Node], indicators: list[Indicator]) -> Iterator[Finding]:
    of_node: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        of_node[indicator.node].append(indicator)
    work = {IndicatorKind.INPUT, IndicatorKind.OUTPUT}
    for node in nodes:
        own = of_node[node.code]
        if node.level in RESULTS and own and all(indicator.kind in work for indicator in own):
            yield Finding(
                "PLAN-OUTCOME", "suspicious-pattern", Severity.WARNING,
                f"{level_name(node.level).capitalize()} {node.code} hanya diukur dengan masukan atau keluaran.",
                stated=", ".join(sorted({indicator.kind.value for indicator in own})), expected="indikator hasil atau dampak",
                places=(node.place, *(indicator.place for indicator in own)),
            )  # fmt: skip


def _unserved(nodes: list[Node], indicators: list[Indicator], supports: list[Support]) -> Iterator[Finding]:
    served = {item.indicator for item in supports}
    serving = {item.node for item in supports}
    for indicator in indicators:
        if indicator.iku and indicator.code not in served:
            yield Finding(
                "PLAN-CAUSE", "missing-element", Severity.WARNING,
                f"{indicator.name}: belum ada program yang menunjangnya.", expected="paling sedikit satu program penunjang",
                places=(indicator.place,), suggestion="Petakan program penunjangnya pada halaman anggaran.",
            )  # fmt: skip
    for node in nodes:
        if node.level is NodeLevel.PROGRAM and node.code not in serving:
            yield Finding(
                "PLAN-EFFECT", "missing-element", Severity.WARNING,
                f"Program {quoted(node.title)} belum menunjang indikator mana pun.", places=(node.place,),
                expected="paling sedikit satu indikator yang ditunjang",
                suggestion="Petakan indikator yang ditunjangnya pada halaman anggaran.",
            )  # fmt: skip


def _untargeted(indicators: list[Indicator], goals: set[str], year: int) -> Iterator[Finding]:
    for indicator in indicators:
        if indicator.iku and indicator.code not in goals:
            yield Finding(
                "PLAN-NO-TARGET", "missing-element", Severity.ERROR,
                f"{indicator.name}: belum ada target tahun {year}.", expected="target pada Renstra atau RKT",
                places=(indicator.place,),
            )  # fmt: skip
