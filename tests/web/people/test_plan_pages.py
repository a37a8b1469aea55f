"""Pages of one's own SKP and of one's people: they open for the right ones, cost little, and change what they say."""

import pytest
from tests.web.conftest import BIRO, KPU
from tests.web.people.conftest import HEAD, SECTION, STAFF

from selaras.actions.registers import take_preset
from selaras.core.access import Role, operator
from selaras.store import models as tables

BASE = f"/i/{BIRO}/2024/skp/"


def plan(code, *more):
    return BASE + "/".join([code, *more]) + "/"


def state(code=STAFF):
    return tables.SkpPlan.objects.get(code=code).state


PAGES = [
    ("head", BASE), ("staff", BASE), ("staff", BASE + "buat/"), ("section", BASE + "bawahan/"),
    ("section", BASE + "bawahan/buat/?pegawai=P-02"), ("staff", plan(STAFF)), ("section", plan(STAFF)), ("head", plan(HEAD)),
    ("staff", plan(STAFF, "atur")), ("section", plan(STAFF, "atur")), ("staff", plan(STAFF, "hasil", "baru")), ("staff", plan(STAFF, "hasil", "1")), ("staff", plan(STAFF, "hasil", "tarik")),
    ("staff", plan(STAFF, "percakapan")), ("section", plan(STAFF, "penilaian")), ("section", plan(SECTION, "matriks")),
    ("section", plan(SECTION, "matriks") + "?sel=1-1-P-01"), ("staff", plan(SECTION, "matriks")),
    ("section", BASE + "keselarasan/"), ("section", BASE + "penjenjangan/"), ("above", BASE + "distribusi/"),
    ("above", BASE + "distribusi/?unit=BAG-RBA&pola=Baik&orang=3"), ("above", BASE + "predikat-organisasi/?unit=BAG-RBA"),
    ("keeper", BASE + "pegawai/?buat=P-02"), ("keeper", BASE + "pegawai/periksa/"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "address"), PAGES, ids=[f"{who} {address[len(BASE) :]}" for who, address in PAGES])
def test_each_page_opens_within_its_budget(who, address, office, django_assert_max_num_queries):
    browser = getattr(office.planned(), who)
    browser.get(address)
    with django_assert_max_num_queries(12):
        answer = browser.get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]


FILE = ["", "atur", "hasil/baru", "hasil/1", "hasil/tarik", "percakapan", "penilaian"]
STRANGERS = ["head", "above", "colleague", "keeper"]


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("part", FILE)
def test_nobody_else_finds_a_file_whatever_the_role(who, part, office):
    browser = getattr(office.planned().agreed().rated(), who)
    assert browser.get(plan(STAFF, *filter(None, [part]))).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.READER])
def test_no_role_opens_a_file_or_its_documents(role, office, signed_in):
    browser = signed_in(role, name=f"contoh-lain-{role.name.lower()}")
    office.planned().agreed().rated()
    for part in ([], ["percakapan"], ["penilaian"], ["matriks"]):
        assert browser.get(plan(STAFF, *part)).status_code == 404
    assert browser.post(plan(STAFF, "unduh"), {"dokumen": "skp", "format": "xlsx"}).status_code == 404
    assert browser.post(plan(STAFF, "penilaian", "tetapkan"), {}).status_code == 404


def test_the_superior_s_superior_reads_only_after_an_objection(office):
    office.planned().agreed().rated()
    assert office.head.get(plan(STAFF, "penilaian")).status_code == 404
    answer = office.staff.post(plan(STAFF, "keberatan"), {"alasan": "Bukti triwulan III belum dibaca."})
    assert answer.status_code == 302
    page = office.head.get(plan(STAFF, "penilaian"))
    assert page.status_code == 200
    assert "Putuskan keberatan" in page.content.decode()
    assert "Tetapkan penilaian" not in page.content.decode()


def test_a_colleague_of_the_team_sees_only_the_own_row_of_the_matrix(office):
    office.planned()
    assert office.colleague.get(plan(SECTION, "matriks")).status_code == 404
    page = office.staff.get(plan(SECTION, "matriks")).content.decode()
    assert "Laporan evaluasi tersusun" in page
    assert "data-cell" not in page


