"""The limits of entry as shipped, and what happens when their file is broken."""

from datetime import date

import pytest

from selaras.core.errors import Refusal
from selaras.rulebook.limits import load_limits, read_limits

DAY = date(2024, 12, 31)
GOOD = """[[limits]]
missed_below = "100"
far_above = "120"
change = "50"
unit_slip = "1000"
low_absorption = "65"
efficiency_margin = "5"
plan = ["15", "40", "60", "90"]
source = "uji"
certainty = "inferred"
"""


def read(folder, text):
    (folder / "limits.toml").write_text(text, encoding="utf-8")
    return read_limits(folder, DAY)


def test_the_shipped_limits_have_a_source():
    assert load_limits(DAY).source.text
    assert load_limits(DAY) is load_limits(DAY)


def test_a_sound_file_is_read(tmp_path):
    assert read(tmp_path, GOOD).low_absorption == 65


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"100"', '"nol"'), ('"50"', '"-1"'), ('"40"', '"14"'), ('"90"', '"101"'), ('"15", ', ""), ('"15"', '"x"'),
        ('missed_below = "100"\n', ""), ("[[limits]]", "[[batas]]"), ('source = "uji"', 'source = "uji"\nlebih = 1'),
        ("[[limits]]", "[[limits"), ('certainty = "inferred"', 'certainty = "inferred"\nuntil = 2020-01-01'),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused(tmp_path, old, new):
    with pytest.raises(Refusal):
        read(tmp_path, GOOD.replace(old, new))


def test_two_sets_at_the_same_time_are_refused(tmp_path):
    with pytest.raises(Refusal):
        read(tmp_path, GOOD + GOOD)
