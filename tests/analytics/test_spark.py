"""The same expressions on a standalone Spark cluster of two workers give what DuckDB gives, to the last digit."""

import os
import random
import time

import pytest
from benchmarks import spark_cluster
from hypothesis import HealthCheck, Phase, given, settings
from tests.analytics.made_nation import agency_rows, plant, relaxed, shown, write_partition
from tests.analytics.nations import nations, written
from tests.analytics.test_rollups import plain

from selaras.analytics.opening import Nation
from selaras.analytics.rollups import ROLLUPS
from selaras.analytics.signs import SIGNS, evidence
from selaras.rulebook.nation import load_nation

pytestmark = [
    pytest.mark.slow,
    # PySpark leaves the sockets through which it fetches rows to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
WHY = spark_cluster.missing()


@pytest.fixture(scope="module")
def spark():
    if WHY and os.environ.get("CI") != "true":
        pytest.skip(WHY)
    with spark_cluster.cluster(2) as master, spark_cluster.session(master, workers=2, brief=True) as made:
        until = time.monotonic() + 30
        while spark_cluster.executors(made) < 2 and time.monotonic() < until:
            time.sleep(0.2)
        yield made


@pytest.fixture(scope="module")
def opened(tmp_path_factory, spark):
    """One nation, the largest of a few that Hypothesis makes, on both engines."""
    drawn = []

    @settings(max_examples=12, deadline=None, database=None, phases=[Phase.generate], derandomize=True,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(nations())
    def draw(found):
        drawn.append(found)

    draw()
    largest = max(drawn, key=lambda found: sum(len(each.figures.measured) for each in found))
    folder = written(tmp_path_factory.mktemp("nation"), largest)
    return Nation(folder, threads=1), Nation(folder, spark=spark)


def test_two_workers_compute(spark):
    assert spark_cluster.executors(spark) == 2


@pytest.mark.parametrize("name", ROLLUPS)
def test_spark_is_duckdb(name, opened):
    rows = []
    for nation in opened:
        found = nation.rows(ROLLUPS[name].make(nation)).to_pylist()
        rows.append(sorted((plain(row, sorted(row)) for row in found), key=repr))
    assert rows[0] == rows[1]


@pytest.fixture(scope="module")
def planted(tmp_path_factory, spark):
    """Two years of the agencies of that kind which has every planted sign, on both engines: each file costs Spark time."""
    folder = tmp_path_factory.mktemp("planted")
    for number in range(1, 20, 3):
        for year in (2023, 2024):
            code, found = agency_rows(number, year, random.Random(f"5-{number}-{year}"))
            plant(code, year, found)
            write_partition(folder, year, code, found)
    return Nation(folder, threads=1), Nation(folder, spark=spark)


def test_nations_opened_beside_each_other_stay_apart(opened, planted):
    """Tests come in any order: each nation on the one Spark answers for itself, whichever was opened last."""
    for here, there in (opened, planted, opened):
        rows = [{row["agency"] for row in one.rows(one.table("agencies")).to_pylist()} for one in (here, there)]
        assert rows[0] == rows[1]


@pytest.mark.parametrize("code", SIGNS)
def test_signs_on_spark_are_those_of_duckdb(code, planted):
    rule = relaxed(load_nation().signs[code], least=2)
    here, there = (evidence(nation, SIGNS[code](nation, rule)) for nation in planted)
    assert shown(here) == shown(there)
    assert (here.tested, here.untested) == (there.tested, there.untested)
