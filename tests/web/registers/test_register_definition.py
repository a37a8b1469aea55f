"""Definitions in the browser: parts, filters, preview, files, versions; figures with their records; import; retention."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import BIRO
from tests.web.registers.conftest import DESK, PPID, asked

from selaras.actions import register_records as records
from selaras.actions import registers
from selaras.core.access import Role
from selaras.core.registers.copying import as_data
from selaras.rulebook.registers import presets
from selaras.store import models as tables
from selaras.store.register_access import find_register
from selaras.web.registers.part_forms import FORMS, key_of

BASE = f"/i/{BIRO}/2026/register/"
DEFINITION = f"{BASE}{PPID}/definisi/"


def held():
    return find_register(BIRO, PPID)


def part(word, key=""):
    return f"{DEFINITION}bagian/{word}/" + (f"?kunci={key}" if key else "")


def sent(page):
    """What a browser would send back of the form of a part, as it stands."""
    form = page.context["form"]
    made = {"lihat": page.context["seen"]}
    for each in [form, *getattr(form, "terms", [])]:
        for bound in each:
            value = bound.value()
            if value is not None and value is not False:
                made[bound.html_name] = value if isinstance(value, list) else str(value)
        for box in each.boxes:
            made |= sent_group(box.root)
    return made


def sent_group(group):
    made = {f"{group.name}-cara": group.mode}
    for item in group.parts:
        if item.is_group:
            made |= sent_group(item)
        else:
            made |= {
                f"{item.name}-perihal": item.subject,
                f"{item.name}-banding": item.op,
                f"{item.name}-nilai": item.value,
            }
    return made


WORDS = {
    "fields": "isian", "states": "keadaan", "transitions": "peralihan", "demands": "syarat", "deadlines": "tenggat",
    "rules": "aturan", "summaries": "ringkasan", "letters": "surat",
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_saving_a_part_as_it_stands_changes_nothing(name, desk, planner):
    before = as_data(held().register)
    for entry in before.get(name, []):
        address = part(WORDS[name], key_of(name, entry).replace(">", "%3E"))
        page = planner.get(address)
        assert page.status_code == 200
        assert planner.post(address, sent(page)).status_code == 302, entry
    assert as_data(held().register) == before
    assert planner.get(part(WORDS[name])).status_code == 200


def test_every_preset_survives_its_own_forms(planner, inside):
    for register in presets().values():
        whole = as_data(register)
        for name, form in FORMS.items():
            for entry in whole.get(name, []):
                page = type("Page", (), {"context": {"form": form(register, entry), "seen": 1}})
                again = form(register, entry, sent(page))
                assert again.is_valid(), (register.code, entry, again.errors)
                assert again.made() == entry, register.code


def test_a_field_is_added_changed_and_refused_in_place(desk, planner):
    given = {"lihat": 1, "code": "kanal", "name": "Kanal", "kind": "pilihan", "choices": "loket\nlaman\n"}
    assert planner.post(part("isian"), given).status_code == 302
    assert held().register.field("kanal").choices == ("loket", "laman")
    assert planner.post(part("isian"), given | {"code": "lain"}).status_code == 409
    wrong = planner.post(part("isian"), {"code": "Kode Salah", "name": "X", "kind": "teks"})
    assert wrong.status_code == 422
    assert "Kode Salah" in wrong.content.decode()
    used = planner.post(part("isian", "nama"), {"hapus": "ya"})
    assert used.status_code == 422
    assert "nama" in used.content.decode()
    assert held().register.field("nama") is not None
    assert planner.post(part("isian", "kanal"), {"hapus": "ya"}).status_code == 302
    assert planner.get(part("isian", "tidak_ada")).status_code == 404
    assert planner.get(part("lain")).status_code == 404


def rule_given(**more):
    return {
        "code": "ditolak", "name": "Permohonan yang ditolak", "basis": "dalam periode", "dated": "@opened",
        "has_denominator": "on", "numerator_how": "rekaman", "denominator_how": "rekaman", "source": "Usulan",
        "certainty": "inferred", "nothing": "Tidak ada permohonan.", "penyebut-0-perihal": "@state",
        "penyebut-0-banding": "!=", "penyebut-0-nilai": "Dibatalkan", "pembilang-0-perihal": "@state",
        "pembilang-0-banding": "=", "pembilang-0-nilai": "diproses",
    } | more  # fmt: skip


def test_a_filter_is_built_group_by_group_without_a_script(desk, planner):
    given = rule_given(code="susun", name="")
    page = planner.post(part("aturan"), given | {"susun": "pembilang|kelompok|pembilang"})
    assert page.status_code == 200
    assert not page.context["form"].errors
    assert held().register.rule("susun") is None
    box = page.context["form"].boxes[1]
    inner = next(item for item in box.root.parts if item.is_group)
    given = sent(page) | {"name": "Bersusun", f"{inner.name}-0-perihal": "biaya", f"{inner.name}-0-banding": "filled"}
    page = planner.post(part("aturan"), given | {"susun": f"pembilang|kelompok|{inner.name}"})
    deepest = f"{inner.name}-1"
    given = sent(page) | {
        f"{deepest}-cara": "none", f"{deepest}-0-perihal": "jenis_pemohon", f"{deepest}-0-nilai": "badan hukum",
        f"{deepest}-1-perihal": "biaya", f"{deepest}-1-banding": ">", f"{deepest}-1-nilai": "1000",
    }  # fmt: skip
    empty = planner.post(part("aturan"), given | {f"{deepest}-0-perihal": "", f"{deepest}-1-perihal": ""})
    assert empty.status_code == 422
    assert "kelompok tanpa baris" in empty.content.decode()
    assert planner.post(part("aturan"), given).status_code == 302
    made = as_data(held().register)["rules"][-1]["numerator"]["where"]
    assert made == {"all": [
        {"field": "@state", "op": "=", "value": "diproses"},
        {"any": [
            {"field": "biaya", "op": "filled"},
            {"not": {"any": [
                {"field": "jenis_pemohon", "op": "=", "value": "badan hukum"}, {"field": "biaya", "op": ">", "value": 1000},
            ]}},
        ]},
    ]}  # fmt: skip
    page = planner.get(part("aturan", "susun"))
    assert planner.post(part("aturan", "susun"), sent(page)).status_code == 302
    assert as_data(held().register)["rules"][-1]["numerator"]["where"] == made
    page = planner.post(
        part("aturan", "susun"), sent(planner.get(part("aturan", "susun"))) | {"susun": f"pembilang|hapus|{inner.name}"}
    )
    assert not any(item.is_group for item in page.context["form"].boxes[1].root.parts)


def test_a_state_comes_with_its_ways_and_takes_them_along(desk, planner):
    given = {"lihat": 1, "code": "ditunda", "name": "Ditunda", "told": "Permohonan Anda ditunda."}
    alone = planner.post(part("keadaan"), given)
    assert alone.status_code == 422
    assert "tidak dapat dicapai" in alone.content.decode()
    given |= {"sources": ["diproses"], "targets": ["diproses", "ditolak"], "movers": ["petugas layanan"]}
    assert planner.post(part("keadaan"), given).status_code == 302
    ways = {(way.source, way.target) for way in held().register.transitions}
    assert {("diproses", "ditunda"), ("ditunda", "diproses"), ("ditunda", "ditolak")} <= ways
    assert "sources" not in planner.get(part("keadaan", "ditunda")).context["form"].fields
    assert planner.post(part("keadaan", "ditunda"), {"hapus": "ya"}).status_code == 302
    assert held().register.state("ditunda") is None
    assert not any("ditunda" in {way.source, way.target} for way in held().register.transitions)


def test_a_rule_is_tried_while_it_is_written_and_then_counts(desk, planner):
    shown = planner.post(f"{DEFINITION}pratinjau/", rule_given()).content.decode()
    assert "1 dari" in shown
    assert desk[1] in shown
    assert held().register.rule("ditolak") is None
    assert (
        "belum diisi"
        in planner.post(f"{DEFINITION}pratinjau/", rule_given(**{"pembilang-0-nilai": ""})).content.decode()
    )
    assert planner.post(part("aturan"), rule_given()).status_code == 302
    page = planner.get(f"{BASE}{PPID}/angka/ditolak/").content.decode()
    assert "Rekaman di balik angka" in page
    assert desk[1] in page
    nested = rule_given(code="bukan", **{"pembilang-cara": "none"})
    assert planner.post(part("aturan"), nested).status_code == 302
    assert "bukan (" in planner.get(DEFINITION).content.decode()


def test_an_indicator_is_bound_shows_its_records_and_is_let_go(desk, planner):
    rows = tables.Indicator.objects.filter(agency__code=BIRO, value_kind="persen")
    code = rows.values_list("code", flat=True).first()
    assert not tables.Realisation.objects.filter(indicator__code=code, year=2026).exists()
    page = f"{BASE}{PPID}/angka/sesuai_sop/"
    assert code in planner.get(page + "ikat/").content.decode()
    assert planner.post(page + "ikat/", {"indikator": code}).status_code == 302
    assert "dihitung sendiri" in planner.get(page + "ikat/").content.decode()
    assert "dihitung sendiri" in planner.get(f"{BASE}ikat-indikator/{code}/").content.decode()
    assert "ikat-indikator" in planner.get(f"/i/{BIRO}/2026/perencanaan/indikator/{code}/").content.decode()
    value = planner.get(f"/i/{BIRO}/2026/pengukuran/{code}/tahun/1/").content.decode()
    assert "Dihitung dari register" in value
    assert "angka/sesuai_sop/" in value
    assert planner.post(page + "ikat/", {"indikator": ""}).status_code == 422
    assert planner.post(f"{BASE}ikat-indikator/", {"indikator": code, "aturan": ""}).status_code == 302
    assert "diketik" in planner.get(f"{BASE}ikat-indikator/{code}/").content.decode()
    back = f"/i/{BIRO}/2026/perencanaan/indikator/{code}/"
    bound = planner.post(f"{BASE}ikat-indikator/", {"indikator": code, "aturan": f"{PPID}/sesuai_sop", "kembali": back})
    assert bound["Location"] == back
    assert planner.post(f"{BASE}hitung-ulang/").status_code == 302
    assert planner.post(f"{BASE}lepas-indikator/", {"indikator": code}).status_code == 302


def test_a_value_that_was_handed_in_before_is_said_to_differ(desk, planner):
    year = 2024
    row = tables.Realisation.objects.filter(
        indicator__agency__code=BIRO, indicator__value_kind="persen", year=year, span="tahun", status="terverifikasi"
    ).select_related("indicator").first()  # fmt: skip
    code = row.indicator.code
    base = f"/i/{BIRO}/{year}/register/"
    records.open_record(DESK, agency=BIRO, register=PPID, texts=asked(), on=date(year, 5, 6))
    assert planner.post(f"{base}{PPID}/angka/sesuai_sop/ikat/", {"indikator": code}).status_code == 302
    for page in (f"{base}{PPID}/angka/sesuai_sop/ikat/", f"{base}ikat-indikator/{code}/"):
        words = planner.get(page).content.decode()
        assert "Nilai yang sudah diserahkan berbeda" in words
        assert "terverifikasi" in words
    assert "berbeda" not in planner.get(f"{BASE}ikat-indikator/{code}/").content.decode()


def test_nothing_to_count_is_said_so(inside, planner, signed_in):
    registers.take_preset(DESK, agency=BIRO, preset_code=PPID)
    page = planner.get(f"{BASE}{PPID}/angka/sesuai_sop/").content.decode()
    assert "Tidak ada permohonan." in page
    assert "%" not in page.split("reg-figure")[1][:60]
    assert signed_in(Role.LEADER).post(f"{BASE}{PPID}/angka/sesuai_sop/ikat/", {"indikator": "X"}).status_code == 403
    assert planner.get(f"{BASE}{PPID}/angka/tidak_ada/").status_code == 404
    assert planner.get(f"{BASE}{PPID}/angka/sesuai_sop/?bagian=lain").status_code == 404


def test_a_register_is_begun_changed_carried_as_file_put_away_and_deleted(planner, inside):
    given = {
        "code": "peminjaman_aula",
        "name": "Peminjaman aula",
        "source": "Kebutuhan bagian umum",
        "opened_by": ["perencana"],
    }
    assert planner.post(f"{BASE}register-baru/", given | {"code": "Salah"}).status_code == 422
    assert planner.post(f"{BASE}register-baru/", {}).status_code == 422
    assert planner.post(f"{BASE}register-baru/", given).status_code == 302
    own = f"{BASE}peminjaman_aula/definisi/"
    assert "Peminjaman aula" in planner.get(own).content.decode()
    head = given | {
        "certainty": "inferred", "readers": ["perencana"], "pattern": "{urut:03}/AULA/{tahun}", "restart": "tahun", "lihat": 1,
        "months": "24", "after": "@closed", "clearing": "dihapus", "retention_source": "Jadwal retensi",
    }  # fmt: skip
    assert planner.post(own + "pokok/", head | {"pattern": "tetap"}).status_code == 422
    assert planner.post(own + "pokok/", head).status_code == 302
    assert planner.post(own + "pokok/", head).status_code == 409
    toml = planner.get(own + "unduh/toml/")
    assert b"AULA" in toml.content
    assert planner.get(own + "unduh/json/").status_code == 200
    assert planner.get(own + "unduh/exe/").status_code == 404
    assert b"{urut:04}" in planner.get(own + "versi/1/").content
    assert planner.get(own + "versi/9/").status_code == 404
    changed = toml.content.replace(b"Peminjaman aula", b"Peminjaman aula dan ruang")
    assert planner.post(f"{BASE}muat-definisi/", {"berkas": SimpleUploadedFile("r.toml", changed)}).status_code == 302
    assert "aula dan ruang" in planner.get(own).content.decode()
    assert planner.post(f"{BASE}muat-definisi/", {"berkas": SimpleUploadedFile("r.toml", b"[[")}).status_code == 422
    assert planner.post(f"{BASE}muat-definisi/", {}).status_code == 422
    assert planner.post(own + "hitung-ulang/").status_code == 302
    assert planner.post(own + "pakai/", {"pakai": "tidak"}).status_code == 302
    assert "1 register disimpan" in planner.get(BASE).content.decode()
    assert planner.post(own + "pakai/", {"pakai": "ya"}).status_code == 302
    assert planner.post(own + "hapus/").status_code == 302
    assert planner.get(own).status_code == 404


def test_a_register_with_records_is_not_deleted(desk, planner):
    assert planner.post(f"{DEFINITION}hapus/").status_code == 422


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in [
        ("Tanggal masuk", "Nama pemohon", "Jenis pemohon", "Informasi yang diminta", "Tujuan penggunaan informasi"),
        *rows,
    ]:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile("rekaman.xlsx", file.getvalue())


def test_a_file_is_tried_with_its_faults_by_cell_and_then_loaded(desk, signed_in):
    clerk = signed_in(Role.SERVICE)
    address = f"{BASE}{PPID}/impor/"
    good = ("2026-01-05", "Made Contoh", "perorangan", "Laporan", "Penelitian")
    refused = clerk.post(address, {"berkas": workbook(good, ("2026-01-05", "Made", "siapa saja", "", "X"))})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "C3" in page
    assert "siapa saja" in page
    before = tables.RegisterRecord.objects.count()
    tried = clerk.post(address, {"berkas": workbook(good, good)})
    assert "2 rekaman siap dimuat" in tried.content.decode()
    assert tables.RegisterRecord.objects.count() == before
    loaded = clerk.post(address, {"tiket": tried.context["ticket"]})
    assert loaded.status_code == 302
    assert tables.RegisterRecord.objects.count() == before + 2
    assert clerk.post(address, {"tiket": tried.context["ticket"]}).status_code == 404
    assert clerk.post(address, {"berkas": SimpleUploadedFile("a.exe", b"MZ")}).status_code == 422
    assert clerk.get(address + "templat/").content[:2] == b"PK"


def test_an_export_holds_personal_data_only_for_who_reads_them(desk, planner, signed_in):
    address = f"{BASE}{PPID}/ekspor/?bentuk=csv"
    plain = planner.get(address).content.decode("utf-8-sig")
    assert desk[0] in plain
    assert "Sari Rahasia" not in plain
    assert planner.get(address + "&pribadi=ya").status_code == 403
    clerk = signed_in(Role.SERVICE)
    assert "Sari Rahasia" in clerk.get(address + "&pribadi=ya").content.decode("utf-8-sig")
    assert clerk.get(f"{BASE}{PPID}/ekspor/?hanya=late").content[:2] == b"PK"
    assert clerk.get(f"{BASE}{PPID}/ekspor/?bentuk=exe").status_code == 404


def test_what_is_kept_too_long_is_counted_and_cleared_by_the_administrator(desk, planner, signed_in):
    assert planner.post(f"{BASE}masa-simpan/", {"langkah": "hitung"}).status_code == 403
    admin = signed_in(Role.ADMINISTRATOR)
    assert "Tidak ada rekaman yang habis" in admin.post(f"{BASE}masa-simpan/", {"langkah": "hitung"}).content.decode()
    assert admin.post(f"{BASE}masa-simpan/", {"langkah": "bersihkan"}).status_code == 302


def test_the_yearly_report_of_every_preset_opens(planner, inside):
    for code, register in presets().items():
        registers.create_register(DESK, agency=BIRO, register=register)
        assert planner.get(f"{BASE}{code}/laporan-tahunan/").status_code == 200
        assert planner.get(f"{BASE}{code}/angka/").status_code == 200
