"""Tells the history of the cells that many people edited, and what stands there: `histories DATA`."""

import json
import sys
from pathlib import Path

from tests.faults.house import BIRO

from selaras.cli.options import open_web_workspace

open_web_workspace(Path(sys.argv[1]))

from selaras.core.period import quarter  # noqa: E402
from selaras.store import models as t  # noqa: E402
from selaras.store.rows import key_text  # noqa: E402
from selaras.store.trail import verify  # noqa: E402


def bare(text):
    return text.replace(".", "")


cells = {}
for row in t.Realisation.objects.filter(agency__code=BIRO, year=2024, span="triwulan").select_related("indicator"):
    code = row.indicator.code
    key = key_text((code, quarter(2024, row.index)))
    known = list(
        t.FieldChange.objects.filter(agency=BIRO, kind="Realisation", field="Realisasi", key=key).order_by("pk")
    )
    cells[f"{code} {row.index}"] = {
        "stands": f"{int(row.value_amount or 0)}",
        "history": [(bare(item.before), bare(item.after), item.actor) for item in known],
    }  # fmt: skip
sys.stdout.write(json.dumps({"cells": cells, "breaks": [item.sentence for item in verify().breaks]}))
