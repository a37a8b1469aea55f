"""Studies out and in through the verbs: nothing is lost, nobody is named, what was left out is told."""

import io
import zipfile
from datetime import date

import pytest
from tests.actions.staffed import CODE
from tests.actions.studying import STUDY, TEXT, team, with_source

from selaras.actions import culture_coding as coding
from selaras.actions import culture_field as field
from selaras.actions import culture_rounds as rounds
from selaras.actions.culture_demo import load_demo
from selaras.actions.culture_exchange import (
    BookForm,
    export_codebook,
    export_project,
    import_codebook,
    import_project,
)
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.store import models as tables
from selaras.store.culture import study_file

pytestmark = pytest.mark.django_db
BALI = "kpu-provinsi-bali"
AT = {"agency": CODE, "study": STUDY}


@pytest.fixture
def who():
    return team()


def test_a_study_goes_out_and_comes_in_as_it_was(who, tmp_path):
    load_demo(who["ketua"], agency=CODE, year=2024, codes=(BALI,))
    path = export_project(who["ketua"], agency=CODE, study=BALI, output=tmp_path)
    made = import_project(
        who["ketua"], agency=CODE, code="kembali", title="", framework="nilai-fungsi-faktor", year=2024, path=path
    )
    assert (made.codes, made.sources, made.segments, made.codings, made.dropped) == (31, 9, 37, 81, ())
    first, back = (study_file(who["ketua"], CODE, code) for code in (BALI, "kembali"))
    assert back.material.codings == first.material.codings
    assert {row.code: row.label for row in back.support} == {row.code: row.label for row in first.support}
    assert [item.codes for item in back.conclusions] == [item.codes for item in first.conclusions]
    again = export_project(who["ketua"], agency=CODE, study=BALI, output=tmp_path / "lagi")
    assert again.read_bytes() == path.read_bytes()


def test_no_identity_leaves_and_a_text_that_names_somebody_stays(who, tmp_path):
    informant, _ = with_source(who)
    field.save_identity(who["ketua"], **AT, informant=informant, name="Contoh Zulkarnaen", contact="zul@contoh.example")
    path = export_project(who["ketua"], **AT, output=tmp_path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert TEXT.encode() in whole
    assert b"Zulkarnaen" not in whole
    assert b"contoh.example" not in whole
    coding.save_memo(who["ketua"], **AT, about="S1", text="Pak Zulkarnaen ragu.")
    with pytest.raises(Refusal, match="nama informan") as refused:
        export_project(who["ketua"], **AT, output=tmp_path)
    assert "Zulkarnaen" not in str(refused.value)


def test_a_project_does_not_leave_while_coders_are_blind_and_only_the_lead_takes_it(who, tmp_path):
    _, source = with_source(who)
    coding.mark(who["ani"], **AT, source=source, start=0, end=5, code="KP.SET")
    with pytest.raises(NotAllowed):
        export_project(who["ani"], **AT, output=tmp_path)
    rounds.open_round(who["ketua"], **AT, code="r1", coders=["ani", "budi"])
    with pytest.raises(Refusal, match="masih terbuka"):
        export_project(who["ketua"], **AT, output=tmp_path)


@pytest.mark.parametrize("form", BookForm)
def test_a_codebook_goes_out_in_every_form(who, tmp_path, form):
    with_source(who)
    path = export_codebook(who["ketua"], **AT, form=form, output=tmp_path)
    assert path.suffix == f".{form.value}"
    if form is BookForm.XLSX:
        return
    row = tables.Study.objects.get(code=STUDY)
    before = row.codes.count()
    row.codes.filter(code="KP.SET").delete()
    made = import_codebook(who["ketua"], **AT, path=path)
    assert (made.codes, row.codes.count()) == (1, before)
    assert "sudah ada" in made.dropped[-1]
    coding.undo_change(who["ketua"], **AT, change=tables.CodingChange.objects.order_by("-pk").first().pk)
    assert row.codes.count() == before - 1


def test_a_broken_file_changes_nothing(who, tmp_path):
    path = tmp_path / "rusak.qdpx"
    path.write_bytes(b"PK")
    with pytest.raises(Refusal, match=r"rusak\.qdpx"):
        import_project(who["ketua"], agency=CODE, code="x", title="", framework="berakhlak", year=2024, path=path)
    with pytest.raises(NotFound):
        export_codebook(who["ketua"], agency=CODE, study="x", form=BookForm.QDC, output=tmp_path)
    assert not tables.Study.objects.exists()


def test_codes_without_their_nodes_become_inductive_and_that_is_told(who, tmp_path):
    load_demo(who["ketua"], agency=CODE, year=2024, codes=(BALI,))
    path = export_project(who["ketua"], agency=CODE, study=BALI, output=tmp_path)
    made = import_project(
        who["ketua"], agency=CODE, code="lain", title="Lain", framework="berakhlak", year=2025, path=path
    )
    assert "induktif" in made.dropped[-1]
    assert tables.Study.objects.get(code="lain").year == 2025
    assert date.today() > tables.StudySource.objects.get(study__code="lain", code="S1").held
