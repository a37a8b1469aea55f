"""Pages over all agencies: what they show inside and to everybody, who may open them, and what they give out."""

import io
import json
import zipfile

import openpyxl
import pytest
from django.utils import timezone

from selaras.analytics import computing
from selaras.analytics import kept as results
from selaras.core.access import Role
from selaras.documents.books import BookLine, index_data
from selaras.documents.open_check import package_faults
from selaras.store.models import Agency, ReportBook, ReportEdition
from selaras.store.models.work import EditionState
from selaras.web.nation.frame import report_page
from tests.analytics.made_nation import plant, write_nation

FEW_SIGNS = 20
"""Rows of a sign that are kept in memory here, so that a small nation has more."""
AGENCY = "/nasional/instansi/CONTOH-004/2024/"
PAGES = {
    "/nasional/": (
        "Kinerja nasional",
        "Kementerian/lembaga",
        "tidak tercapai di mana-mana",
        "Di mana uang terserap tanpa hasil",
        "Yang tidak diketahui halaman ini",
        "laporan kinerja tahun ini",
    ),
    "/nasional/sasaran/satu/?jenis=sekretariat+KPU&sasaran=meningkatnya+mutu+layanan+1": (
        "capaian belum memenuhi target",
    ),
    "/nasional/instansi/?urut=nama&jenis=sekretariat+KPU": ("Sekretariat Pemilihan Contoh 004", "Dari tahun ke tahun"),
    AGENCY: ("Siapa seperti saya dan lebih baik", "Bidang 2", "Indeks kepuasan masyarakat"),
    f"{AGENCY}?unit=U2": ("Semua unit",),
    f"{AGENCY}I3/": ("realisasi ÷ target × 100%", "Laporan terbit yang memuatnya", "Letaknya"),
    "/nasional/indikator/": ("Median", "Jumlah orang yang dilatih"),
    "/nasional/indikator/satu/?tahun=2024&jenis=sekretariat+KPU&indikator=indeks+kepuasan+masyarakat&satuan=indeks": (
        "Contoh 004",
    ),
    "/nasional/sasaran/": ("Meningkatnya mutu layanan 1",),
    "/nasional/tanda/": ("Tanda, bukan putusan", "Diharapkan kebetulan"),
    "/nasional/tanda/pencilan/": ("jauh di bawah median", "Penjelasan lain yang wajar"),
    "/nasional/tanda/angka-bulat/": ("Bertahan", "Benjamini"),
    "/nasional/data/": ("datapackage.json", "Satu Data Indonesia"),
    "/nasional/buku/": ("Belum ada buku laporan",),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Eight agencies of each kind, which is what the sign of outliers needs, in two years."""
    made = tmp_path_factory.mktemp("nation")
    return write_nation(made, 24, (2023, 2024), change=plant)


@pytest.fixture(scope="module")
def store(tmp_path_factory, folder):
    """The results of both sides, computed here; those of a role over some agencies come from a process, as in the service."""
    made = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as fewer:
        fewer.setattr(computing, "MOST_ROWS", FEW_SIGNS)
        for public in (False, True):
            computing.compute(folder, made, public=public)
    return made


@pytest.fixture
def nation(inside, settings, folder, store, monkeypatch):
    """The made-up nation, its results kept for the whole module."""
    settings.NATION = str(folder)
    for module in ("frame", "views_data"):
        monkeypatch.setattr(f"selaras.web.nation.{module}.nation_kept", lambda: store)
        monkeypatch.setattr(f"selaras.web.nation.{module}.WAIT", 120.0)
    return folder


@pytest.fixture
def central(signed_in, nation):
    return signed_in(Role.PLANNER, agency=None, name="pusat")


def test_every_page_shows_what_it_promises_in_few_queries(central, django_assert_max_num_queries):
    for address, words in PAGES.items():
        with django_assert_max_num_queries(12):
            answer = central.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert all(word in text for word in words), (address, [word for word in words if word not in text])
        if "/tanda/" not in address and "/buku/" not in address:
            public = central.get(address.replace("/nasional/", "/publik/nasional/", 1))
            assert public.status_code == 200, address
            assert "/nasional/tanda/" not in public.content.decode()


def test_only_who_reaches_every_agency_comes_in(signed_in, nation, client):
    one = signed_in(Role.PLANNER)
    assert [one.get(address).status_code for address in ("/nasional/", "/nasional/tanda/", "/nasional/buku/")] == [
        403
    ] * 3
    assert client.get("/nasional/").status_code == 302
    reviewer = signed_in(Role.REVIEWER, agency=None, name="pereviu-pusat")
    assert reviewer.get("/nasional/tanda/").status_code == 200
    assert reviewer.get("/nasional/buku/").status_code == 403
    assert client.get("/publik/nasional/tanda/").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["instansi/TIDAK-ADA/2024/", "instansi/CONTOH-004/1999/", "instansi/CONTOH-004/2024/TIDAK/", "?tahun=1999", "?tahun=" + "9" * 5000, "tanda/ramalan/",
     "indikator/satu/?indikator=tidak+ada"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(address, central):
    assert central.get(f"/nasional/{address}").status_code == 404


def test_what_another_installation_tells_is_a_link_only_as_an_address_of_a_page(inside):
    def told(page):
        return report_page({"page": page, "agency": "BIRO-ORG", "year": 2024, "sha256": "0" * 64})

    assert told("https://a.contoh.go.id/publik/A/2024/") == "https://a.contoh.go.id/publik/A/2024/"
    assert [told(page) for page in ("javascript:alert(1)", "//a.contoh.go.id/", "publik/BIRO-ORG/2024/", None)] == [
        ""
    ] * 4
    here = ReportEdition.objects.create(
        agency=Agency.objects.get(code="BIRO-ORG"), year=2024, kind="lkjip", span="tahun", index=1, version=9,
        state=EditionState.PUBLISHED.value, snapshot_sha256="0" * 64, files={}, frozen_at=timezone.now(), frozen_by="Contoh",
    )  # fmt: skip
    assert told("publik/BIRO-ORG/2024/") == "/publik/BIRO-ORG/2024/"
    here.delete()


def test_a_small_nation_says_what_could_not_be_tested_and_counts_units_where_nobody_is_counted(
    signed_in, inside, settings, tmp_path, monkeypatch
):
    def nobody(_code, year, found):
        if year == 2023:
            for row in found["indicators"]:
                row["name"], row["family"] = f"{row['name']} lama", f"{row['family']} lama"
                row["sasaran_title"] = f"{row['sasaran_title']} lama"
        for row in found["agencies"]:
            row["staff"] = 0

    settings.NATION = str(write_nation(tmp_path / "kecil", 9, (2023, 2024), change=nobody))
    computing.compute(tmp_path / "kecil", tmp_path / "hasil", public=False)
    monkeypatch.setattr("selaras.web.nation.frame.nation_kept", lambda: tmp_path / "hasil")
    central = signed_in(Role.PLANNER, agency=None, name="pusat-kecil")
    assert "belum ada yang dapat diuji" in central.get("/nasional/").content.decode()
    assert "Belum ada yang dapat diuji" in central.get("/nasional/tanda/pencilan/").content.decode()
    pages = [central.get(f"/nasional/instansi/CONTOH-00{number}/2024/").content.decode() for number in range(1, 10)]
    assert any(" unit</small>" in page for page in pages)
    assert not any("0 pegawai" in page for page in pages)
    for asked in (
        "indikator/satu/?indikator=indeks+kepuasan+masyarakat&satuan=indeks",
        "sasaran/satu/?sasaran=meningkatnya+mutu+layanan+1",
    ):
        page = central.get(f"/nasional/{asked}&tahun=2024&jenis=sekretariat+KPU")
        assert page.status_code == 200 and "tahun=2023" not in page.content.decode()


def sheet_of(client, address):
    return openpyxl.load_workbook(io.BytesIO(client.get(address).content)).active


def lines_of(client, address):
    return client.get(address).getvalue().decode("utf-8-sig").splitlines()


def test_every_table_goes_out_as_xlsx_and_csv(central):
    for address in ("instansi/?", "indikator/?", "sasaran/?", "tanda/?", "tanda/target-turun/?",
                    "sasaran/satu/?jenis=sekretariat+KPU&sasaran=meningkatnya+mutu+layanan+1&", "?tabel=jenis&", "?tabel=selisih&",
                    "?tabel=sebaran&", "?tabel=kelas&", "?tabel=indikator&",
                    *(f"instansi/CONTOH-004/2024/?{one}" for one in ("", "tabel=unit&", "tabel=serupa&", "tabel=bersama&", "tabel=periode&")),
                    *(f"instansi/CONTOH-004/2024/I3/?{one}" for one in ("", "tabel=letak&"))):  # fmt: skip
        lines = lines_of(central, f"/nasional/{address}format=csv")
        assert sheet_of(central, f"/nasional/{address}format=xlsx").max_row == len(lines) > 1, address
    assert lines_of(central, f"/publik{AGENCY}?format=csv")[1:]
    assert central.get("/nasional/?tabel=rahasia&format=csv").status_code == 404
    assert central.get("/publik/nasional/?tabel=periode&format=csv").status_code == 404
    periods = lines_of(central, "/nasional/?tahun=2023&tabel=periode&format=csv")
    assert len(periods) == 1 + 24 * 6 * 13  # agencies, indicators, twelve months and the year
    assert len(lines_of(central, f"{AGENCY}?tabel=periode&unit=U2&format=csv")) == 1 + 2 * 13
    own, *better = [line.split(",") for line in lines_of(central, f"{AGENCY}?tabel=serupa&format=csv")[1:]]
    assert own[0] == "CONTOH-004" and own[-1] == "instansi ini"
    assert better and all((line[-1] == "lebih tinggi") == (float(line[6]) > float(own[6])) for line in better)


def test_a_file_never_ends_early_without_saying_so(central, monkeypatch):
    monkeypatch.setattr("selaras.web.nation.files.MOST_ROWS", 5)
    sheet = sheet_of(central, "/nasional/instansi/?format=xlsx")
    assert sheet.max_row == 1 + 5 + 1
    assert (
        sheet.cell(7, 1).value
        == "TERPOTONG: 19 baris lagi tidak termuat dalam lembar ini. Seluruhnya ada pada berkas CSV tabel ini."
    )
    assert len(lines_of(central, "/nasional/instansi/?format=csv")) == 1 + 24
    shown = next(
        line for line in lines_of(central, "/nasional/tanda/?format=csv") if line.startswith("Target di bawah")
    )
    signs = lines_of(central, "/nasional/tanda/target-turun/?format=csv")
    assert len(signs) == 1 + int(shown.split(",")[1]) > 1 + FEW_SIGNS
    assert (
        f"{len(signs) - 1 - FEW_SIGNS} baris dengan tanda yang lebih lemah"
        in central.get("/nasional/tanda/target-turun/").content.decode()
    )
    assert "XLSX memuat 5 baris pertama; CSV memuat seluruhnya." in central.get("/nasional/instansi/").content.decode()


def test_a_role_over_some_agencies_sees_these_and_no_other(signed_in, nation):
    for number in (4, 7, 10):
        Agency.objects.create(
            code=f"CONTOH-{number:03}", name=f"Contoh {number}", short_name="C", kind="sekretariat KPU"
        )
    for code in ("CONTOH-004", "CONTOH-007", "CONTOH-010"):
        province = signed_in(Role.PLANNER, agency=code, name="provinsi")
    page = province.get("/nasional/instansi/").content.decode()
    assert all(f"Contoh 0{number}" in page for number in ("04", "07", "10"))
    assert "Contoh 001" not in page and "hanya mencakup 3 instansi" in page
    assert len(lines_of(province, "/nasional/instansi/?format=csv")) == 4
    periods = lines_of(province, "/nasional/?tabel=periode&format=csv")[1:]
    assert {line.split(",")[1] for line in periods} == {"CONTOH-004", "CONTOH-007", "CONTOH-010"}
    assert province.get("/nasional/instansi/CONTOH-004/2024/I3/").status_code == 200
    assert province.get("/nasional/instansi/CONTOH-001/2024/").status_code == 404
    assert "CONTOH-001" not in "".join(lines_of(province, "/nasional/tanda/sama-target/?format=csv"))
    assert province.get("/nasional/buku/").status_code == 403


def test_the_open_package_is_whole_and_for_everybody(client, nation):
    answer = client.get("/publik/nasional/data/kinerja-nasional.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert package_faults(files) == []
    names = {one["name"] for one in json.loads(files["datapackage.json"])["resources"]}
    assert {"capaian-instansi", "capaian-indikator", "anggaran-instansi"} <= names
    assert client.get("/publik/nasional/data/dcat.jsonld")["Content-Type"] == "application/ld+json"
    assert client.get("/publik/nasional/data/rahasia.csv").status_code == 404


def test_a_book_is_made_changed_asked_for_and_removed(central):
    form = {"code": "TAHUNAN", "name": "Semua", "kinds": ["lkjip"], "formats": ["pdf"], "origin": "data terbit", "rhythm": "tahunan",
            "agencies": "", "year": "", "span": "tahun", "index": "1", "active": "on"}  # fmt: skip
    wrong = central.post("/nasional/buku/baru/", form | {"kinds": ["bulanan"]})
    assert "tidak sesuai dengan irama" in wrong.content.decode()
    assert central.post("/nasional/buku/baru/", form).status_code == 302
    page = "/nasional/buku/satu/TAHUNAN/"
    assert central.post(page, form | {"name": "Semua LKjIP", "code": ""}).status_code == 302
    assert ReportBook.objects.get().name == "Semua LKjIP"
    central.post(page, {"susun": "1"})
    assert ReportBook.objects.get().asked
    assert "waktunya tiba" in central.get("/nasional/buku/").content.decode()
    central.post(page, {"hapus": "1"})
    assert not ReportBook.objects.exists()


def test_the_page_of_a_book_names_what_failed_and_gives_its_files(central, signed_in, settings):
    row = ReportBook.objects.create(
        code="B", name="Buku", kinds=["pk"], formats=["html"], origin="data berjalan", rhythm="tahunan", span="tahun",
        state="ada yang gagal", last_period="Tahun 2024", last_at=timezone.now(), last_summary={"dokumen": 2, "gagal": 1},
        folder="B/2024",
    )  # fmt: skip
    folder = settings.DATA / "books" / row.folder
    folder.mkdir(parents=True)
    made = BookLine("A-1", "Dinas Contoh", "pk", "baru", (("pk-A-1.html", "0", 3),))
    failed = BookLine("A-2", "Dinas Lain", "pk", "gagal", cause="PK belum disusun.", remedy="Susun PK itu.")
    many = [
        BookLine(f"K-{number}", f"Kantor {number}", "pk", "gagal", cause="Belum ada data.", remedy="Isi.")
        for number in range(52)
    ]
    (folder / "indeks.json").write_text(index_data([made, failed, *many], "Buku"), "utf-8")
    (folder / "pk-A-1.html").write_bytes(b"<p>")
    (folder / ".keadaan.jsonl").write_bytes(b"{}")
    page = central.get("/nasional/buku/satu/B/").content.decode()
    assert all(
        words in page for words in ("PK belum disusun.", "Susun PK itu.", "pk-A-1.html", "indeks.json", "1 dokumen")
    )
    assert page.count("Belum ada data.") == 1 and page.index("Belum ada data.") < page.index("PK belum disusun.")
    assert "52 dokumen" in page and "Kantor 49 " in page and "Kantor 50 " not in page and "dan 2 lagi" in page
    files = "/nasional/buku/satu/B/berkas"
    answer = central.get(f"{files}/pk-A-1.html")
    assert answer.getvalue() == b"<p>"
    assert answer["Content-Type"] == "application/octet-stream" and "attachment" in answer["Content-Disposition"]
    assert [central.get(f"{files}/{name}").status_code for name in (".keadaan.jsonl", "..", "kegagalan.txt")] == [
        404
    ] * 3
    assert signed_in(Role.PLANNER, name="satu").get(f"{files}/pk-A-1.html").status_code == 403


def test_a_nation_without_data_says_what_to_do(signed_in, inside, settings, tmp_path, client):
    settings.NATION = str(tmp_path / "kosong")
    results.forget()
    assert (
        "selaras publish"
        in signed_in(Role.LEADER, agency=None, name="pimpinan-pusat").get("/nasional/").content.decode()
    )
    assert "Belum ada data nasional yang terbit" in client.get("/publik/nasional/").content.decode()
    assert client.get("/publik/nasional/data/datapackage.json").status_code == 404
