"""Attaches three pieces of evidence to a value: `proving DATA`; tells their files."""

import json
import sys
from pathlib import Path

from tests.faults.house import BIRO

from selaras.cli.options import open_web_workspace

DATA = Path(sys.argv[1])
open_web_workspace(DATA)

from selaras.actions.evidence import Upload, upload_evidence  # noqa: E402
from selaras.core.access import operator  # noqa: E402
from selaras.core.period import Period  # noqa: E402
from selaras.store import models as t  # noqa: E402

t.Realisation.objects.filter(agency__code=BIRO, indicator__code="IKU-1", year=2024).update(
    status="draf", verified_by=""
)
kept = []
for number in range(3):
    draft = DATA.parent / "bukti.txt"
    draft.write_text(f"Notulen {number}. " * 100)
    made = upload_evidence(
        operator("x"),
        agency=BIRO,
        indicator="IKU-1",
        period=Period(2024),
        upload=Upload(draft, f"notulen-{number}.txt"),
    )
    kept.append({"file": made.target, "sha256": made.sha256})
sys.stdout.write(json.dumps(kept))
