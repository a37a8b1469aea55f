"""Signs: the engine gives what the plain twin gives, finds what was planted, and tells what it could not test."""

import random
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from tests.analytics import made_nation
from tests.analytics.made_nation import agency_rows, measurement, plant, relaxed, shown, write_nation

from selaras.analytics.opening import Nation
from selaras.analytics.schema import ARROW, BY_NAME, PARTITION, TABLES, ibis_schema
from selaras.analytics.signs import SIGNS, Evidence, evidence
from selaras.analytics.signs_told import told
from selaras.analytics.signs_twin import twin
from selaras.rulebook.nation import load_nation

pytestmark = pytest.mark.slow
RULES = load_nation()


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    """Twenty-four agencies of two years with planted signs."""
    opened = Nation(write_nation(tmp_path_factory.mktemp("nation"), 24, (2023, 2024), change=plant))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def tables(nation):
    return {table.name: nation.rows(nation.table(table.name)).to_pylist() for table in TABLES}


@pytest.mark.parametrize("code", SIGNS)
def test_duckdb_gives_what_the_twin_gives(code, nation, tables):
    for rule in (RULES.signs[code], relaxed(RULES.signs[code], least=2, orders=1)):
        engine, plain = evidence(nation, SIGNS[code](nation, rule)), twin(tables, rule)
        assert shown(engine) == shown(plain)
        assert (engine.tested, dict(engine.untested)) == (plain.tested, dict(plain.untested))
    assert engine.tested, "with low limits every sign has something to test"


@pytest.mark.parametrize(
    ("code", "agency", "words"),
    [
        ("pencilan", "CONTOH-004", "jauh di bawah median"),
        ("digit-akhir", "CONTOH-016", "berakhiran 0"),
        ("angka-bulat", "CONTOH-016", "puluhan bulat"),
        ("deret-kembar", "CONTOH-007", "sama persis dengan CONTOH-010"),
        ("target-turun", "CONTOH-006", "18,72% daripada hasil tahun lalu 25,27"),  # 30 ÷ 25.27 of a lower-is-better
        ("sama-target", "CONTOH-013", "6 dari 6"),
        ("lonjakan", "CONTOH-019", "Belanja Desember"),
        ("anggaran-tanpa-hasil", "CONTOH-019", "terserap 99,90%"),
    ],
)
def test_what_was_planted_is_found_with_its_reason(code, agency, words, nation):
    found = told(evidence(nation, SIGNS[code](nation, RULES.signs[code])), RULES.signs[code], float(RULES.rate))
    rows = [row for row in found.rows if row.agency == agency]
    assert rows
    assert words in rows[0].reason
    assert all(row.numbers for row in rows)
    assert found.tested
    assert (found.level is None) == (found.survivors is None), "what chance would give is told of tests alone"
    if found.level is not None:
        assert found.expected == pytest.approx(found.tested * found.level)


class Little:
    """Rows in memory opened as a nation is."""

    def __init__(self, tables):
        self.backend = ibis.duckdb.connect(threads=1)
        for name, rows in tables.items():
            columns = (*BY_NAME[name].columns, *PARTITION)
            schema = pa.schema([pa.field(column.name, ARROW[column.kind]) for column in columns])
            self.backend.con.register(name, pa.Table.from_pylist(rows, schema=schema))

    def table(self, name):
        return ibis.table(ibis_schema(BY_NAME[name]), name=name)

    def rows(self, expression):
        return self.backend.to_pyarrow(expression)


NASTY = (None, Decimal(0), Decimal(-3), Decimal("0.000001"), Decimal("99.999999"), Decimal(100), Decimal(120), Decimal(10**7),
         Decimal(10**15), Decimal(999_999_999_999_999), Decimal("100.5"), Decimal(110))  # fmt: skip
FIGURES = {"raw", "achievement", "target", "realised", "numerator", "denominator", "spent", "ceiling"}


