"""`selaras register`: a register defined, filled, counted, written out and cleared at the terminal."""

import csv
import json

from tests.cli.test_commands import loaded, pytestmark, run  # noqa: F401 (fixtures and mark)

HOME = ("--agency", "BIRO-ORG")
PPID = ("--code", "permohonan_informasi")
HEADS = ["Tanggal masuk", "Keadaan", "Tanggal Dijawab", "Nama pemohon", "Jenis pemohon", "Informasi yang diminta",
         "Tujuan penggunaan informasi"]  # fmt: skip


def test_a_register_lives_at_the_terminal(loaded, tmp_path):  # noqa: F811
    assert loaded("register", "define", *HOME, "--preset", "permohonan_informasi")[0] == 0
    path = tmp_path / "lama.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADS)
        writer.writerow(
            ["4 Maret 2024", "Dijawab", "06/03/2024", "Warga Rekaan", "perorangan", "Salinan", "Penelitian"]
        )
        writer.writerow(["5 Maret 2024", "Diterima", "", "Warga Rekaan", "perorangan", "Salinan", "Penelitian"])
    status, out, _ = loaded("register", "import", *HOME, *PPID, "--file", path)
    assert (status, "2 rekaman dimuat" in out) == (0, True)
    found = json.loads(loaded("register", "count", *HOME, *PPID, "--year", 2024, "--format", "json")[1])
    assert {item["rule"]: item["figure"] for item in found}["sesuai_sop"] == "50,00% (1 dari 2)"
    status, out, _ = loaded("register", "list", *HOME)
    assert status == 0
    assert "permohonan_informasi" in out and "pengaduan" in out
    out_path = tmp_path / "keluar.csv"
    assert loaded("register", "export", *HOME, *PPID, "--file", out_path)[0] == 0
    assert "Warga Rekaan" not in out_path.read_text("utf-8-sig")
    assert loaded("register", "retain", *HOME, "--dry-run")[0] == 0
    assert "0 rekaman" in loaded("register", "refresh", *HOME)[1]


def test_a_definition_goes_out_and_in_again(loaded, tmp_path):  # noqa: F811
    loaded("register", "define", *HOME, "--preset", "pengaduan")
    path = tmp_path / "pengaduan.toml"
    assert loaded("register", "definition", *HOME, "--code", "pengaduan", "--file", path)[0] == 0
    path.write_text(path.read_text("utf-8").replace("Pengaduan masyarakat", "Pengaduan warga", 1), "utf-8")
    assert "Pengaduan warga" in loaded("register", "define", *HOME, "--file", path)[1]
    path.write_text("bukan toml [", "utf-8")
    status, _, told = loaded("register", "define", *HOME, "--file", path)
    assert status == 1 and "bukan TOML" in told
    assert loaded("register", "count", *HOME)[0] == 2
