"""Papers and files of studies: the report says what is not shown, the figures lead back, the files come back in."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordFile
from pypdf import PdfReader
from tests.web.conftest import BIRO
from tests.web.culture.conftest import BALI, BASE, MUBA
from tests.web.culture.surveyed import UNIT, WAVE, answered, at

from selaras.actions import culture as verbs
from selaras.actions._culture_edition import edition_of
from selaras.actions.culture_field import save_identity
from selaras.actions.culture_papers import compose_report
from selaras.actions.reports import compose
from selaras.core.access import Role, operator
from selaras.core.document import Heading, Paragraph, Table, plain
from selaras.store import models as tables
from selaras.store.culture import study_file
from selaras.store.models.culture import StudyRole
from selaras.store.snapshot import load_snapshot

FILES = {
    "pdf": b"%PDF", "docx": b"PK", "html": b"<!", "qdpx": b"PK", "buku-qdc": b"<?xml", "buku-csv": b"\xef\xbb\xbf", "buku-xlsx": b"PK",
}  # fmt: skip


def words(document):
    """All that a document prints."""
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(plain(block.spans))
        elif isinstance(block, Heading):
            found.append(block.full)
        elif isinstance(block, Table):
            found += [cell.text for row in (*block.header, *block.body) for cell in row.cells]
        elif hasattr(block, "items"):
            found += [plain(line) for line in block.items]
    return "\n".join(found)


@pytest.mark.parametrize("form", FILES)
def test_every_file_of_a_study_can_be_taken_out(form, team):
    answer = team.lead.post(f"{BASE}berkas/{BALI}/unduh/", {"bentuk": form})
    assert answer.status_code == 200, answer.content.decode()[-1500:]
    assert answer.content.lstrip()[:5].startswith(FILES[form][:5])
    assert "attachment" in answer["Content-Disposition"]


def test_an_unknown_file_is_not_found_and_readers_without_the_right_get_none(team):
    assert team.lead.post(f"{BASE}berkas/{BALI}/unduh/", {"bentuk": "exe"}).status_code == 404
    assert team.coder.post(f"{BASE}berkas/{BALI}/unduh/", {"bentuk": "qdpx"}).status_code == 403
    assert team.signed_in(Role.EMPLOYEE, name="contoh-pegawai").post(f"{BASE}berkas/{BALI}/unduh/").status_code == 403


def test_the_report_of_seed_000_says_what_is_not_shown_and_flags_its_date(team):
    said = words(compose_report(team.actor("ketua"), agency=BIRO, study=BALI))
    for expected in (
        "belum ditunjukkan", "Tanggal terbit lebih awal dari pengumpulan data", "religius", "tujuh akun mandiri",
        "Tidak disebut: Adaptif", "bertentangan", "S8", "Contoh kerja", "data sintetis", "4+2 akun", "lemah",
    ):  # fmt: skip
        assert expected in said, expected
    assert "Indeks internal budaya kerja" in said
    assert not re.search(r"\b\d{18}\b", said)


def test_the_report_of_seed_001_names_no_informant_and_its_claims_without_a_test(team):
    said = words(compose_report(team.actor("ketua"), agency=BIRO, study=MUBA))
    assert "Informan tidak dilaporkan." in said
    assert "Klaim pengaruh tanpa uji." in said
    assert "Tidak dilaporkan:" in said


def test_the_report_opens_as_docx_and_pdf(team):
    docx = team.lead.post(f"{BASE}berkas/{BALI}/unduh/", {"bentuk": "docx"}).content
    assert "belum ditunjukkan" in "\n".join(item.text for item in WordFile(BytesIO(docx)).paragraphs)
    pdf = PdfReader(BytesIO(team.lead.post(f"{BASE}berkas/{BALI}/unduh/", {"bentuk": "pdf"}).content))
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "belum ditunjukkan" in text
    assert len(pdf.pages) > 10


def test_the_activity_is_printed_with_both_figures(team):
    tables.Study.objects.filter(code=BALI).update(
        indicator=tables.Indicator.objects.get(agency__code=BIRO, code="ISK-IV.B.3")
    )  # fmt: skip
    for table in (tables.Target, tables.Realisation):  # one report was due and was made
        table.objects.filter(indicator__agency__code=BIRO, indicator__code="ISK-IV.B.3").update(value_amount=1)
    said = words(compose_report(team.actor("ketua"), agency=BIRO, study=BALI))
    for expected in (
        "63,41%",
        "19.885.100",
        "12.609.531",
        "100,00%",
        "Jumlah Laporan Hasil Evaluasi Pelaksanaan Budaya Kerja",
    ):
        assert expected in said, expected


def test_quotes_in_the_report_need_consent(team):
    tables.Study.objects.filter(code=BALI).update(demo="")
    said = words(compose_report(team.actor("ketua"), agency=BIRO, study=BALI))
    assert "“" not in said.replace("Rekomendasi “", "").replace("Survei “", "")


def test_the_annual_report_takes_up_what_was_published_and_nothing_invented(team, tmp_path):
    compose(operator("Contoh"), agency=BIRO, year=2024, kind="lkjip", formats=["html"], output=tmp_path)
    (before,) = [path.read_text("utf-8") for path in tmp_path.glob("*.html")]
    assert "Evaluasi Pelaksanaan Budaya Kerja</h" not in before
    answered(team.actor("ketua"), {UNIT: 12})
    assert team.leader.post(at("terbit")).status_code == 302
    demo = tables.SurveyWave.objects.get(survey__code=f"{BALI}-survei")
    assert team.leader.post(f"{BASE}survei/{BALI}-survei/gelombang/{demo.code}/terbit/").status_code == 302
    snapshot = load_snapshot(BIRO, 2024)
    assert [survey.wave for survey in snapshot.culture_surveys if not survey.synthetic] == [WAVE]
    compose(operator("Contoh"), agency=BIRO, year=2024, kind="lkjip", formats=["html"], output=tmp_path)
    (page,) = [path.read_text("utf-8") for path in tmp_path.glob("*.html")]
    assert "Indeks internal budaya kerja" in page
    assert "12 responden" in page
    assert "Survei percontohan" not in page


def test_a_published_study_enters_the_annual_report_with_its_follow_up(team, tmp_path):
    tables.Study.objects.filter(code=BALI).update(demo="")
    file = tables.Study.objects.get(code=BALI)
    edition = edition_of(study_file(team.actor("ketua"), BIRO, BALI))
    assert (edition["informants"], edition["accounts"]) == (8, 7)
    tables.Study.objects.filter(pk=file.pk).update(stage="terbit", published_at="2024-12-01T00:00:00Z", edition=edition)
    compose(operator("Contoh"), agency=BIRO, year=2024, kind="lkjip", formats=["html"], output=tmp_path)
    (page,) = [path.read_text("utf-8") for path in tmp_path.glob("*.html")]
    assert "Simpulan Studi" in page
    assert "triangulasi metode dinyatakan, belum ditunjukkan" in page
    assert "Klaim tanpa bukti" in page


def test_a_codebook_and_a_project_come_in_and_what_was_left_is_told(team):
    book = team.lead.post(f"{BASE}berkas/{BALI}/unduh/", {"bentuk": "buku-qdc"}).content
    page = team.lead.post(
        f"{BASE}berkas/{MUBA}/buku-kode/", {"berkas": SimpleUploadedFile("buku.qdc", book)}
    ).content.decode()
    assert "kode ditambahkan" in page
    project = team.lead.post(f"{BASE}berkas/{BALI}/unduh/", {"bentuk": "qdpx"}).content
    given = {"kode": "masuk", "judul": "Studi masuk", "kerangka": "nilai-fungsi-faktor"}
    answer = team.lead.post(f"{BASE}impor-proyek/", given | {"berkas": SimpleUploadedFile("studi.qdpx", project)})
    assert answer.status_code in {200, 302}
    made = tables.Study.objects.get(code="masuk")
    assert (made.segments.count(), made.codings.count()) == (37, 81)
    assert "cara analisis belum dicatat" in words(compose_report(team.actor("ketua"), agency=BIRO, study="masuk"))
    again = team.lead.post(f"{BASE}impor-proyek/", given | {"berkas": SimpleUploadedFile("studi.qdpx", project)})
    assert again.status_code == 422


@pytest.mark.parametrize("name", ["buku.exe", "buku.qdc"])
def test_a_wrong_or_broken_file_is_refused(name, team):
    sent = {"berkas": SimpleUploadedFile(name, b"bukan berkas")}
    assert team.lead.post(f"{BASE}berkas/{MUBA}/buku-kode/", sent).status_code == 422
    assert team.lead.post(f"{BASE}berkas/{MUBA}/buku-kode/", {}).status_code == 422
    assert team.lead.post(f"{BASE}impor-proyek/", {"kode": "x", "kerangka": "berakhlak"}).status_code == 422
    sent = {"berkas": SimpleUploadedFile("proyek saya.qdpx", b"bukan berkas"), "kode": "x", "kerangka": "berakhlak"}
    answer = team.lead.post(f"{BASE}impor-proyek/", sent)
    assert answer.status_code == 422
    assert "Berkas proyek saya.qdpx tidak dapat dibaca." in answer.content.decode()
    assert "zip file" not in answer.content.decode()


def test_nobody_s_identity_stands_in_any_file(team):
    by = team.actor("ketua")
    verbs.set_member(by, agency=BIRO, study=BALI, login="contoh-ketua", role=StudyRole.LEAD)
    save_identity(by, agency=BIRO, study=BALI, informant="INF-01", name="Karangan Sepenuhnya", contact="0800")
    for form in FILES:
        content = team.lead.post(f"{BASE}berkas/{BALI}/unduh/", {"bentuk": form}).content
        assert b"Karangan Sepenuhnya" not in content


@pytest.mark.parametrize(("sizes", "shown"), [((12, 7, 3), 12), ((12, 11, 3), 12), ((30, 9), 0), ((12, 7, 2, 1), 12)])
def test_the_report_prints_no_group_below_the_stricter_threshold(sizes, shown, team):
    agency = tables.Agency.objects.get(code=BIRO)
    names = [
        tables.Unit.objects.create(
            agency=agency, code=f"UJI-{n}", name=f"Unit Uji {n}", sequence=9000 + n, order=n
        ).code
        for n in range(len(sizes))
    ]
    answered(team.actor("ketua"), dict(zip(names, sizes, strict=True)), study=BALI)
    said = words(compose_report(team.actor("ketua"), agency=BIRO, study=BALI))
    visible = [size for name, size in zip(names, sizes, strict=True) if f"Unit Uji {name.removeprefix('UJI-')}" in said]
    assert sum(visible) == shown
    assert "Ada kelompok yang tidak disajikan" in said