@pytest.mark.parametrize("seed", [1, 2])
def test_strange_figures_make_no_difference_between_engine_and_twin(seed):
    dice, agencies = random.Random(seed), 6
    found = {table.name: [] for table in TABLES}
    for number in range(1, agencies + 1):
        for year in (2023, 2024):
            code, tables = agency_rows(number * 3, year, random.Random(dice.random()))
            for name, rows in tables.items():
                for row in rows:
                    for column in FIGURES & set(row):
                        if dice.random() < 0.25:
                            row[column] = dice.choice(NASTY)
                    if "polarity" in row and dice.random() < 0.1:
                        row["polarity"] = "rentang"
                found[name] += [{**row, "year": year, "agency": code} for row in rows]
    opened = Little(found)
    stored = {name: opened.rows(opened.table(name)).to_pylist() for name in found}
    for code, make in SIGNS.items():
        rule = relaxed(RULES.signs[code], least=2, points=3, orders=1)
        engine, plain = evidence(opened, make(opened, rule)), twin(stored, rule)
        assert shown(engine) == shown(plain), code
        assert (engine.tested, dict(engine.untested)) == (plain.tested, dict(plain.untested)), code
        told(engine, rule, 0.05)


def little(measured, classes=()):
    """Rows of measurements by agency, all of one kind of agency, in 2024; every indicator is the same one to `family`."""
    found = {name: [] for name in ("agencies", "indicators", "measurements", "classes")}
    for agency, rows in measured.items():
        place = {"year": 2024, "agency": agency}
        found["agencies"].append(made_nation.row("agencies", kind="dinas") | place)
        found["classes"] += [one | place for one in classes]
        found["measurements"] += [one | place for one in rows]
        found["indicators"] += [
            made_nation.row("indicators", indicator=code, family="sama", unit_of_measure="%") | place
            for code in {one["indicator"] for one in rows}
        ]
    return Little(found)


def yearly(code, achievement):
    return measurement(code, 2024, "tahun", 1, Decimal(100), Decimal(achievement), kind="persen")


def signs_of(nation, code, **limits):
    return evidence(nation, SIGNS[code](nation, relaxed(RULES.signs[code], **limits)))


def test_a_number_that_stays_the_same_for_months_is_one_number():
    rows = [measurement("I1", 2024, "bulan", month, None, Decimal(200 + month), kind="angka", denominator=Decimal(750))
            for month in range(1, 13)]  # fmt: skip
    (found,) = signs_of(little({"A": rows}), "digit-akhir", least=1).rows
    assert (found["size"], found["d0"]) == (13, 2)  # twelve and one, not twelve and twelve


def test_one_agency_alone_is_no_group_to_be_far_from():
    rows = [yearly(f"I{number}", number) for number in (90, 91, 92, 93, 94, 95, 96, 97, 20)]
    alone, together = (signs_of(little(given), "pencilan") for given in (
        {"A": rows}, {f"A{number}": [one] for number, one in enumerate(rows)}
    ))  # fmt: skip
    assert (alone.rows, alone.tested) == ((), 0)
    assert [found["x"] for found in together.rows] == [20_000_000]


def test_a_point_or_two_is_not_far_even_where_nearly_all_are_the_same():
    values = (100, 100, 100, Decimal("100.1"), Decimal("99.9"), Decimal("100.1"), Decimal("99.9"), 98, 94)
    found = signs_of(little({f"A{number}": [yearly("I1", one)] for number, one in enumerate(values)}), "pencilan")
    assert [row["x"] for row in found.rows] == [94_000_000]


@pytest.mark.parametrize(("exclusive", "above", "below"), [(False, 3, 1), (True, 1, 3)])
def test_a_figure_on_the_bound_is_on_the_side_of_its_class(exclusive, above, below):
    rows = [yearly("I1", 90), yearly("I2", 90), yearly("I3", 91), yearly("I4", 89)]
    bound = made_nation.row("classes", position=1, label="Tinggi", lower=Decimal(90), exclusive=exclusive)
    (found,) = signs_of(little({"A": rows}, [bound]), "tepi-kelas", least=1).rows
    assert (found["above"], found["below"]) == (above, below)


def test_of_nothing_last_year_there_is_no_share():
    rule = RULES.signs["target-turun"]
    given = {
        "agency": "A",
        "year": 2024,
        "unit": "",
        "indicator": "I1",
        "polarity": "turun",
        "target": Decimal(5),
        "before": Decimal(0),
    }
    (found,) = told(Evidence((given,), 1, {}), rule, 0.05).rows
    assert found.reason == "Hasil tahun lalu nol, sedangkan target 5 lebih longgar."
