"""The service of the year in the annual report: counted by registers, surveyed and published; nobody is named."""

from datetime import date

import docx
import pytest
from tests.actions.desk import NAME, PPID, TODAY, answered, asked, office
from tests.actions.staffed import CODE
from tests.store.example import YEAR

from selaras.actions import service_surveys as surveys
from selaras.actions.register_letters import compose_record_letter
from selaras.core.reporting import annual
from selaras.rulebook import load
from selaras.store import service_surveys as store
from selaras.store.snapshot import load_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return office()


def told(document):
    return "\n".join(str(block) for block in document.blocks)


def test_what_was_served_and_surveyed_stands_in_the_annual_report_without_a_name(who):
    desk, day = who["desk"], date(YEAR, 5, 6)
    before = load_snapshot(CODE, YEAR)
    assert (before.services, before.satisfaction) == ((), ())
    answered(desk, asked(desk, day), date(YEAR, 5, 7))
    asked(desk, day)
    go = {"agency": CODE, "code": "SKM-1"}
    surveys.save_round(
        desk,
        **go,
        title="Survei Loket",
        survey="skm",
        since=day,
        until=date(YEAR, 6, 30),
        services=["Loket"],
        population=10,
    )
    answers = {item.code: 3 for item in store.find_round(CODE, "SKM-1").survey.elements}
    surveys.record_response(desk, **go, service="Loket", answers=answers, suggestion="Tambah kursi tunggu.", on=day)
    assert load_snapshot(CODE, YEAR).satisfaction == ()
    surveys.publish_round(who["leader"], **go, published=True)
    snapshot = load_snapshot(CODE, YEAR)
    (service,), (survey,) = snapshot.services, snapshot.satisfaction
    assert (service.code, service.records) == (PPID, 2)
    assert any("1 dari 2" in figure.told for figure in service.figures)
    assert (survey.respondents, survey.value, survey.band) == (1, "75,00", "C (Kurang baik)")
    words = told(annual.compose(snapshot, load(TODAY)))
    for part in ("Pelayanan Publik dan Kepuasan Masyarakat", service.name, "Survei Loket", "75,00"):
        assert part in words
    for secret in (NAME, "Jalan Rekaan", "warga@contoh", "Tambah kursi"):
        assert secret not in words
        assert secret not in str((snapshot.services, snapshot.satisfaction))


def test_a_letter_leaves_the_place_of_its_signature(who, tmp_path):
    number = asked(who["desk"])
    (path,) = compose_record_letter(
        who["desk"], agency=CODE, register=PPID, number=number, letter="tanda_terima", formats=["docx"], output=tmp_path
    )
    whole = docx.Document(path)
    words = "\n".join(item.text for item in whole.paragraphs) + "\n".join(
        cell.text for table in whole.tables for row in table.rows for cell in row.cells
    )
    assert "Petugas layanan informasi," in words
