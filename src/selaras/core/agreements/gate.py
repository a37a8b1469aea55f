"""The gate before signing: the PK against RKT, Renstra, IKU list, budget and the head's SKP, in both directions.

One finding per line and kind of disagreement, naming every document that disagrees; so a line that stands neither
in the RKT nor among the IKU is one finding, not two. The rule behind it is the chain of documents of
Permenpan-RB 53/2014, Lampiran I; other relevant indicators beside the IKU are allowed there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from selaras.core.agreements import fitness
from selaras.core.agreements.codes import GateCode
from selaras.core.agreements.comparison import Comparison
from selaras.core.agreements.records import Agreement, AgreementLine, AgreementProgramme, HeadGoal
from selaras.core.agreements.wording import Likeness
from selaras.core.finding import Finding, Severity
from selaras.core.numerals import format_rupiah
from selaras.core.org import Agency
from selaras.core.place import NOWHERE, Place
from selaras.core.planning import Indicator, Node, NodeLevel, PlanDocument, Target
from selaras.core.spelling import level_name, quoted

__all__ = ["REGULATION", "GateCode", "gate"]
REGULATION = "Permenpan-RB 53/2014, Lampiran I"


def gate(
    *,
    agreement: Agreement,
    lines: Iterable[AgreementLine],
    programmes: Iterable[AgreementProgramme],
    indicators: Iterable[Indicator],
    nodes: Iterable[Node],
    targets: Iterable[Target],
    budget: Mapping[str, Decimal],
    agency: Agency,
    head_goals: Sequence[HeadGoal] = (),
    head: bool | None = None,
) -> tuple[Finding, ...]:
    """Every disagreement between one PK and the documents around it, in the order of the PK's lines.

    `lines` and `programmes` of other agreements are ignored; `budget` holds the amounts in force by node, rolled up,
    in rupiah. Where no RKT is loaded for the year, the Renstra's targets of the year take its place. `head` says
    whether the promiser answers for the whole agency; without it the levels of the lines tell.
    """
    given = Comparison(
        agreement,
        tuple(sorted((item for item in lines if item.agreement == agreement.code), key=lambda item: item.order)),
        tuple(sorted((item for item in programmes if item.agreement == agreement.code), key=lambda item: item.order)),
        tuple(indicators), tuple(nodes), tuple(targets), budget, agency, tuple(head_goals), head,
    )  # fmt: skip
    checks = (_extra, _missing, _twice, _values, _wordings, _outside_iku, _programmes, _programmes_missing, _skp)
    return tuple(finding for check in checks for finding in check(given))


def _extra(given: Comparison) -> Iterator[Finding]:
    main = PlanDocument.RKT if given.planned[PlanDocument.RKT] else PlanDocument.RENSTRA
    if not given.planned[main]:
        return
    for line, indicator in given.meant:
        if indicator is None or indicator.code not in given.planned[main]:
            absent = [f"{document} {given.agreement.year}" for document, found in given.planned.items()
                      if found and (indicator is None or indicator.code not in found)]  # fmt: skip
            absent += ["daftar IKU"] if given.has_iku and not (indicator and indicator.iku) else []
            yield _finding(
                GateCode.EXTRA, "indicator-mismatch", Severity.WARNING,
                f"{quoted(line.wording)} diperjanjikan dalam PK, tetapi tidak ada dalam {_listed(absent)}.",
                line.wording, f"tercantum dalam {_listed(absent)}", (line.place,),
                "Tambahkan ke dokumen perencanaan, atau hapus dari PK; bila disengaja, catat alasannya.",
            )  # fmt: skip


def _missing(given: Comparison) -> Iterator[Finding]:
    for indicator in given.expected:
        if indicator.code in given.promised:
            continue
        targets = given.planned_for(indicator)
        yield _finding(
            GateCode.MISSING, "indicator-mismatch", Severity.ERROR if indicator.iku else Severity.WARNING,
            f"{quoted(indicator.name)} ada dalam {_listed(given.documents_with(indicator))}, tetapi tidak diperjanjikan dalam PK.",
            "tidak ada dalam PK", _target_text(targets) or indicator.name,
            (indicator.place, *(target.place for target in targets)),
            "Tambahkan ke PK, atau jelaskan mengapa indikator ini tidak diperjanjikan.",
        )  # fmt: skip


def _twice(given: Comparison) -> Iterator[Finding]:
    counted = Counter(indicator.code for _, indicator in given.meant if indicator is not None)
    for code, count in counted.items():
        if count > 1:
            repeated = [line for line, indicator in given.meant if indicator is not None and indicator.code == code]
            yield _finding(
                GateCode.TWICE, "duplicate-content", Severity.ERROR,
                f"Indikator {code} diperjanjikan {count} kali dalam PK yang sama.",
                "; ".join(line.wording for line in repeated), "satu baris", tuple(line.place for line in repeated),
            )  # fmt: skip


def _values(given: Comparison) -> Iterator[Finding]:
    """Targets and units; a target of another kind is a unit error, and then not a different target as well."""
    for line, indicator in given.meant:
        own = fitness.plan_misfit(line.target, line.unit, indicator) if indicator else None
        if indicator and own:
            yield _plan_unit(line, indicator, own)
        misfit = None if own else fitness.misfit(line.wording, line.target, line.unit, indicator)
        if misfit is not None:
            yield _finding(
                GateCode.UNIT, "unit-mismatch", Severity.ERROR,
                f"{quoted(line.wording)}: target dalam PK ({misfit.stated}) tidak sesuai dengan indikatornya ({misfit.expected}).",
                misfit.stated, misfit.expected, (line.place,), "Betulkan satuan atau target dalam PK.",
            )  # fmt: skip
        if indicator is None or (misfit is not None and misfit.other_kind):
            continue
        other = [target for target in given.planned_for(indicator) if not _agrees(line, target, indicator)]
        if other:
            main = any(target.document is PlanDocument.RKT for target in other)
            yield _finding(
                GateCode.TARGET, "cross-table", Severity.ERROR if main else Severity.WARNING,
                f"{quoted(indicator.name)}: target dalam PK {line.target.shown()}, sedangkan dalam "
                f"{_listed(_target_texts(other))}.",
                line.target.shown(), _target_text(other), (line.place, *(target.place for target in other)),
                "Samakan target, atau susun PK perubahan; capaian dihitung terhadap PK yang berlaku.",
            )  # fmt: skip


def _plan_unit(line: AgreementLine, indicator: Indicator, own: fitness.Misfit) -> Finding:
    return _finding(
        GateCode.PLAN_UNIT, "unit-mismatch", Severity.WARNING,
        f"{quoted(indicator.name)}: rencananya sendiri tidak selaras; rumusannya meminta {own.expected}, tetapi targetnya "
        f"{own.stated}. PK hanya mengulangnya.",
        own.stated, own.expected, (indicator.place, line.place),
        f"Betulkan rumusan, atau satuan dan targetnya, pada lembar indikator {indicator.code}; lalu isi ulang PK dari rencana.",
    )  # fmt: skip


def _wordings(given: Comparison) -> Iterator[Finding]:
    for line, indicator in given.meant:
        if indicator is None:
            continue
        likeness = given.likeness(line.wording, indicator.name)
        if likeness is Likeness.SAME:
            continue
        spelled = likeness is Likeness.SPELLING
        yield _finding(
            GateCode.SPELLING if spelled else GateCode.WORDING, "typo" if spelled else "indicator-mismatch",
            Severity.INFO if spelled else Severity.WARNING,
            f"Rumusan indikator dalam PK, {quoted(line.wording)}, {'berbeda ejaan' if spelled else 'berbeda'} dari rumusan "
            f"dalam perencanaan, {quoted(indicator.name)}.",
            line.wording, indicator.name, (line.place, indicator.place), "Pakai satu rumusan dalam semua dokumen.",
        )  # fmt: skip


def _outside_iku(given: Comparison) -> Iterator[Finding]:
    if not any(indicator is not None and indicator.iku for _, indicator in given.meant):
        return
    for line, indicator in given.meant:
        if indicator is not None and not indicator.iku and indicator.code in given.planned[PlanDocument.RKT]:
            yield _finding(
                GateCode.IKU, "indicator-mismatch", Severity.INFO,
                f"{quoted(line.wording)} ada dalam RKT dan PK, tetapi bukan IKU; indikator lain yang relevan diperbolehkan.",
                line.wording, "indikator pada daftar IKU", (line.place, indicator.place),
            )  # fmt: skip


def _programmes(given: Comparison) -> Iterator[Finding]:
    for programme in given.programmes:
        node = given.node_of(programme)
        if node is None or (given.budget and node.code not in given.budget):
            yield _finding(
                GateCode.PROGRAMME_EXTRA, "cross-table", Severity.ERROR,
                f"{quoted(programme.wording)} dianggarkan dalam PK, tetapi tidak ada dalam anggaran yang berlaku.",
                format_rupiah(programme.amount), "program dalam anggaran yang berlaku", (programme.place,),
            )  # fmt: skip
            continue
        likeness = given.likeness(programme.wording, node.title)
        if likeness is not Likeness.SAME:
            spelled = likeness is Likeness.SPELLING
            yield _finding(
                GateCode.PROGRAMME_SPELLING if spelled else GateCode.PROGRAMME_WORDING, "naming",
                Severity.INFO if spelled else Severity.WARNING,
                f"Nama {level_name(node.level)} dalam PK, {quoted(programme.wording)}, "
                f"{'berbeda ejaan' if spelled else 'berbeda'} dari namanya dalam anggaran, {quoted(node.title)}.",
                programme.wording, node.title, (programme.place, node.place), "Pakai nama menurut anggaran.",
            )  # fmt: skip
        yield from _amount(given, programme, node)


def _amount(given: Comparison, programme: AgreementProgramme, node: Node) -> Iterator[Finding]:
    budgeted = given.budget.get(node.code)
    if budgeted is None or budgeted == programme.amount:
        return
    difference = programme.amount - budgeted
    yield Finding(
        GateCode.AMOUNT, "cross-table", Severity.ERROR,
        f"{node.title}: anggaran dalam PK {format_rupiah(programme.amount)}, sedangkan yang berlaku {format_rupiah(budgeted)}.",
        stated=format_rupiah(programme.amount), expected=format_rupiah(budgeted),
        arithmetic=f"{format_rupiah(programme.amount)} − {format_rupiah(budgeted)} = {format_rupiah(difference)}",
        places=_known((programme.place, node.place)), regulation=REGULATION,
        suggestion="Susun PK perubahan setelah anggaran berubah, atau betulkan jumlahnya.",
    )  # fmt: skip


def _programmes_missing(given: Comparison) -> Iterator[Finding]:
    """Nodes of the levels that the PK names, with a budget, that the PK leaves out; asked of the head's PK only."""
    if not given.of_the_head or not given.programmes:
        return
    linked = [node for node in (given.node_of(programme) for programme in given.programmes) if node is not None]
    levels = {node.level for node in linked} or {NodeLevel.PROGRAM}
    named = {node.code for node in linked}
    for node in given.nodes:
        amount = given.budget.get(node.code)
        if node.level in levels and node.code not in named and amount:
            yield _finding(
                GateCode.PROGRAMME_MISSING, "cross-table", Severity.WARNING,
                f"{node.title} beranggaran {format_rupiah(amount)}, tetapi tidak tercantum dalam PK.",
                "tidak ada dalam PK", format_rupiah(amount), (node.place,),
            )  # fmt: skip


