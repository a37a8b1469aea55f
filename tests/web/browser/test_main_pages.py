"""The main page of each stage as its people see it: nothing for axe, nothing on the console, and its picture for the docs."""

import pytest

from tests.web.browser.installation import WIDE
from tests.web.browser.looks import clean
from tests.web.browser.pictures import Shot, check_picture
from tests.web.browser.walk import BIRO

PUBLIC = "/publik/BIRO-ORG/2024/"

STAGES = (
    ("perencana", f"{BIRO}beranda/"),
    ("perencana", f"{BIRO}organisasi/"),
    ("perencana", f"{BIRO}perencanaan/"),
    ("perencana", f"{BIRO}perjanjian/"),
    ("pengampu", f"{BIRO}pengukuran/"),
    ("anggaran", f"{BIRO}anggaran/"),
    ("penyusun", f"{BIRO}laporan/"),
    ("pereviu", f"{BIRO}reviu/"),
    ("pereviu", f"{BIRO}reviu/1/"),
    ("penyusun", f"{BIRO}riwayat/"),
    ("atasan", f"{BIRO}tindak-lanjut/"),
    ("pimpinan", f"{BIRO}beranda/"),
    ("penyusun", f"{BIRO}tanda-tangan/"),
    ("kepala", f"{BIRO}retensi/"),
    ("pengampu", "/akun/data-saya/"),
    ("", PUBLIC),
    ("", f"{PUBLIC}indikator/IKU-1/"),
)


SHOTS = (
    Shot("pohon-kinerja", "perencana", f"{BIRO}perencanaan/"),
    Shot("pengukuran", "pengampu", f"{BIRO}pengukuran/"),
    Shot("reviu", "pereviu", f"{BIRO}reviu/1/"),
)


def opened(people, word, path):
    page = people[word] if word else people.somebody()
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize(("word", "path"), STAGES)
def test_axe_and_the_console_find_nothing(people, word, path):
    before = len(people.complaints)
    clean(opened(people, word, path), WIDE)
    assert people.complaints[before:] == []


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_the_pictures_of_the_docs_are_small(shot, request):
    check_picture(shot, request, lambda: opened(request.getfixturevalue("people"), shot.word, shot.path))
