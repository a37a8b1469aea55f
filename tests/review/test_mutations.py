"""One fault at a time in a report that has none: it must be found, with a finding of the right family.

The faults are data (`mutations.py`); which of their places are tried is drawn with a fixed seed. Kinds of which some
places are not found yet stand in `OPEN` with the reason; they are not tried here, so this says nothing about them.
"""

from __future__ import annotations

import random

import pytest
from tests.long_run import tries
from tests.review.mutations import MUTATIONS

from selaras.core.document import Table
from selaras.core.reporting import compose
from selaras.documents.read import DEFAULT
from selaras.documents.read.forms import read_form
from selaras.documents.write import write
from selaras.review.claims import understand
from selaras.review.engine import flat, review

EACH, OTHER = tries(2, 6), tries(1, 2)
"""Places tried per kind in DOCX, and in XLSX and PDF."""
OPEN: dict[str, str] = {}
"""Kinds that are not always found, and why."""
OPEN_AS: dict[str, dict[str, str]] = {"xlsx": {}, "pdf": {}}
"""Kinds that are not always found in one format only, and why."""
TINY = (
    ("docx", "jumlah"), ("docx", "periode Renstra dalam judul tabel"), ("docx", "terbilang"),
    ("xlsx", "jumlah"), ("xlsx", "baris hilang"), ("pdf", "kelas capaian"),
)  # fmt: skip
"""A few faults in the formats that are not tried for every kind in the short run."""
FAST = tuple(mutation for mutation in MUTATIONS if mutation.name not in OPEN)


def findings(document, law, path, form):
    write(document, form, path)
    return list(flat(review(understand(read_form(path, DEFAULT)), law)))


@pytest.fixture(scope="module")
def originals(biro, kpu, law):
    """The reports of both samples, in which nothing is found (tests/test_round_trip.py)."""
    return [compose(snapshot, law, kind="lkjip") for snapshot in (biro, kpu)]


def drawn(mutation, originals, most, form):
    sites = [
        (number, words, faulty)
        for number, document in enumerate(originals)
        for words, faulty in mutation.sites(document)
        if form != "xlsx" or in_workbook(document, faulty)
    ]
    return random.Random(mutation.name).sample(sites, min(most, len(sites)))


def in_workbook(document, faulty):
    """The fault is in a numbered table: a workbook holds no other tables and no running text."""
    known = {id(block) for block in document.blocks}
    return any(isinstance(block, Table) and block.number and id(block) not in known for block in faulty.blocks)


def missed(mutation, originals, law, folder, *, most, form):
    """The faults of which no finding of the right family tells, in words, and how many were tried."""
    lost = []
    chosen = drawn(mutation, originals, most, form)
    for _, words, faulty in chosen:
        new = findings(faulty, law, folder / f"salah.{form}", form)
        if not any(item.kind in mutation.kinds for item in new):
            lost.append(f"{words} → {sorted({(item.code, item.kind) for item in new})}")
    return lost, len(chosen)


@pytest.mark.parametrize(
    "mutation",
    [pytest.param(each, id=each.name, marks=pytest.mark.slow if at % 6 else ()) for at, each in enumerate(FAST)],
)
def test_a_fault_is_found(mutation, originals, law, tmp_path):
    lost, tried = missed(mutation, originals, law, tmp_path, most=1, form="html")
    assert tried, "no place for this fault"
    assert lost == []


@pytest.mark.slow
@pytest.mark.parametrize("mutation", FAST, ids=lambda mutation: mutation.name)
def test_faults_are_found_wherever_they_are(mutation, originals, law, tmp_path):
    lost, _ = missed(mutation, originals, law, tmp_path, most=EACH, form="docx")
    assert lost == []


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "pdf"])
@pytest.mark.parametrize("mutation", FAST, ids=lambda mutation: mutation.name)
def test_faults_are_found_in_other_formats(mutation, form, originals, law, tmp_path):
    if mutation.name in OPEN_AS[form]:
        pytest.skip(OPEN_AS[form][mutation.name])
    lost, _ = missed(mutation, originals, law, tmp_path, most=OTHER, form=form)
    assert lost == []


@pytest.mark.parametrize(("form", "name"), TINY)
@pytest.mark.slow
def test_a_fault_is_found_in_each_format(form, name, originals, law, tmp_path):
    mutation = next(item for item in MUTATIONS if item.name == name)
    lost, tried = missed(mutation, originals, law, tmp_path, most=1, form=form)
    assert tried, "no place for this fault"
    assert lost == []


def test_every_open_kind_names_a_kind_of_fault():
    assert set(OPEN) <= {mutation.name for mutation in MUTATIONS}
