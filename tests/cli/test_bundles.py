"""Which files make which report, and in which order."""

from pathlib import Path

import pytest

from selaras.cli.bundles import expanded, in_order, is_like_chapters, labels, name_of, stems, together
from selaras.core.errors import CannotRun


def made(folder, *names):
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return paths


def names(bundle):
    return [path.name for path in bundle]


def test_chapters_stand_in_the_order_of_a_report():
    given = [
        "LAMPIRAN.pdf",
        "BAB_IV_PENUTUP.pdf",
        "BAB II.pdf",
        "Daftar_Isi.pdf",
        "bab-iii.pdf",
        "cover 2018.pdf",
        "BAB_I.pdf",
    ]
    wanted = [
        "cover 2018.pdf",
        "Daftar_Isi.pdf",
        "BAB_I.pdf",
        "BAB II.pdf",
        "bab-iii.pdf",
        "BAB_IV_PENUTUP.pdf",
        "LAMPIRAN.pdf",
    ]
    assert names(in_order(map(Path, given))) == wanted


def test_numbers_in_front_of_all_names_decide():
    given = ["10 lampiran.pdf", "2 bab i.pdf", "1 sampul.pdf", "3 daftar gambar.pdf"]
    assert names(in_order(map(Path, given))) == [
        "1 sampul.pdf",
        "2 bab i.pdf",
        "3 daftar gambar.pdf",
        "10 lampiran.pdf",
    ]


def test_each_folder_is_one_report_and_notes_are_left_out(tmp_path):
    made(tmp_path, "a/BAB I.pdf", "a/BAB II.pdf", "a/asal.txt", "b/LKJIP.docx")
    assert [names(bundle) for bundle in together([tmp_path])] == [["BAB I.pdf", "BAB II.pdf"], ["LKJIP.docx"]]
    assert [name_of(bundle) for bundle in together([tmp_path])] == ["a", "LKJIP.docx"]


def test_files_given_by_name_are_one_report(tmp_path):
    paths = made(tmp_path, "BAB II.pdf", "BAB I.pdf", "catatan.txt")
    assert [names(bundle) for bundle in together(paths)] == [["BAB I.pdf", "BAB II.pdf", "catatan.txt"]]


def test_without_asking_every_file_is_a_report(tmp_path):
    made(tmp_path, "BAB I.pdf", "BAB II.pdf", "~buka.docx", ".x.pdf", "gambar.png")
    assert [names(bundle) for bundle in expanded([tmp_path])] == [["BAB I.pdf"], ["BAB II.pdf"]]


def test_names_of_chapters_are_recognised():
    assert is_like_chapters([Path("a/BAB I.pdf"), Path("a/BAB-II.pdf")])
    assert not is_like_chapters([Path("a/BAB I.pdf"), Path("b/BAB II.pdf")])
    assert not is_like_chapters([Path("LKJIP 2023.pdf"), Path("LKJIP 2024.pdf")])


def test_an_empty_folder_is_refused(tmp_path):
    for make in (expanded, together):
        with pytest.raises(CannotRun):
            make([tmp_path])


def test_no_result_is_written_over_another(tmp_path):
    paths = made(tmp_path, "a/LKJIP.pdf", "a/LKJIP.docx", "b/LKJIP.pdf", "b/PK.pdf")
    bundles = [(path,) for path in paths]
    assert stems(bundles) == ["a-LKJIP", "a-LKJIP-docx", "b-LKJIP", "PK"]
    assert labels(bundles) == ["a/LKJIP.pdf", "LKJIP.docx", "b/LKJIP.pdf", "PK.pdf"]


def test_a_result_beside_its_report_is_no_report(tmp_path):
    made(tmp_path, "a.pdf", "a-reviu.pdf", "a-kertas-kerja.docx", "b-reviu.pdf")
    assert [names(bundle) for bundle in expanded([tmp_path])] == [["a.pdf"], ["b-reviu.pdf"]]
