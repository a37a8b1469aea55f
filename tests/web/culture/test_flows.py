"""A study through its pages: framework, field, texts, coding and undoing, blind rounds, conclusions, follow-up."""

import re

import pytest
from django.utils import timezone
from tests.web.conftest import BIRO
from tests.web.culture.conftest import BALI, BASE, study

from selaras.actions.culture_field import save_identity
from selaras.core.access import Role
from selaras.store import models as tables

TODAY = timezone.localdate().isoformat()
HANDSHAKE = "🤝"
TEXT = f"Rapat pleno setiap Senin. Keputusan diambil bersama {HANDSHAKE}\nSemua datang tepat waktu."
OWN = "BK-UJI"
HTMX = {"HTTP_HX_REQUEST": "true"}


def sent(browser, code, *parts, **given):
    answer = browser.post(study(code, *parts), given)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer["Location"]


def seen(browser, code, *parts):
    answer = browser.get(study(code, *parts))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def own(team):
    """A study of the lead's own with one locked observation."""
    opened = {
        "kode": OWN,
        "judul": "Studi uji",
        "kerangka": "nilai-fungsi-faktor",
        "tahun": "2024",
        "pertanyaan": "Bagaimana?",
    }
    assert team.lead.post(f"{BASE}baru/", opened).status_code == 302
    sent(team.lead, OWN, "tim", akun="contoh-penyandi", peran="penyandi")
    new = {"judul": "Catatan rapat", "metode": "observasi", "pengumpul": "Pengamat", "teks": TEXT.replace("\n", "\r\n")}
    sent(team.lead, OWN, "sumber-baru", **new)
    sent(team.lead, OWN, "sumber", "S1", "kunci")
    return team


def marked(browser, start, end, code, stance="+", kind="pengalaman", **more):
    given = {"awal": start, "akhir": end, "kode": code, "arah": stance, "jenis": kind}
    return browser.post(study(OWN, "sandi", "S1", "tandai"), given, **(HTMX | more))


def test_offsets_of_a_browser_behind_an_emoji_give_the_words_that_were_shown(own):
    units = len(TEXT.split("\n")[0].encode("utf-16-le")) // 2
    assert units == 54
    answer = marked(own.lead, 0, units, "KP.SET")
    page = answer.content.decode()
    row = tables.StudySegment.objects.get(study__code=OWN)
    assert (row.start, row.end) == (0, 53)
    assert f'data-s="1" data-e="1">Rapat pleno setiap Senin. Keputusan diambil bersama {HANDSHAKE}</span>' in page
    marked(own.lead, units + 1, units + 6, "KN.DISP")
    assert ">Semua</span>" in seen(own.lead, OWN, "sandi", "S1")
    assert marked(own.lead, 52, 53, "KP.SET").status_code == 422, "inside the emoji"


def test_the_text_in_the_mark_up_is_the_text_of_the_source(own):
    for start, end in ((0, 30), (10, 45), (20, 25), (20, 60), (5, 50), (6, 70)):
        marked(own.lead, start, end, "KP.SET" if start != 20 else "KP.TEO")
    page = seen(own.lead, OWN, "sandi", "S1")
    inner = page.split('<div id="meja-isi" class="bk-inner">')[1].split("</div>")[0]
    assert re.sub("<[^>]+>", "", inner) == TEXT
    assert "pg-0 pg-1 pg-2" in inner


