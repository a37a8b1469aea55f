"""The page of a record: steps, deadlines, letters, evidence, personal data; and the counter."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.web.conftest import BIRO, KPU
from tests.web.registers.conftest import DESK, PPID, asked, page_of

from selaras.actions import registers
from selaras.actions.records import save_record
from selaras.core.access import Role
from selaras.core.org import Education, Employee, Employment, Sex
from selaras.store import models as tables
from selaras.web.registers import forms

BASE = f"/i/{BIRO}/2026/register/"


@pytest.fixture
def clerk(signed_in):
    return signed_in(Role.SERVICE)


def version(number):
    return tables.RegisterRecord.objects.get(number=number).version


@pytest.mark.parametrize("part", ["", "ubah/", "rujukan/"])
def test_the_pages_of_a_record_open_within_their_budget(part, desk, clerk, django_assert_max_num_queries):
    address = page_of(desk[1]) + part
    clerk.get(address)
    with django_assert_max_num_queries(12):
        assert clerk.get(address).status_code == 200


def test_a_record_shows_its_deadline_with_the_count_and_the_steps_that_may_be_taken(desk, clerk):
    page = clerk.get(page_of(desk[1])).content.decode()
    assert "Sari Rahasia" in page
    assert "hari kerja terpakai" in page
    assert "Hari ke-1 adalah hari sesudahnya." in page
    for step in ("Kirim pemberitahuan", "Tolak", "Batalkan"):
        assert step in page


def test_personal_data_are_masked_and_stay_as_they_are(desk, planner, signed_in):
    page = planner.get(page_of(desk[1])).content.decode()
    assert "Sari Rahasia" not in page
    assert "disamarkan" in page
    assert planner.get(page_of(desk[1], "ubah")).status_code == 403
    assert planner.post(page_of(desk[1], "langkah"), {"tujuan": "dijawab"}).status_code in {403, 422}


def test_a_step_with_missing_fields_comes_back_and_then_is_taken(desk, clerk):
    step = page_of(desk[1], "langkah")
    given = {"tujuan": "ditolak", "lihat": version(desk[1]), "isi-ditolak-keputusan": "ditolak"}
    refused = clerk.post(step, given)
    assert refused.status_code == 422
    assert "belum diisi" in refused.content.decode()
    given |= {
        "isi-ditolak-alasan_penolakan": "Dikecualikan.", "isi-ditolak-tanggal_pemberitahuan": timezone.localdate().isoformat(),
        "berkas": SimpleUploadedFile("surat.txt", b"Surat penolakan."),
    }  # fmt: skip
    assert clerk.post(step, given).status_code == 302
    page = clerk.get(page_of(desk[1])).content.decode()
    assert "surat.txt" in page
    order = tables.RegisterEvent.objects.get(file__endswith="surat.txt").order
    sent = clerk.get(page_of(desk[1], "berkas", str(order)))
    assert b"".join(sent.streaming_content) == b"Surat penolakan."
    sent.close()
    assert clerk.get(page_of(desk[1], "berkas", "99")).status_code == 404
    assert clerk.post(step, {"tujuan": "diproses"}).status_code == 422


def test_somebody_elses_change_is_not_overwritten(desk, clerk):
    address = page_of(desk[0], "ubah")
    texts = {f"isi-{name}": text for name, text in asked("Nama Baru").items()}
    assert clerk.post(address, texts | {"lihat": "0"}).status_code == 409
    assert clerk.post(address, texts | {"lihat": version(desk[0]), "isi-biaya": "seribu"}).status_code == 422
    assert (
        clerk.post(
            address, texts | {"lihat": version(desk[0]), "isi-biaya": "1.500.000", "isi-cara_bayar": "Tunai"}
        ).status_code
        == 302
    )
    assert "Nama Baru" in clerk.get(page_of(desk[0])).content.decode()
    form = clerk.get(address).content.decode()
    assert 'value="1500000"' in form


def test_extension_assignment_note_ticket_and_answer(desk, clerk, signed_in):
    number = desk[0]
    assert clerk.post(page_of(number, "perpanjang"), {"tenggat": "jawab", "alasan": ""}).status_code == 422
    assert (
        clerk.post(page_of(number, "perpanjang"), {"tenggat": "jawab", "alasan": "Dokumen di arsip."}).status_code
        == 302
    )
    assert clerk.post(page_of(number, "tugaskan"), {"petugas": "contoh-service"}).status_code == 302
    assert clerk.post(page_of(number, "catatan"), {"catatan": "Sudah ditelepon."}).status_code == 302
    receipt = clerk.post(page_of(number, "tiket"), {"surel": ""}).content.decode()
    assert "Kata rahasia tiket" in receipt
    assert clerk.post(page_of(number, "jawab"), {"pesan": "Mohon lengkapi."}).status_code == 302
    page = clerk.get(page_of(number)).content.decode()
    for text in ("Diperpanjang 7 hari kerja.", "Sudah ditelepon.", "Mohon lengkapi."):
        assert text in page
    assert (
        "Kata rahasia tiket"
        not in clerk.get(BASE + f"meja-loket/{PPID}/tanda-terima/{number.replace('/', '~2F')}/").content.decode()
    )


def test_letters_are_written_for_who_reads_personal_data(desk, clerk, planner):
    address = page_of(desk[1], "surat", "tanda_terima")
    answer = clerk.post(address, {"bentuk": "pdf"})
    assert answer.content[:4] == b"%PDF"
    assert clerk.post(address, {"bentuk": "docx"}).content[:2] == b"PK"
    assert clerk.post(address, {"bentuk": "exe"}).status_code == 422
    assert clerk.post(page_of(desk[1], "surat", "pemberitahuan"), {}).status_code == 422
    assert clerk.post(page_of(desk[1], "surat", "tidak_ada"), {}).status_code == 404
    assert planner.post(address, {}).status_code == 403
    assert clerk.get(address).status_code == 405


def test_a_directive_is_read_asked_answered_and_cascades_from_a_meeting(leadership, signed_in):
    meeting, directive = leadership
    leader = signed_in(Role.LEADER)
    board = leader.get(BASE + "arahan-pimpinan/").content.decode()
    assert "Siapkan bahan" in board
    assert "1 direktif, 0 selesai" in board
    assert "Turunkan" in board
    form = leader.get(BASE + f"direktif/rekaman-baru/?rapat={meeting}").content.decode()
    assert f'value="{meeting}"' in form
    superior = signed_in(Role.SUPERIOR)
    address = page_of(directive, register="direktif")
    assert superior.post(address + "tanda-baca/", {}).status_code == 302
    assert (
        superior.post(
            address + "langkah/", {"tujuan": "ditanyakan", "isi-ditanyakan-pertanyaan": "Untuk kapan?"}
        ).status_code
        == 302
    )
    board = leader.get(BASE + "arahan-pimpinan/").content.decode()
    assert "Untuk kapan?" in board
    assert "Contoh Superior" in board
    related = leader.get(page_of(meeting, "rujukan", register="rapat_pleno")).content.decode()
    assert directive in related
    assert leader.get(BASE + "arahan-pimpinan/?semua=ya").status_code == 200


def test_the_board_of_directives_is_within_its_budget(leadership, signed_in, django_assert_max_num_queries):
    leader = signed_in(Role.LEADER)
    leader.get(BASE + "arahan-pimpinan/")
    with django_assert_max_num_queries(14):
        assert leader.get(BASE + "arahan-pimpinan/").status_code == 200


@pytest.mark.parametrize("query", ["", "?cari=laporan", "?baru=1", "?nomor="])
def test_the_counter_opens_within_its_budget(query, desk, clerk, django_assert_max_num_queries):
    address = BASE + f"meja-loket/{PPID}/{query}{desk[1] if query.endswith('=') else ''}"
    clerk.get(address)
    with django_assert_max_num_queries(14):
        assert clerk.get(address).status_code == 200


def test_the_counter_opens_a_record_and_takes_its_step(desk, clerk, planner):
    assert clerk.get(BASE + "meja-loket/").status_code == 302
    address = BASE + f"meja-loket/{PPID}/"
    wrong = clerk.post(address, {"isi-nama": "Wayan Contoh"})
    assert wrong.status_code == 422
    assert "Wayan Contoh" in wrong.content.decode()
    texts = {f"isi-{name}": text for name, text in asked("Wayan Contoh").items()}
    made = clerk.post(address, texts)
    assert made.status_code == 302
    page = clerk.get(made["Location"]).content.decode()
    assert "Alt+1" in page
    assert "Wayan Contoh" in page
    number = tables.RegisterRecord.objects.latest("pk").number
    step = clerk.post(page_of(number, "langkah"), {"tujuan": "diproses", "kembali": "loket"})
    assert "meja-loket" in step["Location"]
    assert planner.post(address, texts).status_code == 403


def test_a_field_that_offers_nothing_or_not_everybody_says_so(inside, signed_in, monkeypatch):
    registers.take_preset(DESK, agency=BIRO, preset_code="layanan_kepegawaian")
    staffing = signed_in(Role.STAFFING)
    form = f"{BASE}layanan_kepegawaian/rekaman-baru/"
    assert "Belum ada pegawai yang dicatat" in staffing.get(form).content.decode()
    save_record(
        DESK, agency=BIRO,
        record=Employee("P-1", "Contoh Pegawai", "Staf", Employment.PNS, Sex.FEMALE, Education.S1, "BAG-RBA"),
    )  # fmt: skip
    assert '<option value="P-1">Contoh Pegawai</option>' in staffing.get(form).content.decode()
    monkeypatch.setattr(forms, "MOST_OFFERED", 0)
    assert "Ketik kode pegawai" in staffing.get(form).content.decode()
    promised = timezone.localdate().isoformat()
    typed = {"isi-pegawai": "P-1", "isi-layanan": "cuti", "isi-tanggal_janji": promised, "unit": "BAG-RBA"}
    assert staffing.post(form, typed).status_code == 302
    assert tables.RegisterRecord.objects.count() == 1


def test_records_are_removed_by_planners_alone_and_strangers_find_nothing(desk, clerk, planner, signed_in):
    assert clerk.post(page_of(desk[0], "hapus"), {"alasan": "Keliru"}).status_code == 403
    assert planner.post(page_of(desk[0], "hapus"), {"alasan": ""}).status_code == 422
    assert planner.post(page_of(desk[0], "hapus"), {"alasan": "Keliru"}).status_code == 302
    assert clerk.get(page_of(desk[0])).status_code == 404
    stranger = signed_in(Role.SERVICE, agency=KPU, name="contoh-asing")
    assert stranger.get(page_of(desk[1])).status_code == 404
    assert stranger.post(page_of(desk[1], "langkah"), {"tujuan": "dijawab"}).status_code == 404
