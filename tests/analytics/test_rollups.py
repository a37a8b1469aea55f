"""Every roll-up on DuckDB is the plain twin's, to the last digit, for whatever nation."""

import tempfile
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from tests.analytics.nations import LAW, altered, nations, worked_example, written

from selaras.analytics import exact, rollups
from selaras.analytics.opening import Nation
from selaras.analytics.rollups import ROLLUPS
from selaras.analytics.rows import Around
from selaras.analytics.schema import ARROW, BY_NAME, DECIMAL, Kind, arrow_schema, ibis_schema
from selaras.analytics.twin import TWINS, Given
from selaras.core.reporting.figures import Figures

UNSHRUNK = (Phase.reuse, Phase.generate)
"""Making files for every try, a failure would take minutes to become small."""


def plain(row, names):
    """A row as a tuple of comparable cells."""
    return tuple(cell.normalize() if isinstance(cell := row[name], Decimal) else cell for name in names)


def held_against(rows, twin, name):
    """Both as sorted tuples of the columns that the twin has."""
    if not twin:
        assert [row for row in rows if row.get("measured", True)] == [], name
        return
    names = list(twin[0])
    mine = sorted((plain(row, names) for row in rows if row.get("measured", True)), key=repr)
    assert mine == sorted((plain(row, names) for row in twin), key=repr), name


@cache
def expression(name):
    """A roll-up as an expression: it names tables, not files, so that it is the same for every nation."""

    class Tables:
        @staticmethod
        def table(of):
            return ibis.table(ibis_schema(BY_NAME[of]), name=f"nation_{of}")

    return ROLLUPS[name].make(Tables())


def agreeing(nation, names=tuple(ROLLUPS)):
    with tempfile.TemporaryDirectory() as folder:
        opened = Nation(written(Path(folder), nation), threads=1)
        for of in BY_NAME:
            opened.table(of)
        for name in names:
            held_against(opened.rows(expression(name)).to_pylist(), TWINS[name](nation), name)
        opened.close()


def test_no_rollup_lacks_a_twin():
    assert list(ROLLUPS) == sorted(TWINS, key=list(ROLLUPS).index)


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
@given(nations())
def test_every_rollup_is_the_twins(nation):
    agreeing(nation)


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
@given(nations(least=3))
def test_every_rollup_is_the_twins_for_larger_nations(nation):
    agreeing(nation)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
@given(nations(least=2).flatmap(altered))
def test_altered_files_show_as_core_would_tell(nation):
    agreeing(nation, ["selisih"])


def quotients(pairs):
    """Shares, means and printed shares of pairs of numbers, by DuckDB."""
    columns = {
        name: pa.array([exact.finest(pair[at]) for pair in pairs], ARROW[Kind.NUMBER])
        for at, name in enumerate(("part", "whole"))
    }
    with tempfile.TemporaryDirectory() as name:
        pq.write_table(pa.table(columns), f"{name}/pairs.parquet")
        backend = ibis.duckdb.connect()
        backend.raw_sql(f"CREATE VIEW pairs AS SELECT * FROM read_parquet('{name}/pairs.parquet')")
        rows = ibis.table({"part": DECIMAL, "whole": DECIMAL}, name="pairs")
        rows = exact.with_percent(
            rows.mutate(plain=exact.percent(rows.part, rows.whole)), "share", rows.part, rows.whole
        )
        rows = exact.with_printed(rows.mutate(told=exact.printed(rows.share)), "printed", rows.share)
        found = backend.to_pyarrow(rows).to_pylist()
        backend.disconnect()
    return found


amounts = st.decimals(min_value=-(10**13), max_value=10**13, places=4)
near = st.integers(1, 10**9).map(lambda n: (Decimal(n), Decimal(n) + Decimal("0.000000000000001")))
pairs = st.one_of(st.tuples(amounts, amounts), near, near.map(lambda pair: pair[::-1]),
                  st.tuples(st.decimals(min_value=0, max_value=200, places=3), st.just(Decimal(100))))  # fmt: skip


just_below = (Decimal("99999999.999999999999999"), Decimal(100))
"""A share that floating point takes for the largest, which has no value."""


@settings(max_examples=5, deadline=None)
@given(st.lists(pairs, min_size=100, max_size=150))
@example([just_below, (Decimal(10) ** 8, Decimal(100)), (-just_below[0], Decimal(100))])
def test_a_share_is_cut_and_printed_as_python_would(given_pairs):
    for row in quotients(given_pairs):
        with localcontext(prec=80):
            share = row["part"] * 100 / row["whole"] if row["whole"] else None
            wanted = exact.cut(share)
        assert row["share"] == row["plain"] == wanted
        assert row["printed"] == row["told"] == (
            None if wanted is None else wanted.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        )  # fmt: skip


def test_a_share_that_is_nearly_nothing_has_no_sign():
    assert str(exact.cut(Decimal("-0.0000001"))) == "0.000000"


def test_what_is_not_in_a_mean_is_counted(tmp_path):
    """Worked by hand: 87.5 of 85 is 102.941176, 40 of 80 is 50, one has no value; the mean is (102.941176 + 50) ÷ 2."""
    snapshot = worked_example()
    nation = Nation(written(tmp_path, [Given(Figures(snapshot, LAW), Around("uji"))]), threads=1)
    (row,) = nation.rows(rollups.by_agency(nation)).to_pylist()
    assert (row["indicators"], row["with_figure"], row["reached"], row["missed"]) == (3, 2, 1, 1)
    assert (row["achievement"], row["achievement_printed"]) == (Decimal("76.470588"), Decimal("76.47"))
    assert row["reached_share"] == 50
    (money,) = nation.rows(rollups.budget(nation)).to_pylist()
    assert (money["ceiling"], money["spent"], money["absorption"]) == (3000, 1000, Decimal("33.333333"))
    (made,) = nation.rows(rollups.efficiency(nation)).to_pylist()
    assert (made["ratio"], made["difference"], made["remainder"]) == (Decimal("229.411766"), Decimal("43.137255"), None)


def test_a_budget_of_a_ministry_keeps_its_last_rupiah(tmp_path):
    snapshot = worked_example()
    huge = Decimal("87654321098765.43")
    lines = (replace(snapshot.budget_lines[0], amount=huge),)
    nation = Nation(
        written(tmp_path, [Given(Figures(replace(snapshot, budget_lines=lines), LAW), Around("uji"))]), threads=1
    )
    (money,) = nation.rows(rollups.budget(nation)).to_pylist()
    assert money["ceiling"] == huge


def test_a_file_that_was_altered_shows(tmp_path):
    written(tmp_path, [Given(Figures(worked_example(), LAW), Around("uji"))])
    (path,) = tmp_path.rglob("measurements-*.parquet")
    rows = pq.ParquetFile(path).read().to_pylist()
    for row in rows:
        if row["indicator"] == "A":
            row["achievement"] = Decimal(120)
    pq.write_table(pa.Table.from_pylist(rows, arrow_schema(BY_NAME["measurements"])), path)
    nation = Nation(tmp_path, threads=1)
    assert [row["indicator"] for row in nation.rows(rollups.disagreements(nation)).to_pylist()] == ["A"]