def test_a_coding_is_read_anew_taken_off_and_undone(own):
    marked(own.lead, 0, 10, "KP.SET")
    at = {"penggalan": "1", "kode": "KP.SET"}
    page = own.lead.post(study(OWN, "sandi", "S1", "baca"), at | {"arah": "-"}, **HTMX).content.decode()
    assert 'data-stance="-"' in page
    own.lead.post(
        study(OWN, "sandi", "S1", "memo"), {"penggalan": "1", "memo": "Baca ulang.", "jenis-memo": "refleksi"}, **HTMX
    )
    assert "Baca ulang." in seen(own.lead, OWN, "memo")
    own.lead.post(study(OWN, "sandi", "S1", "lepas"), at, **HTMX)
    assert not tables.StudyCoding.objects.filter(study__code=OWN).exists()
    page = own.lead.post(study(OWN, "sandi", "S1", "batal"), {}, **HTMX).content.decode()
    assert "Dibatalkan" in page
    assert tables.StudyCoding.objects.get(study__code=OWN).stance == "-"
    own.lead.post(study(OWN, "sandi", "S1", "batal"), {}, **HTMX)
    assert tables.StudyCoding.objects.get(study__code=OWN).stance == "+"
    assert own.coder.post(study(OWN, "sandi", "S1", "batal"), {}, **HTMX).status_code == 422
    fresh = {"kode": "MUS", "nama": "musyawarah", "penggalan": "1", "arah": "+", "jenis": "pengalaman"}
    assert "MUS" in own.lead.post(study(OWN, "sandi", "S1", "kode-baru"), fresh, **HTMX).content.decode()
    own.lead.post(study(OWN, "sandi", "S1", "ganti"), at | {"menjadi": "KP.TEO"}, **HTMX)
    used = tables.StudyCoding.objects.filter(study__code=OWN).order_by("code__code")
    assert list(used.values_list("code__code", flat=True)) == ["KP.TEO", "MUS"]
    log = seen(own.lead, OWN, "jejak")
    assert "sudah dibatalkan" in log


def test_codes_are_merged_and_split_and_both_can_be_undone(own):
    marked(own.lead, 0, 10, "KP.SET")
    marked(own.lead, 11, 25, "KP.SET")
    sent(own.lead, OWN, "kode", "KP.SET", "pecah", kode="KP.SET2", nama="Setia kedua", pilih=["2"])
    assert "Setia kedua" in seen(own.lead, OWN, "kode")
    sent(own.lead, OWN, "kode", "KP.SET2", "gabung", ke="KP.TEO")
    assert "digabungkan ke KP.TEO" in " ".join(seen(own.lead, OWN, "kode").split())
    for _turn in range(2):
        last = tables.CodingChange.objects.filter(study__code=OWN, undoes=None, undone=None).order_by("-pk").first()
        sent(own.lead, OWN, "jejak", perubahan=str(last.pk))
    assert tables.StudyCoding.objects.filter(study__code=OWN, code__code="KP.SET").count() == 2
    sent(own.lead, OWN, "kode", "KP.SET", "ganti", ke="KP.SOS", pilih=["1", "2"])
    assert tables.StudyCoding.objects.filter(study__code=OWN, code__code="KP.SOS").count() == 2
    sent(own.lead, OWN, "kode", kode="BARU", nama="Kode baru")
    sent(own.lead, OWN, "kode", "BARU", "hapus")