POSTS = ["unduh", "langkah/ajukan", "hasil/baku", "hasil/1/hapus", "hasil/1/hitung", "perilaku", "lampiran", "percakapan/dialog", "percakapan/umpan-balik",
         "penilaian/realisasi/1", "penilaian/tetapkan", "keberatan", "keberatan/putuskan", "matriks/sel", "matriks/pindah",
         "matriks/anggota", "matriks/unduh"]  # fmt: skip


@pytest.mark.parametrize("part", POSTS)
def test_what_changes_something_is_sent_and_never_just_opened(part, office):
    assert office.planned().staff.get(plan(STAFF, part)).status_code == 405
    assert office.colleague.post(plan(STAFF, part), {"format": "pdf", "dokumen": "skp"}).status_code in {404, 422}


def test_a_result_is_made_to_count_itself_and_let_go(office):
    office.planned()
    assert "Aturan hitung" not in office.staff.get(plan(STAFF, "hasil", "1")).content.decode()
    for code in ("rapat_pleno", "direktif"):
        take_preset(operator("contoh"), agency=BIRO, preset_code=code)
    tables.SkpRow.objects.filter(plan__code=STAFF, order=1).update(
        target_kind="persen", target_amount=90, measure="Persentase direktif yang selesai tepat waktu"
    )  # fmt: skip
    go = plan(STAFF, "hasil", "1", "hitung")
    assert (
        office.staff.post(go, {"aturan": "direktif|tepat_waktu", "milik": "rekaman pegawai sendiri"}).status_code == 302
    )
    bound = tables.RegisterSkpBinding.objects.get()
    assert (bound.rule, bound.whose, bound.field) == ("tepat_waktu", "rekaman pegawai sendiri", "pelaksana")
    page = office.staff.get(plan(STAFF, "hasil", "1")).content.decode()
    assert 'value="direktif|tepat_waktu" selected' in page
    assert office.staff.post(go, {"aturan": "direktif|tepat_waktu", "milik": "semua"}).status_code == 422
    assert office.staff.post(go, {"aturan": "direktif|tiada"}).status_code == 422
    assert office.staff.post(go, {"aturan": "tiada|x"}).status_code == 404
    office.agreed()
    seen = office.section.get(plan(STAFF, "penilaian")).content.decode()
    assert "Tidak ada direktif." in seen
    assert "dihitung dari register" in seen
    assert office.section.post(go, {"aturan": ""}).status_code == 302
    assert not tables.RegisterSkpBinding.objects.exists()


def test_another_agency_and_a_plan_that_is_not_there_are_not_found(office, signed_in):
    office.planned()
    stranger = signed_in(Role.SUPERIOR, agency=KPU, name="contoh-asing")
    assert stranger.get(BASE).status_code == 404
    assert stranger.get(plan(STAFF)).status_code == 404
    assert office.staff.get(plan("TIDAK-ADA")).status_code == 404
    assert office.staff.get(plan(STAFF, "hasil", "77")).status_code == 404
    assert office.staff.get(plan(STAFF, "penilaian") + "?periode=triwulan-9").status_code == 404


def test_pages_over_all_files_are_for_those_who_work_with_them(office):
    office.planned()
    assert office.staff.get(BASE + "keselarasan/").status_code == 403
    assert office.staff.get(BASE + "penjenjangan/").status_code == 403
    assert office.section.get(BASE + "distribusi/").status_code in {200, 403}
    assert office.staff.get(BASE + "distribusi/").status_code in {200, 403}
    assert office.head.get(BASE + "pegawai/").status_code == 403
    assert office.above.get(BASE + "pegawai/").status_code == 403
    assert office.above.get(BASE + "distribusi/?unit=TIDAK-ADA").status_code == 404
    assert office.above.get(BASE + "predikat-organisasi/?periode=hari-1").status_code == 404


