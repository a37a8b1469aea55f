"""The page of settings in the manual names every setting that the code reads, and no other."""

import re

from tests.conftest import ROOT


def test_the_manual_names_every_setting():
    page = set(
        re.findall(r"`(SELARAS_[A-Z_]+|DATABASE_URL)`", (ROOT / "docs/reference/settings.md").read_text("utf-8"))
    )
    read = set()
    for path in (ROOT / "src/selaras").rglob("*.py"):
        text = path.read_text("utf-8")
        read |= set(
            re.findall(r"(?:environ(?:\.get|\.setdefault)?[(\[]|_listed\()\"(SELARAS_[A-Z_]+|DATABASE_URL)\"", text)
        )
    assert read - page == set(), "settings that the manual does not name"
    assert page - read - {"SELARAS_HTTPS"} == set(), "settings that nothing reads"