def test_coders_are_blind_until_the_round_is_closed_and_the_lead_decides_side_by_side(own):
    marked(own.lead, 0, 10, "KP.SET")
    marked(own.lead, 11, 25, "KP.TEO")
    opened = {"kode": "P1", "tujuan": "kesepakatan antarpenyandi", "satuan": "penggalan × kode"}
    sent(own.lead, OWN, "kesepakatan", **opened, penyandi=["contoh-ketua", "contoh-penyandi"])
    for browser, stance in ((own.lead, "+"), (own.coder, "-")):
        for segment in ("1", "2"):
            given = {
                "penggalan": segment,
                "kode": "KP.BIJ",
                "arah": stance if segment == "1" else "+",
                "jenis": "pengalaman",
            }
            assert browser.post(study(OWN, "sandi", "S1", "tambah"), given, **HTMX).status_code == 200
    for browser, own_sign, other in ((own.lead, "+", "contoh-penyandi"), (own.coder, "-", "contoh-ketua")):
        page = seen(browser, OWN, "sandi", "S1")
        mine = re.findall(r'data-segment="1" data-code="KP.BIJ" data-coder="([^"]+)" data-stance="(.)"', page)
        assert [stance for _coder, stance in mine] == [own_sign]
        assert f'data-code="KP.BIJ" data-coder="{other}"' not in page
        assert other not in seen(browser, OWN, "kode", "KP.BIJ")
    agreed = re.findall(r'data-code="KP.SET" data-coder="([^"]+)"', seen(own.coder, OWN, "sandi", "S1"))
    assert agreed == [], "what a coder of the round agreed on before would tell how the passage is read"
    assert "contoh-ketua" not in seen(own.coder, OWN, "kode", "KP.SET")
    assert "2 dari 2 penggalan" in seen(own.lead, OWN, "kesepakatan", "P1")
    assert own.coder.post(study(OWN, "kesepakatan", "P1", "tutup")).status_code == 403
    sent(own.lead, OWN, "kesepakatan", "P1", "tutup")
    page = seen(own.lead, OWN, "kesepakatan", "P1")
    assert "Perbedaan berdampingan" in page
    assert "1 perbedaan; 1 penyandian sama" in page
    assert "Penggalan × kode" in page
    sent(own.lead, OWN, "kesepakatan", "P1", "putuskan", putusan=["1|KP.BIJ|-|pengalaman"])
    final = tables.StudyCoding.objects.filter(study__code=OWN, layer="final", code__code="KP.BIJ")
    assert sorted(final.values_list("segment__code", "stance")) == [("1", "-"), ("2", "+")]
    assert "diputuskan" in seen(own.lead, OWN, "kesepakatan")
    wrong = own.lead.post(study(OWN, "kesepakatan", "P1", "putuskan"), {"putusan": ["apa"]})
    assert wrong.status_code == 422


def test_words_that_point_at_people_are_told_before_the_lock(own):
    sent(own.lead, OWN, "informan", peran="Sekretaris", kelompok="Pimpinan", pemegang="1", alasan="Tahu keputusan.")
    save_identity(own.actor("ketua"), agency=BIRO, study=OWN, informant="INF-01", name="Wayan Rekaan")
    given = {
        "judul": "Wawancara",
        "metode": "wawancara",
        "informan": "INF-01",
        "teks": "Kata Wayan, hubungi Bapak Rekaan di 0812-3456-7890.",
    }
    sent(own.lead, OWN, "sumber-baru", **given)
    page = seen(own.lead, OWN, "sumber", "S2")
    for words in ("Teks menyebut informan", "Bapak Rekaan", "0812-3456-7890"):
        assert words in page
    assert own.lead.post(study(OWN, "sumber", "S2", "kunci")).status_code == 422
    sent(own.lead, OWN, "sumber", "S2", **(given | {"teks": "Kata sekretaris, hubungi kantor."}))
    assert "peran dengan pemegang tunggal" in seen(own.lead, OWN, "sumber", "S2")
    sent(own.lead, OWN, "sumber", "S2", "kunci")
    refused = own.lead.post(study(OWN, "sumber", "S2"), given | {"teks": "Lain."})
    assert refused.status_code == 422
    assert own.lead.post(study(OWN, "sumber", "S1", "hapus"), {"alasan": "Salah"}).status_code == 302


def test_identities_are_for_the_lead_only_and_each_look_is_recorded(own, signed_in):
    sent(own.lead, OWN, "informan", peran="Staf", kelompok="Staf", alasan="Tahu.")
    sent(own.lead, OWN, "identitas", informan="INF-01", nama="Kadek Rekaan", kontak="", nip="")
    assert "Kadek Rekaan" not in seen(own.lead, OWN, "identitas")
    shown = own.lead.post(study(OWN, "identitas"), {"langkah": "buka", "informan": "INF-01"})
    assert "Kadek Rekaan" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert tables.AuditRecord.objects.filter(action="melihat identitas informan").count() == 1
    assert own.coder.get(study(OWN, "identitas")).status_code == 403
    assert own.planner.get(study(OWN, "identitas")).status_code == 403
    assert "Kadek" not in seen(own.lead, OWN, "informan")


