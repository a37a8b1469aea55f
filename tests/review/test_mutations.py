"""One fault at a time in a report that has none: it must be found, with a finding of the right family.

The faults are data (`mutations.py`); which of their places are tried is drawn with a fixed seed. Kinds of which some
places are not found yet stand in `OPEN` with the reason; they are not tried here, so this says nothing about them.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from tests.review import mended
from tests.review.mutations import MUTATIONS

from selaras.core.reporting import compose
from selaras.documents.read import DEFAULT
from selaras.documents.read.forms import read_form
from selaras.documents.write import write
from selaras.review.claims import understand
from selaras.review.engine import flat, review

EACH = 6
"""Places tried per kind in the long run."""
OPEN: dict[str, str] = {
    "capaian dalam satu tabel": "capaian sebuah predikat tidak dihitung dari huruf, jadi tabelnya saja tidak cukup",
    "target riwayat": "capaian 100,00 diterima sebagai capaian yang dibatasi, untuk kedua arah indikator",
    "realisasi riwayat": "capaian 100,00 diterima sebagai capaian yang dibatasi, untuk kedua arah indikator",
    "batas skala": "batas tertinggi yang bergeser tidak membuka celah",
    "nama program tertukar": "nama rincian hanya tercetak sekali; tidak ada tabel lain yang menyebut pasangannya",
    "rumusan indikator": "belum: satu kata dari rumusan yang panjang masih dianggap rumusan yang sama",
    "satuan": "belum: satuan hanya dibandingkan dengan nilai yang berdiri di baris yang sama",
    "jumlah pegawai dalam kalimat": "belum: bagian menurut status tidak dikenali dari daftar pegawai",
    "angka tertukar dalam kalimat": "belum: `A dari B` dalam kurung di belakang persentase tidak dihitung",
    "persentase dalam kalimat": "belum: `A dari B` dalam kurung di belakang persentase tidak dihitung",
    "selisih poin": "belum: kekurangan terhadap target akhir (`masih kurang n poin`)",
    "bilangan kata": "belum: hambatan, jabatan, dan permasalahan tidak dihitung; `mengukur n indikator` belum dikenal",
    "tahun judul tabel": "belum: hanya nama dokumen kinerja yang tahunnya diperiksa",
    "tahun laporan dalam kalimat": "belum: `Pada tahun n` boleh bercerita tentang tahun lain",
    "instansi lain": "belum: nama daerah di dalam judul peraturan tidak diperiksa",
    "nomor peraturan": "peraturan yang dikutip sekali dan tidak ada dalam register tidak dapat dibantah",
    "tahun peraturan": "peraturan yang dikutip sekali dan tidak ada dalam register tidak dapat dibantah",
    "judul peraturan": "peraturan yang dikutip sekali dan tidak ada dalam register tidak dapat dibantah",
    "nomor judul": "belum: satu dari sedikit judul bawah yang nomornya ganda tidak terlihat",
    "bab hilang": "belum: bab pertama yang hilang bersama daftar isinya",
    "bagian hilang": "belum: daftar isi dibuat ulang oleh penulis berkas, jadi hanya unsur wajib yang dapat diketahui hilang",
    "kalimat terpotong": "belum: sebagian kalimat yang berakhir dengan `dan`",
    "tercapai atau belum": "belum: predikat tidak punya persentase yang dapat dibandingkan",
    "ejaan istilah": "belum: `Pejanjian` tidak ada dalam daftar ejaan",
}
"""Kinds that are not always found, and why."""
FAST = tuple(mutation for mutation in MUTATIONS if mutation.name not in OPEN)


def findings(document, law, path, form):
    write(document, form, path)
    return list(flat(review(understand(read_form(path, DEFAULT)), law)))


def counted(found):
    """Findings as they can be told apart in two readings of nearly the same document."""
    return Counter((item.code, item.kind, item.message, item.stated) for item in found)


@pytest.fixture(scope="module")
def originals(biro, kpu, law):
    return [compose(snapshot, law, kind="lkjip") for snapshot in (mended.biro(biro), mended.kpu(kpu))]


@pytest.fixture(scope="module")
def baseline(originals, law, tmp_path_factory):
    """What is found in the unchanged reports (remarks only), per format."""
    known = {}

    def found(number, form):
        if (number, form) not in known:
            path = tmp_path_factory.mktemp("asli") / f"asli.{form}"
            known[number, form] = counted(findings(originals[number], law, path, form))
        return known[number, form]

    return found


def drawn(mutation, originals, most):
    sites = [(number, *site) for number, document in enumerate(originals) for site in mutation.sites(document)]
    return random.Random(mutation.name).sample(sites, min(most, len(sites)))


def missed(mutation, originals, baseline, law, folder, *, most, form):
    """The faults of which no finding of the right family tells, in words, and how many were tried."""
    lost = []
    chosen = drawn(mutation, originals, most)
    for number, words, faulty in chosen:
        new = counted(findings(faulty, law, folder / f"salah.{form}", form)) - baseline(number, form)
        if not any(kind in mutation.kinds for _, kind, _, _ in new):
            lost.append(f"{words} → {sorted({(code, kind) for code, kind, _, _ in new})}")
    return lost, len(chosen)


@pytest.mark.parametrize("mutation", FAST, ids=lambda mutation: mutation.name)
def test_a_fault_is_found(mutation, originals, baseline, law, tmp_path):
    lost, tried = missed(mutation, originals, baseline, law, tmp_path, most=1, form="html")
    assert tried, "no place for this fault"
    assert lost == []


@pytest.mark.slow
@pytest.mark.parametrize("mutation", FAST, ids=lambda mutation: mutation.name)
def test_faults_are_found_wherever_they_are(mutation, originals, baseline, law, tmp_path):
    lost, _ = missed(mutation, originals, baseline, law, tmp_path, most=EACH, form="docx")
    assert lost == []


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "pdf"])
@pytest.mark.parametrize("name", ["pagu rincian", "jumlah", "efisiensi", "kemajuan Renstra"])
def test_faults_of_tables_are_found_in_other_formats(name, form, originals, baseline, law, tmp_path):
    mutation = next(item for item in MUTATIONS if item.name == name)
    lost, _ = missed(mutation, originals, baseline, law, tmp_path, most=2, form=form)
    assert lost == []


def test_every_open_kind_names_a_kind_of_fault():
    assert set(OPEN) <= {mutation.name for mutation in MUTATIONS}
