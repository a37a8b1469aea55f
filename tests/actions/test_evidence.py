"""Evidence is stored under its fingerprint and never read from elsewhere."""

import pytest
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions.evidence import attach
from selaras.core.access import operator
from selaras.core.errors import CannotRun, NotFound
from selaras.store.evidence import folder, reader
from selaras.store.models import AuditRecord

pytestmark = pytest.mark.django_db
BY = operator("Operator Contoh")


@pytest.fixture(autouse=True)
def workspace(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    fill(records())


def test_a_file_is_stored_and_read_back(tmp_path):
    path = tmp_path / "Rapat Évaluasi (1).JPG"
    path.write_bytes(b"gambar")
    name = attach(BY, agency=AGENCY.code, path=path)
    assert name.endswith("-rapat-valuasi-1.jpg")
    assert reader(AGENCY.code)(name) == b"gambar"
    assert attach(BY, agency=AGENCY.code, path=path) == name
    assert [item.name for item in folder(AGENCY.code).iterdir()] == [name]
    assert AuditRecord.objects.first().details["original"] == path.name


def test_another_content_has_another_name(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("satu")
    first = attach(BY, agency=AGENCY.code, path=path)
    path.write_text("dua")
    assert attach(BY, agency=AGENCY.code, path=path) != first


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../rahasia", "../../secret.key", "/etc/passwd", "a\0b", "tautan", "tidak-ada.jpg"]
)
def test_nothing_outside_the_folder_is_read(name, tmp_path):
    root = folder(AGENCY.code)
    root.mkdir(parents=True)
    (root.parent / "rahasia").write_text("x")
    (root.parent.parent / "secret.key").write_text("x")
    (root / "tautan").symlink_to(root.parent / "rahasia")
    with pytest.raises(NotFound):
        reader(AGENCY.code)(name)


@pytest.mark.parametrize("code", ["..", ".", "a/b", "../x", "DINAS X", "a\\b"])
def test_every_agency_has_one_folder_of_its_own(code, tmp_path):
    where = folder(code)
    assert where.parent == tmp_path / "data" / "evidence"
    assert where.resolve().parent == where.parent.resolve()


def test_a_missing_file_cannot_be_attached(tmp_path):
    with pytest.raises(CannotRun):
        attach(BY, agency=AGENCY.code, path=tmp_path / "tidak-ada")
    with pytest.raises(NotFound):
        attach(BY, agency="LAIN", path=tmp_path)