def _skp(given: Comparison) -> Iterator[Finding]:
    """The head's SKP repeats the lines of the PK; its own further rows (directives, initiatives) are no finding."""
    if not given.head_goals:
        return
    goals: dict[str, HeadGoal] = {}
    for goal in given.head_goals:
        indicator = given.indicator_of(goal.indicator, goal.wording)
        if indicator is not None:
            goals[indicator.code] = goal
    for line, indicator in given.meant:
        match = goals.get(indicator.code) if indicator else _goal_worded(given, line)
        if match is None:
            yield _finding(
                GateCode.SKP_MISSING, "indicator-mismatch", Severity.WARNING,
                f"{quoted(line.wording)} diperjanjikan dalam PK, tetapi tidak ada dalam SKP pimpinan.",
                "tidak ada dalam SKP", line.target.shown(), (line.place,),
            )  # fmt: skip
        elif not fitness.same_target(line.target, line.unit, match.target, match.unit):
            yield _finding(
                GateCode.SKP_TARGET, "cross-table", Severity.ERROR,
                f"{quoted(line.wording)}: target dalam PK {line.target.shown()}, sedangkan dalam SKP pimpinan "
                f"{match.target.shown()}.",
                match.target.shown(), line.target.shown(), (line.place, match.place),
            )  # fmt: skip
    for code, goal in goals.items():
        if code not in given.promised:
            yield _finding(
                GateCode.SKP_EXTRA, "indicator-mismatch", Severity.INFO,
                f"{quoted(goal.wording)} ada dalam SKP pimpinan, tetapi tidak diperjanjikan dalam PK.",
                goal.wording, "indikator dalam PK", (goal.place,),
            )  # fmt: skip


def _goal_worded(given: Comparison, line: AgreementLine) -> HeadGoal | None:
    alike = (goal for goal in given.head_goals if given.likeness(goal.wording, line.wording) is Likeness.SAME)
    return next(alike, None)


def _agrees(line: AgreementLine, target: Target, indicator: Indicator) -> bool:
    return fitness.same_target(line.target, line.unit, target.value, indicator.unit)


def _target_texts(targets: Iterable[Target]) -> list[str]:
    return [f"{target.document} {target.period.year} {target.value.shown()}" for target in targets]


def _target_text(targets: Iterable[Target]) -> str:
    return "; ".join(_target_texts(targets))


def _listed(names: Sequence[str]) -> str:
    return " dan ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _known(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(place for place in places if place != NOWHERE)


def _finding(
    code: GateCode, kind: str, severity: Severity, message: str, stated: str, expected: str,
    places: Iterable[Place], suggestion: str = "",
) -> Finding:  # fmt: skip
    return Finding(
        code, kind, severity, message, stated=stated, expected=expected, places=_known(places),
        regulation=REGULATION, suggestion=suggestion,
    )  # fmt: skip
