"""A large study: 200 transcripts with 20,000 codings keep their pages within the budget, and coding stays quick."""

import random
import time

import pytest
from tests.web.conftest import BIRO
from tests.web.culture.conftest import BASE, study

from selaras.actions._culture_loading import write_conclusions, write_material
from selaras.actions.culture import open_study
from selaras.core.culture.coding import Coding, Kind, Material, Segment, Stance
from selaras.core.culture.sources import Informant, Method, Source, lock
from selaras.rulebook.culture import examples
from selaras.store.models import Study

pytestmark = pytest.mark.slow
BIG, SOURCES, CODINGS = "BK-BESAR", 200, 20_000
QUICK = 0.1
"""Seconds of work of the server for one coding; the clock on the wall would count what else the machine does."""
PARTS = (
    "", "informan/", "sumber/", "sumber/?halaman=3", "sumber/S7/", "sandi/S7/", "kode/", "kode/KP.SET/", "memo/", "jejak/",
    "kesepakatan/", "sajian/", "sajian/?jenis=metode", "sajian/?jenis=peran", "sajian/?jenis=konstruk", "sajian/?jenis=periksa",
    "sajian/?jenis=negatif", "sajian/?jenis=log", "sajian/?jenis=kejenuhan", "sajian/?jenis=kutipan", "simpulan/", "simpulan/F1d/",
    "tindak-lanjut/",
)  # fmt: skip


def made():
    example, dice = examples()[0], random.Random(7)
    people = tuple(Informant(f"INF-{n}", f"Peran {n}", f"Kelompok {n % 8}") for n in range(SOURCES))
    text = " ".join(dice.choices(("rapat", "tugas", "pimpinan", "disiplin"), k=1500))
    texts = tuple(lock(Source(f"S{n}", Method.INTERVIEW, text, informants=(f"INF-{n}",))) for n in range(SOURCES))
    segments, codings = [], []
    for number in range(CODINGS // 2):
        start = number // SOURCES * 150
        segments.append(Segment(str(number), f"S{number % SOURCES}", start, start + 200))
        for code in dice.sample(example.material.codes, 2):
            codings.append(Coding(str(number), code.code, dice.choice(list(Stance)), Kind.EXPERIENCE, "ani"))
    return Material(people, texts, example.material.codes, tuple(segments), tuple(codings)), example.conclusions


@pytest.fixture
def big(team):
    by = team.actor("ketua")
    open_study(by, agency=BIRO, code=BIG, title="Studi besar", framework="nilai-fungsi-faktor", year=2024)
    row = Study.objects.get(code=BIG)
    material, conclusions = made()
    row.codes.all().delete()
    write_material(row, material)
    write_conclusions(row, conclusions, ())
    return team


def test_every_page_of_a_large_study_keeps_its_budget_and_coding_is_quick(big, django_assert_max_num_queries):
    taken = {}
    for part in PARTS:
        big.lead.get(f"{BASE}studi/{BIG}/{part}")
        with django_assert_max_num_queries(12):
            began = time.process_time()
            answer = big.lead.get(f"{BASE}studi/{BIG}/{part}")
            taken[part] = time.process_time() - began
        assert answer.status_code == 200, part
        assert len(answer.content) < 3_000_000, part
    for turn in range(5):
        given = {
            "awal": str(turn * 10),
            "akhir": str(turn * 10 + 9),
            "kode": "KP.SET",
            "arah": "+",
            "jenis": "pengalaman",
        }
        began = time.process_time()
        answer = big.lead.post(study(BIG, "sandi", "S7", "tandai"), given, HTTP_HX_REQUEST="true")
        assert answer.status_code == 200
        taken[f"coding {turn}"] = time.process_time() - began
    print({part: f"{seconds * 1000:.0f} ms" for part, seconds in taken.items()})  # noqa: T201 (-s shows it)
    assert min(seconds for part, seconds in taken.items() if part.startswith("coding")) < QUICK
