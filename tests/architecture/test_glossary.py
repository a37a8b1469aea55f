"""The glossary speaks of names that the code really has."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = re.compile(r"^\| ([^|]+) \| `([^`]+)` \| ([^|]*) \|$", re.MULTILINE)


def rows():
    return ROWS.findall((ROOT / "GLOSSARY.md").read_text("utf-8"))


def test_the_glossary_has_rows():
    assert len(rows()) >= 30


def test_every_word_is_defined_once():
    terms = [term.strip().casefold() for term, _, _ in rows()]
    assert sorted(terms) == sorted(set(terms))


def test_every_name_in_the_glossary_exists_in_the_code():
    words = {word for path in (ROOT / "src").rglob("*.py") for word in re.findall(r"\w+", path.read_text("utf-8"))}
    assert [name for _, name, _ in rows() if name.split(".")[-1] not in words] == []
