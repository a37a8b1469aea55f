"""Periods of keeping personal data: the table of the rulebook, and an agency's own months in the workspace."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from selaras.core.errors import Fault, Refusal
from selaras.core.law import Source
from selaras.core.place import Place
from selaras.core.retention import Ending, Period
from selaras.rulebook.entry import Entry
from selaras.rulebook.tables import RuleFile, within

LONGEST = 1200
OWN_FILE = "retention.toml"


@lru_cache(maxsize=8)
def load_periods(day: date) -> tuple[Period, ...]:
    """The periods in force on `day`, in the order of the file. Raises Refusal if the file is broken."""
    file = RuleFile(files("selaras.rulebook") / "data" / "privacy", "retention.toml", day)
    made = tuple(period for period, _ in file.all("period", _period))
    file.whole.done()
    if len({period.code for period in made}) != len(made):
        raise file.whole.refusal("jenis data pribadi ganda", ", ".join(period.code for period in made))
    return made


def with_own_months(periods: tuple[Period, ...], path: Path) -> tuple[Period, ...]:
    """The periods with the months that the file of an installation gives (`kode = bulan`). Raises Refusal naming the line.

    A kind that is kept by another law cannot be given an end here.
    """
    if not path.is_file():
        return periods
    try:
        own = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refusal(f"{path.name} tidak dapat dibaca.", Fault("bukan TOML", Place(path.name), str(error))) from error
    known = {period.code: period for period in periods if period.ending is not Ending.KEPT}
    faults = [
        Fault("masa simpan tidak dikenal atau tidak mungkin", Place(path.name, record=str(code)), str(months),
              f"jumlah bulan 1–{LONGEST} untuk salah satu dari: {', '.join(known)}", "Perbaiki baris itu.")
        for code, months in own.items()
        if code not in known or isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= LONGEST
    ]  # fmt: skip
    if faults:
        raise Refusal(f"Masa simpan dalam {path.name} ditolak.", *faults)
    return tuple(replace(period, months=own.get(period.code, period.months)) for period in periods)


def _period(entry: Entry, source: Source) -> Period:
    ending = entry.choice("ending", Ending)
    return Period(
        entry.text("code"), entry.text("name"), entry.text("purpose"), entry.text("counted"), ending,
        None if ending is Ending.KEPT else within(entry, "months", 1, LONGEST), entry.flag("installation"), source,
    )  # fmt: skip
