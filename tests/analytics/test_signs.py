"""Signs: the engine gives what the plain twin gives, finds what was planted, and tells what it could not test."""

import random
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from tests.analytics.made_nation import agency_rows, plant, relaxed, shown, write_nation

from selaras.analytics.opening import Nation
from selaras.analytics.schema import ARROW, BY_NAME, PARTITION, TABLES, ibis_schema
from selaras.analytics.signs import SIGNS, evidence
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
