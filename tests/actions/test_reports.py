"""Documents come out whole, named by what they are, and are remembered by their fingerprint."""

import hashlib

import pytest
from tests.store.example import AGENCY, YEAR, records
from tests.store.filling import fill

from selaras.actions.reports import compose, figures, findings
from selaras.core.access import Role, acting, operator
from selaras.core.errors import CannotRun, NotAllowed, NotFound, Refusal
from selaras.core.period import quarter
from selaras.store.models import AuditRecord

pytestmark = pytest.mark.django_db
BY = operator("Operator Contoh")
OF = {"agency": AGENCY.code, "year": YEAR}


@pytest.fixture(autouse=True)
def workspace(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    saved = records()
    for record, items in saved.items():
        if record.__name__ == "PhotoRecord":
            items.clear()
        if record.__name__ == "ReportSettings":
            items[0] = type(items[0])(YEAR, signatory="KADIS")
    fill(saved)


def test_a_document_is_written_under_its_name(tmp_path):
    paths = compose(BY, **OF, kind="lkjip", formats=["html", "xlsx", "html"], output=tmp_path / "hasil")
    assert [path.name for path in paths] == ["lkjip-2024-DINAS-X.html", "lkjip-2024-DINAS-X.xlsx"]
    assert sorted(path.name for path in (tmp_path / "hasil").iterdir()) == sorted(path.name for path in paths)
    assert "Persentase layanan tepat waktu" in paths[0].read_text("utf-8")
    record = AuditRecord.objects.get()
    assert record.details["files"][paths[0].name] == hashlib.sha256(paths[0].read_bytes()).hexdigest()


def test_a_quarterly_report_bears_its_quarter(tmp_path):
    (path,) = compose(BY, **OF, kind="triwulan", formats=["html"], output=tmp_path, period=quarter(YEAR, 2))
    assert path.name == "triwulan-2024-tw2-DINAS-X.html"


def test_what_cannot_be_composed_leaves_nothing(tmp_path):
    output = tmp_path / "hasil"
    with pytest.raises(Refusal, match="pidato"):
        compose(BY, **OF, kind="pidato", formats=["pdf"], output=output)
    with pytest.raises(Refusal, match="odt"):
        compose(BY, **OF, kind="lkjip", formats=["odt"], output=output)
    with pytest.raises(Refusal):
        compose(BY, **OF, kind="lkjip", formats=[], output=output)
    with pytest.raises(CannotRun):
        compose(BY, **OF, kind="triwulan", formats=["html"], output=output)
    with pytest.raises(NotFound):
        compose(BY, agency="LAIN", year=YEAR, kind="lkjip", formats=["html"], output=output)
    assert not output.exists()
    assert not AuditRecord.objects.exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "berkas").write_text("")
    with pytest.raises(CannotRun, match="tidak dapat ditulis"):
        compose(BY, **OF, kind="lkjip", formats=["html"], output=tmp_path / "berkas" / "hasil")


def test_the_gates_speak_before_anything_is_composed():
    found = findings(BY, **OF)
    assert any("Tanpa padanan" in finding.message or "Tanpa padanan" in finding.stated for finding in found)
    assert AuditRecord.objects.get().details["findings"] == len(found)


def test_figures_are_those_of_the_engine():
    known = figures(BY, **OF)
    indicator = known.indicators["IKU-1"]
    assert known.achievement(indicator).shown() == "70,66%"


def test_only_who_may_compose_composes(tmp_path):
    reader = acting("Contoh Pembaca", {Role.READER})
    for act in (
        lambda: compose(reader, **OF, kind="lkjip", formats=["html"], output=tmp_path),
        lambda: findings(reader, **OF),
        lambda: figures(reader, **OF),
    ):
        with pytest.raises(NotAllowed):
            act()
