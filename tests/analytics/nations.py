"""Nations for tests: random small ones of whole snapshots, and folders of files made of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from selaras.analytics.rows import Around
from selaras.analytics.twin import Given
from selaras.analytics.writing import Origin, write_partition
from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.deadlines import Slot
from selaras.core.measurement.records import Evidence, EvidenceKind, Progress, Realisation, Spending
from selaras.core.org import Agency, AgencyKind, Position, Unit
from selaras.core.period import Period, Span
from selaras.core.planning import (
    BudgetLine,
    BudgetVersion,
    FormulaKind,
    FundSource,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    LowerMethod,
    Node,
    NodeLevel,
    PlanDocument,
    Polarity,
    StrategicPlan,
    Support,
    Target,
)
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import ReportSettings, Snapshot
from selaras.core.value import Value, ValueKind, percent
from selaras.rulebook import load

ORIGIN = Origin("uji", "2026-01-01T00:00:00+00:00", inside=True)
LAW = load(date(2024, 12, 31))
SCALES = sorted(LAW.scales)
GRADES = "predikat-sakip"

amounts = st.one_of(
    st.sampled_from(
        [Decimal(0), Decimal(100), Decimal("87.5"), Decimal("0.000001"), Decimal("-3.25"), Decimal("99.995")]
    ),
    st.decimals(min_value=-50, max_value=200, places=2),
    st.decimals(min_value=0, max_value=10**9, places=6),
)
wholes = st.integers(0, 400).map(Decimal)


@st.composite
def values(draw, kind, *, ranged=False):
    if kind is ValueKind.GRADE:
        return Value(kind, grade=draw(st.sampled_from([*LAW.grade_scales[GRADES].grades, "XX"])))
    if kind is ValueKind.YES_NO:
        return Value(kind, flag=draw(st.booleans()))
    low = draw(amounts)
    high = low + abs(draw(amounts)) if ranged and draw(st.booleans()) else None
    return Value(kind, low, high)


@st.composite
def indicators(draw, code, node, responsible):
    polarity = draw(st.sampled_from(list(Polarity)))
    kind = draw(
        st.sampled_from([ValueKind.NUMBER, ValueKind.PERCENT, ValueKind.PERCENT, ValueKind.GRADE, ValueKind.YES_NO])
    )
    lower = st.sampled_from(list(LowerMethod))
    method = draw(lower if polarity is Polarity.LOWER else st.none() | lower)
    return Indicator(
        code, node, f"Indikator {code}", IndicatorLevel.SASARAN, IndicatorKind.OUTCOME, "unit", kind, polarity,
        draw(st.sampled_from([FormulaKind.PLAIN, FormulaKind.RATIO])), lower_method=method,
        cap=draw(st.none() | st.sampled_from([Decimal(100), Decimal(120), Decimal("110.5")])), grade_scale=GRADES,
        iku=draw(st.booleans()), responsible=draw(st.sampled_from(["", *responsible])),
    )  # fmt: skip


@st.composite
def snapshots(draw, code="A", year=2024):
    depth = draw(st.integers(0, 4))
    units = tuple(Unit(f"U{n}", f"Unit {n}", f"U{draw(st.integers(0, n - 1))}" if n else "") for n in range(depth))
    positions = tuple(Position(f"J{unit.code}", f"Kepala {unit.name}", unit.code) for unit in units)
    held = [item.code for item in positions]
    nodes = [Node("S1", NodeLevel.SASARAN, "Sasaran satu", owner=units[-1].code if units else ""),
             Node("S2", NodeLevel.SASARAN, "Sasaran dua"),
             Node("P1", NodeLevel.PROGRAM, "Program satu", "S1"), Node("K1", NodeLevel.KEGIATAN, "Kegiatan", "P1"),
             Node("P2", NodeLevel.PROGRAM, "Program dua", "S2")]  # fmt: skip
    made = [
        draw(indicators(f"I{n}", draw(st.sampled_from(["S1", "S2", "P1"])), held))
        for n in range(draw(st.integers(0, 5)))
    ]
    quarters = [Period(year, Span.QUARTER, n) for n in (1, 2, 3, 4)]
    targets, realised, lines, evidence = [], [], [], []
    for item in made:
        ranged = item.polarity is Polarity.RANGE or draw(st.integers(0, 9)) == 0
        kinds = st.sampled_from([item.value_kind] * 9 + [ValueKind.NUMBER])
        for period, document in (
            (Period(year), PlanDocument.RKT), (Period(year), PlanDocument.RENSTRA), (Period(2026), PlanDocument.RENSTRA),
            *((quarter, PlanDocument.ACTION_PLAN) for quarter in quarters),
        ):  # fmt: skip
            if draw(st.booleans()):
                targets.append(Target(item.code, period, document, draw(values(draw(kinds), ranged=ranged))))
        if draw(st.booleans()):
            goal = draw(values(item.value_kind, ranged=ranged))
            lines.append(AgreementLine("PK", len(lines), "Sasaran", item.name, goal, "unit", item.code))
        for period in (Period(year), *quarters):
            if draw(st.booleans()):
                value, parts = None, (None, None)
                if draw(st.booleans()) and item.value_kind in (ValueKind.PERCENT, ValueKind.NUMBER):
                    parts = draw(wholes), draw(wholes)
                else:
                    value = draw(values(item.value_kind))
                realised.append(Realisation(item.code, period, value, *parts, draw(st.sampled_from(list(Progress)))))
                if draw(st.booleans()):
                    evidence.append(Evidence(item.code, period, EvidenceKind.FILE, "Bukti", "x"))
    money = st.integers(0, 10**12).map(lambda cents: Decimal(cents) / 100)
    budget = [BudgetLine("M", year, node, draw(money), FundSource.APBD) for node in ("K1", "P2") if draw(st.booleans())]
    spending = [
        Spending(node, year, month, draw(money)) for node in ("K1", "P2") for month in (1, 12) if draw(st.booleans())
    ]
    return Snapshot(
        Agency(code, f"Instansi {code}", code, draw(st.sampled_from(list(AgencyKind)[:2]))), year,
        ReportSettings(year, scale=draw(st.sampled_from(SCALES)), signatory=""),
        units=units, positions=positions, plans=(StrategicPlan("R", "Renstra", 2022, 2026),), nodes=tuple(nodes),
        indicators=tuple(made), targets=tuple(targets), realisations=tuple(realised), evidence=tuple(evidence),
        agreements=(Agreement("PK", year, "KEPALA"),) if lines else (), agreement_lines=tuple(lines),
        budget_versions=(BudgetVersion("M", year, "Murni"),), budget_lines=tuple(budget), spending=tuple(spending),
        supports=tuple(Support(item.code, draw(st.sampled_from(["P1", "K1", "P2"]))) for item in made),
    )  # fmt: skip


@st.composite
def given_years(draw, code, year):
    snapshot = draw(snapshots(code, year))
    days = st.dates(date(year, 1, 1), date(year + 1, 2, 1))
    around = Around(
        "uji", dues={Slot("pengukuran", Span.QUARTER, n): date(year, 3 * n, 10) for n in (1, 2, 3)},
        recorded={(item.indicator, item.period): draw(days) for item in snapshot.realisations if draw(st.booleans())},
        predicates=tuple(("", name, draw(st.integers(3, 90)), "Baik") for name in ("Baik", "Sangat Baik") if draw(st.booleans())),
        recommendations=(("terbuka", False, 3),),
    )  # fmt: skip
    return Given(Figures(snapshot, LAW), around)


@st.composite
def nations(draw, least=1):
    every = [(code, year) for code in ("A", "B/1", "C 2%") for year in (2023, 2024)]
    places = draw(st.lists(st.sampled_from(every), min_size=least, unique=True))
    return [draw(given_years(code, year)) for code, year in places]


shares = st.none() | st.sampled_from([Decimal(100), Decimal("99.999999"), Decimal("87.5"), Decimal(0)])


@st.composite
def altered(draw, nation):
    """The nation after somebody changed figures in its files."""
    made = []
    for given in nation:
        changes = {}
        for row in given.table("measurements"):
            if draw(st.booleans()):
                continue
            cells = {"raw": shares, "achievement": shares, "reached": st.none() | st.booleans(),
                     "class_label": st.none() | st.sampled_from([band.label for band in given.figures.scale.bands])}  # fmt: skip
            numbers = {ValueKind.NUMBER.value, ValueKind.PERCENT.value}
            cells |= {
                name: amounts for name in ("target", "realised")
                if row[f"{name}_kind"] in numbers and row[f"{name}_upper"] is None
            }  # fmt: skip
            name = draw(st.sampled_from(sorted(cells)))
            changes[row["indicator"], row["span"], row["index"]] = {name: draw(cells[name])}
        made.append(replace(given, altered=changes))
    return made


def worked_example():
    """Three indicators, one without a value, and one programme of which a third is spent."""
    year = Period(2024)
    made = [
        Indicator(code, "S", f"Indikator {code}", IndicatorLevel.SASARAN, IndicatorKind.OUTCOME, "%", ValueKind.PERCENT)
        for code in "ABC"
    ]
    numbers = (("A", "85", "87.5"), ("B", "80", "40"), ("C", "10", ""))
    return Snapshot(
        Agency("X", "Instansi X", "X", AgencyKind.REGIONAL_UNIT), 2024, ReportSettings(2024),
        nodes=(Node("S", NodeLevel.SASARAN, "Sasaran"), Node("P", NodeLevel.PROGRAM, "Program", "S")), indicators=tuple(made),
        targets=tuple(Target(code, year, PlanDocument.RKT, percent(goal)) for code, goal, _ in numbers),
        realisations=tuple(Realisation(code, year, percent(value)) for code, _, value in numbers if value),
        budget_versions=(BudgetVersion("M", 2024, "Murni"),),
        budget_lines=(BudgetLine("M", 2024, "P", Decimal(3000), FundSource.APBD),),
        spending=(Spending("P", 2024, 3, Decimal(1000)),),
    )  # fmt: skip


def written(root, nation):
    """The nation as a folder of files."""
    for given in nation:
        write_partition(root, given.figures.year, given.figures.snapshot.agency.code, given.rows, ORIGIN)
    return root