def test_an_informant_agrees_and_withdraws_with_every_quote(team):
    given = {"kutip": "1", "diberikan": TODAY, "formulir": "v1"}
    sent(team.lead, BALI, "informan", "INF-06", "persetujuan", **given)
    assert "dikutip" in seen(team.lead, BALI, "informan")
    sent(team.lead, BALI, "memo", tentang="31 BX.SAMA", memo="Perbedaan pendapat.", jenis="refleksi")
    hasty = team.lead.post(study(BALI, "informan", "INF-06", "tarik"), {"tanggal": TODAY})
    assert hasty.status_code == 422
    assert "tidak dapat dibatalkan" in hasty.content.decode()
    given = {"tanggal": TODAY, "yakin": "1"}
    answer = team.lead.post(study(BALI, "informan", "INF-06", "tarik"), given, follow=True)
    page = answer.content.decode()
    assert "Satu-satunya bantahan untuk kode" in page
    assert "4 penggalan dihapus" in page
    assert "Perbedaan pendapat." not in seen(team.lead, BALI, "memo")
    left = seen(team.lead, BALI, "sajian")
    assert "− <span" not in left
    assert tables.StudySegment.objects.filter(study__code=BALI).count() == 33


def test_memos_are_read_and_taken_out_by_the_team_only(team):
    note = "Stance 0: saran yang menyiratkan kekurangan."
    assert note in seen(team.lead, BALI, "memo")
    assert note in seen(team.lead, BALI, "sandi", "S6")
    assert note in seen(team.lead, BALI, "kode", "KX.KOM")
    assert note not in seen(team.planner, BALI, "kode", "KX.KOM")
    path = f"{BASE}berkas/{BALI}/unduh/"
    table = team.coder.post(path, {"bentuk": "memo-csv"}).content.decode()
    line = next(line for line in table.splitlines() if note in line)
    assert line.startswith("33 KX.KOM,reduksi,penyandi-1,S6,")
    assert team.coder.post(path, {"bentuk": "memo-xlsx"}).status_code == 200
    assert team.planner.post(path, {"bentuk": "memo-csv"}).status_code == 403


def test_a_guide_is_drawn_edited_and_printed(team):
    url = sent(team.lead, BALI, "pedoman", metode="wawancara", judul="Pedoman wawancara")
    page = team.lead.get(url).content.decode()
    assert page.count('name="teks"') == 17
    edited = {
        "judul": "Pedoman kedua",
        "pembuka": "Terima kasih.",
        "simpul": ["KP.SET", ""],
        "teks": ["Siapa membantu Anda?", ""],
    }
    assert team.lead.post(url, edited).status_code == 302
    paper = team.planner.get(f"{url}cetak/").content.decode()
    assert "Siapa membantu Anda?" in paper
    assert "Terima kasih." in paper
    assert team.lead.post(f"{url}hapus/").status_code == 302


