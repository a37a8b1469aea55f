"""The limits of the signs are data: every sign of the engine has them, and a broken file is refused by name."""

from pathlib import Path

import pytest

from selaras.analytics.signs import SIGNS
from selaras.core.errors import Refusal
from selaras.rulebook.nation import load_nation, read_nation

SHIPPED = Path(__file__).parents[2] / "src" / "selaras" / "rulebook" / "data" / "nation" / "nation.toml"


def test_every_sign_has_its_rule_and_its_source():
    rules = load_nation()
    assert list(rules.signs) == list(SIGNS)
    assert all(rule.source.text and rule.harmless and rule.how for rule in rules.signs.values())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('rate = "0.05"', 'rate = "5"', "rate"),
        ('z = "3.5"', 'z = "tiga"', "bukan angka"),
        ('gap = "1"', 'gap = "0"', "lebih dari nol"),
        ("[falsealarms]", "[lain]", "falsealarms"),
        ('code = "pencilan"', 'kode = "pencilan"', "code"),
        ("[[sign]]", "[[", "TOML"),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path, old, new, told):
    (tmp_path / "nation.toml").write_text(SHIPPED.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(Refusal, match=told):
        read_nation(tmp_path)