def test_a_plan_goes_its_whole_way_through_the_pages(office):
    office.planned()
    staff, chief = office.staff, office.section
    page = staff.get(plan(STAFF)).content.decode()
    assert "Laporan evaluasi tersusun" in page
    assert "dari matriks peran hasil" in page
    changed = staff.post(plan(STAFF, "hasil", "1"), {"section": "utama", "aspect": "Waktu"})
    assert changed.status_code == 302
    assert staff.post(plan(STAFF, "lampiran"), {"jenis": "konsekuensi", "butir": "Satu\n\nDua"}).status_code == 302
    assert chief.post(plan(STAFF, "perilaku"), {"nilai": "akuntabel", "ekspektasi": "Jujur."}).status_code == 302
    assert chief.post(plan(STAFF, "langkah", "sepakati")).status_code == 422
    assert staff.post(plan(STAFF, "langkah", "ajukan")).status_code == 302
    assert chief.post(plan(STAFF, "langkah", "kembalikan"), {"alasan": "Lengkapi."}).status_code == 302
    assert "Lengkapi." in staff.get(plan(STAFF)).content.decode()
    staff.post(plan(STAFF, "langkah", "ajukan"))
    assert staff.post(plan(STAFF, "langkah", "sepakati")).status_code == 403
    assert chief.post(BASE + "bawahan/banyak/", {"pilih": [STAFF]}).status_code == 302
    assert state() == "disepakati"
    told = {"jenis": "apresiasi", "tentang": "hasil 1", "isi": "Rapi.", "bukti": "Laporan", "tanggal": "2024-05-02"}
    assert chief.post(plan(STAFF, "percakapan", "umpan-balik"), told).status_code == 302
    talk = {"tahap": "penetapan ekspektasi", "pokok": "Target", "kesepakatan": "Empat", "tanggal": "2024-01-05"}
    assert staff.post(plan(STAFF, "percakapan", "dialog"), talk).status_code == 302
    assert "Rapi." in staff.get(plan(STAFF, "percakapan")).content.decode()
    result = {"periode": "tahun", "nilai": "4", "uraian": "", "bukti": "Empat laporan"}
    assert staff.post(plan(STAFF, "penilaian", "realisasi", "1"), result).status_code == 302
    rating = {
        "periode": "tahun",
        "hasil": "di atas ekspektasi",
        "perilaku": "sesuai ekspektasi",
        "alasan": "Lebih cepat.",
    }
    assert staff.post(plan(STAFF, "penilaian", "tetapkan"), rating).status_code == 403
    assert chief.post(plan(STAFF, "penilaian", "tetapkan"), rating).status_code == 302
    page = staff.get(plan(STAFF, "penilaian")).content.decode()
    assert 'aria-current="true"' in page
    assert "penilaian ini" in page
    assert "Disepakati penerapan" in page
    assert staff.post(plan(STAFF, "keberatan"), {"alasan": "Perilaku saya di atas."}).status_code == 302
    decided = {"keputusan": "penilaian diubah", "perilaku": "di atas ekspektasi", "pertimbangan": "Ada bukti."}
    assert office.section.post(plan(STAFF, "keberatan", "putuskan"), decided).status_code == 403
    assert office.head.post(plan(STAFF, "keberatan", "putuskan"), decided).status_code == 302
    assert state() == "final"
    assert "Sangat Baik" in staff.get(BASE).content.decode()


def test_a_result_can_be_written_and_taken_out_again(office):
    office.planned()
    row = {"section": "tambahan", "result": "Menjadi narasumber", "measure": "Jumlah kegiatan", "target": "2", "unit": "kegiatan",
           "aspect": "Kuantitas", "parent": "", "indicator": ""}  # fmt: skip
    assert office.staff.post(plan(STAFF, "hasil", "baru"), row).status_code == 302
    assert "Menjadi narasumber" in office.staff.get(plan(STAFF)).content.decode()
    wrong = office.staff.post(plan(STAFF, "hasil", "baru"), row | {"target": "dua puluhan kali"})
    assert wrong.status_code == 422
    assert office.staff.post(plan(STAFF, "hasil", "2", "hapus"), {"alasan": "Salah"}).status_code == 302
    assert "Menjadi narasumber" not in office.staff.get(plan(STAFF)).content.decode()