def test_an_own_framework_is_copied_grown_moved_and_versioned(team):
    lead, base = team.lead, f"{BASE}kerangka/"
    assert lead.post(f"{base}nilai-fungsi-faktor/salin/", {"kode": "kita", "nama": "Kerangka kita"}).status_code == 302
    assert lead.get(f"{base}nilai-fungsi-faktor/simpul/").status_code == 422
    node = {"kode": "KP.UJI", "nama": "Uji", "tingkat": "indikator", "induk": "KP", "definisi": "", "peran": "-", "lihat": "1",
            "q-kode": ["", ""], "q-cara": ["wawancara", "likert"], "q-teks": ["Apa buktinya?", "Ada buktinya."], "q-kelompok": ["", "X1"],
            "q-balik": ["1"]}  # fmt: skip
    assert lead.post(f"{base}kita/simpul/?induk=KP", node).status_code == 302
    content = tables.CultureFramework.objects.get(code="kita").content
    codes = [item["code"] for item in content["nodes"]]
    assert codes.index("KP.UJI") == codes.index("KP.SET") + 1
    assert [item["reverse"] for item in content["nodes"][codes.index("KP.UJI")]["questions"]] == [False, True]
    assert lead.post(f"{base}kita/simpul/pindah/", {"simpul": "KP.UJI", "arah": "naik"}).status_code == 302
    codes = [item["code"] for item in tables.CultureFramework.objects.get(code="kita").content["nodes"]]
    assert codes.index("KP.UJI") == codes.index("KP.SET") - 1
    assert lead.post(f"{base}kita/simpul/pindah/", {"simpul": "BF", "arah": "naik"}).status_code == 302
    codes = [item["code"] for item in tables.CultureFramework.objects.get(code="kita").content["nodes"]]
    assert codes[0] == "BF"
    lead.post(f"{BASE}baru/", {"kode": "K1", "judul": "Kita", "kerangka": "kita", "tahun": "2024"})
    assert lead.post(f"{base}kita/simpul/hapus/", {"simpul": "KP.UJI"}).status_code == 302
    assert tables.CultureFramework.objects.get(code="kita").content["version"] == "2"
    assert lead.get(f"{base}kita/atur/").status_code == 200
    assert (
        lead.post(
            f"{base}baru/", {"kode": "baru-kita", "nama": "Baru", "konstruk": "Satu", "pertanyaan": "Apa?"}
        ).status_code
        == 302
    )
    assert lead.post(f"{base}baru-kita/hapus/").status_code == 302


def test_a_conclusion_is_written_against_the_matrix_checked_and_frozen(team):
    given = {"pernyataan": "Kerja sama terjaga.", "kode": ["BX.SAMA", "KP.REL"], "konstruk": ""}
    url = sent(team.lead, BALI, "simpulan-baru", **given)
    page = team.lead.get(url).content.decode()
    assert "penggalan 31 menyangkal" in page
    assert "Tidak ada bukti" in page
    for kind, more in (
        ("cara pemeriksaan", {"cara": "bukti yang menyangkal"}), ("cara pemeriksaan", {"cara": "triangulasi"}),
        ("umpan balik informan", {"informan": "INF-01", "setuju": "ya", "tanggal": TODAY}),
    ):  # fmt: skip
        assert team.lead.post(f"{url}periksa/", {"jenis": kind, "hasil": "Sudah dicari.", **more}).status_code == 302
    assert (
        team.coder.post(f"{url}periksa/", {"jenis": "pembaca kedua", "setuju": "tidak", "hasil": "Kurang."}).status_code
        == 302
    )
    assert (
        team.lead.post(f"{url}periksa/", {"jenis": "pembaca kedua", "setuju": "ya", "hasil": "Saya."}).status_code
        == 422
    )
    assert team.lead.post(f"{url}bekukan/").status_code == 302
    page = team.lead.get(url).content.decode()
    assert "Terverifikasi" in page
    assert "Dibekukan" in page
    assert team.lead.post(url, given | {"kekuatan": "kuat"}).status_code == 422
    assert team.lead.post(url, given | {"kekuatan": "lemah", "alasan": "Satu kelompok."}).status_code == 302
    assert "Kekuatan diubah peneliti" in team.lead.get(url).content.decode()
    code = url.rstrip("/").rsplit("/", 1)[1]
    action = {"rekomendasi": "Hidupkan berbagi tugas.", "tindakan": "Rapat sebelum acara.", "pemilik": "KABIRO", "tenggat": "2024-12-01",
              "simpulan": code}  # fmt: skip
    sent(team.lead, BALI, "tindak-lanjut", "baru", "simpan", **action)
    page = seen(team.planner, BALI, "tindak-lanjut")
    assert "Terlambat" in page
    number = tables.StudyAction.objects.get(statement=action["rekomendasi"]).code
    wrong = team.lead.post(study(BALI, "tindak-lanjut", number, "keadaan"), {"keadaan": "selesai", "hasil": ""})
    assert wrong.status_code == 422
    sent(team.lead, BALI, "tindak-lanjut", number, "keadaan", keadaan="selesai", hasil="Terlaksana.")
    sent(team.lead, BALI, "tindak-lanjut", number, "hapus", alasan="Ganda")
    assert team.lead.post(f"{url}hapus/", {"alasan": "Ganda"}).status_code == 302


