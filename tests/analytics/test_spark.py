"""The same expressions on a standalone Spark cluster of two workers give what the plain twin and DuckDB give, to the last digit."""

import os
import random
import time
from dataclasses import replace

import pytest
from benchmarks import spark_cluster
from hypothesis import HealthCheck, Phase, given, settings
from tests.analytics.made_nation import agency_rows, plant, relaxed, shown, write_partition
from tests.analytics.nations import LAW, nations, written
from tests.analytics.test_rollups import held_against

from selaras.analytics.opening import Nation
from selaras.analytics.rollups import ROLLUPS
from selaras.analytics.signs import SIGNS, evidence
from selaras.analytics.twin import TWINS, Given
from selaras.core.reporting.figures import Figures
from selaras.rulebook.nation import load_nation

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("spark"),  # one cluster for all of them
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
def drawn():
    """Random nations: the emptiest, and four full ones put together as one, so that each roll-up runs twice and no more."""
    found = []

    @settings(max_examples=16, deadline=None, database=None, phases=[Phase.generate], derandomize=True,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(nations())
    def draw(nation):
        found.append(nation)

    draw()
    found.sort(key=lambda nation: sum(len(each.figures.measured) for each in nation))
    return {"hampir kosong": found[0], "penuh": [
        named(each, f"{each.figures.snapshot.agency.code} {number}")
        for number, nation in enumerate(found[-4:]) for each in nation
    ]}  # fmt: skip


def named(given, code):
    snapshot = given.figures.snapshot
    return Given(Figures(replace(snapshot, agency=replace(snapshot.agency, code=code)), LAW), given.around)


@pytest.fixture(scope="module")
def opened(tmp_path_factory, drawn, spark):
    """Both on Spark, in folders whose names Spark might take for patterns."""
    folder = tmp_path_factory.mktemp("nation")
    return {
        name: Nation(written(folder / f"na'tion [1] {{{name},b}}?*", nation), spark=spark)
        for name, nation in drawn.items()
    }


def test_two_workers_compute(spark):
    assert spark_cluster.executors(spark) == 2


@pytest.mark.parametrize("name", ROLLUPS)
def test_every_rollup_on_spark_is_the_twins(name, opened, drawn):
    for which, nation in opened.items():
        rows = nation.rows(ROLLUPS[name].make(nation)).to_pylist()
        held_against(rows, TWINS[name](drawn[which]), name)


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
    for nation in (opened["penuh"], planted[1], opened["hampir kosong"], opened["penuh"]):
        rows = nation.rows(nation.table("agencies").select("agency")).to_pylist()
        assert {row["agency"] for row in rows} == {item.agency for item in nation.manifests}


@pytest.mark.parametrize("code", SIGNS)
def test_signs_on_spark_are_those_of_duckdb(code, planted):
    rule = relaxed(load_nation().signs[code], least=2)
    here, there = (evidence(nation, SIGNS[code](nation, rule)) for nation in planted)
    assert shown(here) == shown(there)
    assert (here.tested, here.untested) == (there.tested, there.untested)