def test_a_standard_row_is_offered_to_heads_and_put_in_only_when_chosen(office):
    page = office.planned().head.get(plan(HEAD)).content.decode()
    assert "Ditawarkan, tidak pernah dimasukkan sendiri." in page
    code = tables.SkpRow.objects.filter(plan__code=HEAD).count()
    offered = page.split('name="baris" value="')[1].split('"')[0]
    assert office.head.post(plan(HEAD, "hasil", "baku"), {"baris": offered}).status_code == 302
    assert tables.SkpRow.objects.filter(plan__code=HEAD).count() == code + 1


def test_a_plan_is_begun_for_oneself_and_for_one_s_people(office):
    assert office.staff.post(BASE + "buat/", {"jabatan": "ANALIS"}).status_code == 302
    assert state() == "draf"
    refused = office.staff.post(BASE + "buat/", {"jabatan": "ANALIS"})
    assert refused.status_code == 422
    assert office.section.post(BASE + "bawahan/buat/", {"pegawai": "P-02", "jabatan": "ANALIS"}).status_code == 302
    assert office.section.post(BASE + "bawahan/buat/", {"pegawai": "P-02", "jabatan": "ANALIS"}).status_code == 404
    assert office.keeper.post(BASE + "bawahan/buat/", {"pegawai": "P-02", "jabatan": "ANALIS"}).status_code == 404


def test_the_forms_are_taken_as_files_and_each_leaves_a_record(office):
    office.planned().agreed().rated()
    before = tables.AuditRecord.objects.count()
    for document in ("skp", "evaluasi", "umpan-balik"):
        answer = office.staff.post(plan(STAFF, "unduh"), {"dokumen": document, "format": "xlsx", "periode": "tahun"})
        assert answer.status_code == 200
        assert answer.content[:2] == b"PK"
    assert office.section.post(plan(SECTION, "matriks", "unduh"), {"format": "docx"}).content[:2] == b"PK"
    assert tables.AuditRecord.objects.count() == before + 4
    assert office.staff.post(plan(STAFF, "unduh"), {"dokumen": "lain", "format": "pdf"}).status_code == 404


def test_somebody_without_a_chair_is_told_whom_to_ask(office):
    assert "pengelola kepegawaian" in office.keeper.get(BASE + "buat/").content.decode()
    assert "pengelola kepegawaian" in office.keeper.get(BASE).content.decode()


def test_the_head_of_a_draft_is_changed_and_the_plan_divided_when_somebody_moves(office):
    office.planned()
    head = {"penilai": "KABAG-RBA", "pk": "", "metode": "kualitatif", "periode": "bulan", "mulai": "2024-01-01",
            "sampai": "2024-12-31", "tempat": "Denpasar"}  # fmt: skip
    assert office.staff.post(plan(STAFF, "atur", "kepala"), head).status_code == 302
    assert tables.SkpPlan.objects.get(code=STAFF).cycle == "bulan"
    assert office.staff.post(plan(STAFF, "atur", "kepala"), head | {"mulai": "2023-01-01"}).status_code == 422
    moved = {"tanggal": "2024-07-01", "jabatan": "ANALIS"}
    assert office.staff.post(plan(STAFF, "atur", "bagi"), moved).status_code == 403
    assert office.section.post(plan(STAFF, "atur", "bagi"), moved).status_code == 302
    assert tables.SkpPlan.objects.filter(employee__code="P-01").count() == 2
    assert office.staff.post(plan(STAFF, "atur", "pelaksana"), {"skp": "TIDAK-ADA"}).status_code == 404
    assert office.staff.post(plan(STAFF, "atur", "lain"), {}).status_code == 404
    assert office.staff.post(plan(STAFF, "atur", "hapus"), {"alasan": "Keliru"}).status_code == 302
    assert office.colleague.post(plan(STAFF, "atur", "hapus"), {"alasan": "Keliru"}).status_code == 404