def test_a_study_goes_on_only_when_its_gate_lets_it_and_back_with_a_reason(own):
    assert own.coder.post(study(OWN, "tahap"), {"ke": "pengumpulan"}).status_code == 403
    sent(own.lead, OWN, "tahap", ke="pengumpulan")
    sent(own.lead, OWN, "tahap", ke="reduksi")
    assert own.lead.post(study(OWN, "tahap"), {"ke": "penyajian"}).status_code == 422
    assert "S1: sumber belum disandi" in seen(own.lead, OWN)
    assert own.lead.post(study(OWN, "tahap"), {"ke": "pengumpulan"}).status_code == 422
    sent(own.lead, OWN, "tahap", ke="pengumpulan", alasan="Satu wawancara lagi.")
    assert "Satu wawancara lagi." in seen(own.lead, OWN)
    assert own.leader.post(study(OWN, "terbit")).status_code == 422
    saved = {"judul": "Studi uji", "k_screen": "5", "k_publish": "10", "strong_accounts": "3", "strong_groups": "2", "fair_accounts": "2",
             "lengkap": "1", "metode": ["wawancara", "dokumen"], "nilai": "Kolaboratif: KP.SET"}  # fmt: skip
    sent(own.lead, OWN, "atur", **saved)
    assert "Kolaboratif" in seen(own.lead, OWN)
    assert own.lead.post(study(OWN, "atur"), saved | {"k_screen": "2"}).status_code == 422
    sent(own.lead, OWN, "hapus", alasan="Hanya uji.")
    assert own.lead.get(study(OWN)).status_code == 404


@pytest.mark.parametrize(
    ("place", "given", "kept"),
    [
        (("informan",), {"peran": "", "kelompok": "Staf", "pemegang": "2", "alasan": "Tahu isinya."}, "Tahu isinya."),
        (("simpulan-baru",), {"pernyataan": "Arahan jelas.", "konstruk": "", "kekuatan": "kuat", "alasan": "",
                              "tandingan": "Yang lain.", "rekomendasi": "", "kode": "KP.TEO"}, "Yang lain."),
        (("tindak-lanjut", "baru", "simpan"), {"rekomendasi": "", "tindakan": "Rapat pagi", "pemilik": "", "pemilik-lain": "",
                                               "unit": "", "tenggat": "", "simpulan": ""}, "Rapat pagi"),
    ],
)  # fmt: skip
def test_a_refused_form_comes_back_with_its_reason_and_what_was_typed(place, given, kept, own):
    answer = own.lead.post(study(OWN, *place), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tidak ada yang disimpan" in page
    assert kept in page


def test_a_refused_node_keeps_its_questions(own):
    own.lead.post(f"{BASE}kerangka/berakhlak/salin/", {"kode": "milik", "nama": "Milik sendiri"})
    given = {"kode": "X Y", "nama": "Dimensi", "tingkat": "dimensi", "induk": "BA", "peran": "-", "definisi": "", "catatan": "",
             "lihat": "", "q-kode": "", "q-cara": "wawancara", "q-teks": "Apa yang berubah?", "q-kelompok": ""}  # fmt: skip
    answer = own.lead.post(f"{BASE}kerangka/milik/simpul/?induk=BA", given)
    assert answer.status_code == 422
    assert "Apa yang berubah?" in answer.content.decode()


def test_a_role_in_one_unit_leads_no_study_of_the_agency(own):
    other = own.signed_in(Role.CULTURE, unit="KJF", name="contoh-unit")
    tables.StudyMember.objects.filter(study__code=OWN).delete()
    assert other.get(study(OWN, "identitas")).status_code == 403
    assert other.get(study(OWN, "sandi", "S1")).status_code == 403
    assert other.post(study(OWN, "informan"), {"peran": "Staf", "kelompok": "Staf"}).status_code == 403
