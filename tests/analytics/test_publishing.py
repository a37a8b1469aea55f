"""What goes to the public is what was published, nothing newer and nothing for insiders; who may not is refused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.actions.test_editions import HEAD, WRITER, edition, published, reviewed  # noqa: F401 (fixture)
from tests.web.conftest import BIRO, inside, samples, signed_in  # noqa: F401 (fixtures)

from selaras.actions.editions import withdraw
from selaras.actions.measurement import record_realisation, return_realisation
from selaras.actions.publishing import PUBLISHING, gather_nation, publish_nation
from selaras.analytics.manifest import manifests
from selaras.analytics.opening import Nation
from selaras.analytics.rollups import ROLLUPS
from selaras.analytics.schema import TABLES, Reach
from selaras.analytics.staging import alone
from selaras.core.access import Role, acting, operator
from selaras.core.errors import CannotRun, NotAllowed
from selaras.core.measurement.records import Progress
from selaras.core.period import Span, quarter
from selaras.core.value import percent
from selaras.store.models import AuditRecord
from selaras.store.publishing import dues_told, recorded_days
from selaras.store.snapshot import load_snapshot

pytestmark = pytest.mark.slow
SYSTEM = operator("sistem")


def test_the_public_gets_the_published_edition_until_it_is_withdrawn(edition, tmp_path, settings):  # noqa: F811
    made = published(edition)
    settings.SITE_URL = "https://kinerja.contoh.go.id"
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
    assert listed["page"] == f"https://kinerja.contoh.go.id/publik/{BIRO}/2024/"
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
    with alone(folder), pytest.raises(CannotRun, match="sedang ditulis proses lain"):
        publish_nation(SYSTEM, to=folder, agencies=[BIRO], year=2024, inside=True)
    assert publish_nation(SYSTEM, to=folder, agencies=[BIRO], year=2024, inside=True).unchanged == [(2024, BIRO)]
    record_realisation(SYSTEM, agency=BIRO, indicator="IKU-1", period=quarter(2024, 1), value=percent(1))
    assert publish_nation(SYSTEM, to=folder, agencies=[BIRO], year=2024, inside=True).written == [(2024, BIRO)]
    opened = Nation(folder, threads=1)
    rows = opened.rows(opened.table("measurements")).to_pylist()
    (row,) = [row for row in rows if (row["indicator"], row["span"], row["index"]) == ("IKU-1", "triwulan", 1)]
    assert row["realised_text"] == "1%"
    assert AuditRecord.objects.filter(action=PUBLISHING, agency=BIRO).count() == 2
    assert row["recorded_on"] is None  # due in 2024, before the agency came here
    (told,) = timeliness(opened)
    assert (told["filled"], told["on_time"], told["late"], told["undated"], told["on_time_share"]) == (1, 0, 0, 1, None)


def timeliness(opened):
    rows = opened.rows(ROLLUPS["kelengkapan"].make(opened)).to_pylist()
    return [row for row in rows if row["span"] == "triwulan"]


def test_timeliness_knows_only_what_was_entered_here_while_the_agency_was_here(inside, tmp_path):  # noqa: F811
    """The agency came on 15 November 2024: two quarters were due before; of the fourth one value is late, in our days."""
    first = AuditRecord.objects.filter(agency=BIRO).earliest("at")
    AuditRecord.objects.filter(pk=first.pk).update(at=datetime(2024, 11, 15, tzinfo=UTC))
    for index in (2, 3, 4):
        record_realisation(SYSTEM, agency=BIRO, indicator="IKU-1", period=quarter(2024, index), value=percent(index))
    record_realisation(SYSTEM, agency=BIRO, indicator="IKU-1", period=quarter(2024, 4), value=percent(5))
    known = load_snapshot(BIRO, 2024)
    recorded, _ = recorded_days(known, dues_told(known))
    assert [key for key in recorded if key[1].span is Span.QUARTER] == [("IKU-1", quarter(2024, 4))]
    publish_nation(SYSTEM, to=tmp_path / "nation", agencies=[BIRO], year=2024, inside=True)
    (told,) = timeliness(Nation(tmp_path / "nation", threads=1))
    assert (told["filled"], told["on_time"], told["late"], told["undated"], told["on_time_share"]) == (3, 0, 1, 2, 0)


def test_a_loaded_value_that_is_changed_later_is_not_late_for_that(inside):  # noqa: F811
    first = AuditRecord.objects.filter(agency=BIRO).earliest("at")
    AuditRecord.objects.filter(pk=first.pk).update(at=datetime(2024, 1, 1, tzinfo=UTC))
    loaded = load_snapshot(BIRO, 2024)
    stands = next(
        item for item in loaded.realisations
        if item.period.year == 2024 and item.status is Progress.VERIFIED and item.value and item.value.amount is not None
    )  # fmt: skip
    return_realisation(SYSTEM, agency=BIRO, indicator=stands.indicator, period=stands.period, note="Periksa lagi.")
    record_realisation(SYSTEM, agency=BIRO, indicator=stands.indicator, period=stands.period,
                       value=replace(stands.value, amount=stands.value.amount + 1), reason="Uji.")  # fmt: skip
    changed = load_snapshot(BIRO, 2024)
    assert changed.realisations != loaded.realisations
    assert recorded_days(changed, dues_told(changed)) == ({}, {})


def test_who_may_not_export_writes_nothing(inside, tmp_path):  # noqa: F811
    clerk = acting("Petugas Contoh", {Role.SERVICE}, [BIRO])
    with pytest.raises(NotAllowed):
        publish_nation(clerk, to=tmp_path / "nation", agencies=[BIRO], inside=True)
    planner = acting("Perencana Contoh", {Role.PLANNER}, [BIRO])
    with pytest.raises(NotAllowed):
        gather_nation(planner, sources=[tmp_path], to=tmp_path / "nation")
    assert list(manifests(tmp_path / "nation")) == []
