"""What is known of e-SAKIP Reviu: every kind of report has a type, nothing passes for confirmed, broken data are refused."""

from datetime import date

import pytest

from selaras.core.errors import Refusal
from selaras.core.law import Certainty
from selaras.core.reporting import KINDS
from selaras.rulebook.esr import load_esr, read_esr

GOOD = """
[[format]]
code = "esr"
fields = ["path"]
source = "contoh"
certainty = "inferred"
[[document]]
code = "lkj"
name = "Laporan"
kinds = ["lkjip"]
source = "contoh"
certainty = "inferred"
"""


def test_every_kind_of_document_has_one_type():
    form = load_esr(date(2026, 12, 31))
    assert all(form.type_of(kind) for kind in KINDS)
    assert form.type_of("lain") is None


def test_nothing_of_it_passes_for_confirmed():
    form = load_esr(date(2026, 12, 31))
    assert {form.source.certainty, *(item.source.certainty for item in form.types)} == {Certainty.INFERRED}


@pytest.mark.parametrize("broken", [
    GOOD.replace('code = "lkj"', 'kode = "lkj"'), GOOD.replace("[[format]]", "[[bentuk]]"), GOOD + GOOD, "[[format",
    GOOD + '[[document]]\ncode = "lain"\nname = "Lain"\nkinds = ["lkjip"]\nsource = "x"\ncertainty = "inferred"\n',
])  # fmt: skip
def test_broken_data_are_refused_with_their_place(tmp_path, broken):
    (tmp_path / "esr.toml").write_text(broken, "utf-8")
    with pytest.raises(Refusal, match=r"esr\.toml"):
        read_esr(tmp_path, date(2026, 12, 31))


def test_good_data_are_read(tmp_path):
    (tmp_path / "esr.toml").write_text(GOOD, "utf-8")
    assert read_esr(tmp_path, date(2026, 12, 31)).fields == ("path",)
