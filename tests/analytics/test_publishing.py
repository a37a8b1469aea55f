"""What goes to the public is what was published, nothing newer and nothing for insiders; who may not is refused."""

import pytest
from tests.actions.test_editions import HEAD, WRITER, edition, published, reviewed  # noqa: F401 (fixture)
from tests.web.conftest import BIRO, inside, samples, signed_in  # noqa: F401 (fixtures)

from selaras.actions.editions import withdraw
from selaras.actions.measurement import record_realisation
from selaras.actions.publishing import PUBLISHING, gather_nation, publish_nation
from selaras.analytics.manifest import manifests
from selaras.analytics.opening import Nation
from selaras.analytics.schema import TABLES, Reach
from selaras.core.access import Role, acting, operator
from selaras.core.errors import NotAllowed
from selaras.core.period import quarter
from selaras.core.value import percent
from selaras.store.models import AuditRecord

pytestmark = pytest.mark.slow
SYSTEM = operator("sistem")


def test_the_public_gets_the_published_edition_until_it_is_withdrawn(edition, tmp_path):  # noqa: F811
    made = published(edition)
    folder = tmp_path / "nation"
    assert publish_nation(SYSTEM, to=folder).written == [(2024, BIRO)]
    opened = Nation(folder, threads=1)
    for table in TABLES:
        rows = opened.rows(opened.table(table.name)).to_pylist()
        hidden = [column.name for column in table.columns if column.reach is Reach.INSIDE]
        assert all(row[name] is None for row in rows for name in hidden)
        assert table.reach is Reach.PUBLIC or not rows
    (agency,) = opened.rows(opened.table("agencies")).to_pylist()
    assert agency["source"] == f"edisi {made.snapshot_sha256}"
    (listed,) = opened.rows(opened.table("editions")).to_pylist()
    assert (listed["kind"], listed["version"]) == ("lkjip", made.version)
    before = opened.hash
    record_realisation(SYSTEM, agency=BIRO, indicator="IKU-1", period=quarter(2024, 1), value=percent(1))
    assert publish_nation(SYSTEM, to=folder).written == []
    assert Nation(folder, threads=1).hash == before
    withdraw(HEAD, agency=BIRO, edition=made.pk, reason="Uji.")
    assert publish_nation(SYSTEM, to=folder).removed == [(2024, BIRO)]
    assert not list(folder.rglob("*.parquet"))


def test_an_act_on_the_agency_writes_its_year_again_and_leaves_a_record(inside, tmp_path):  # noqa: F811
    folder = tmp_path / "nation"
    first = publish_nation(SYSTEM, to=folder, agencies=[BIRO], year=2024, inside=True)
    assert first.written == [(2024, BIRO)]
    assert publish_nation(SYSTEM, to=folder, agencies=[BIRO], year=2024, inside=True).unchanged == [(2024, BIRO)]
    record_realisation(SYSTEM, agency=BIRO, indicator="IKU-1", period=quarter(2024, 1), value=percent(1))
    assert publish_nation(SYSTEM, to=folder, agencies=[BIRO], year=2024, inside=True).written == [(2024, BIRO)]
    opened = Nation(folder, threads=1)
    rows = opened.rows(opened.table("measurements")).to_pylist()
    (row,) = [row for row in rows if (row["indicator"], row["span"], row["index"]) == ("IKU-1", "triwulan", 1)]
    assert row["realised_text"] == "1%"
    assert row["recorded_on"] is not None
    assert AuditRecord.objects.filter(action=PUBLISHING, agency=BIRO).count() == 2


def test_who_may_not_export_writes_nothing(inside, tmp_path):  # noqa: F811
    clerk = acting("Petugas Contoh", {Role.SERVICE}, [BIRO])
    with pytest.raises(NotAllowed):
        publish_nation(clerk, to=tmp_path / "nation", agencies=[BIRO], inside=True)
    planner = acting("Perencana Contoh", {Role.PLANNER}, [BIRO])
    with pytest.raises(NotAllowed):
        gather_nation(planner, sources=[tmp_path], to=tmp_path / "nation")
    assert list(manifests(tmp_path / "nation")) == []
