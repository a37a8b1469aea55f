"""Looks after the killing whether everything that was told is there and nothing is half: `counting DATA ACKS`."""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

from tests.faults.house import BIRO

from selaras.cli.options import open_web_workspace

DATA, ACKS = Path(sys.argv[1]), Path(sys.argv[2])
open_web_workspace(DATA)

from selaras.actions._files import DRAFT, clear_drafts  # noqa: E402
from selaras.store import models as t  # noqa: E402
from selaras.store.evidence import folder  # noqa: E402
from selaras.store.trail import verify  # noqa: E402

acts = [json.loads(line) for line in ACKS.read_text().splitlines()]
wrong = []
units = dict(t.Unit.objects.filter(agency__code=BIRO, code__startswith="W-").values_list("code", "name"))
evidence = {row.title: row for row in t.Evidence.objects.filter(agency__code=BIRO, title__startswith="notulen")}
changes = t.FieldChange.objects.filter(agency=BIRO, actor__contains="penulis")
new = {
    kind: set(changes.filter(kind=kind, after="baru").values_list("key", flat=True))
    for kind in ("Unit", "Evidence", "Rekaman register")
}
values = changes.filter(kind="Realisation", field="Realisasi").order_by("pk").values_list("key", "after")
written = Counter(after.replace(".", "") for _, after in values)
requests = set(t.RegisterRecord.objects.filter(definition__agency__code=BIRO).values_list("number", flat=True))
for act in acts:
    match act["kind"]:
        case "unit":
            good = act["code"] in units
        case "evidence":
            good = act["title"] in evidence and evidence[act["title"]].sha256 == act["sha256"]
        case "request":
            good = act["number"] in requests
        case "value":
            good = written[act["value"]] >= 1
    if not good:
        wrong.append(f"told but not there: {act}")
for code in units:
    if not any(key.split()[-1] == code or key == code for key in new["Unit"]):
        wrong.append(f"a unit without history: {code}")
if len(units) != len(new["Unit"]):
    wrong.append(f"{len(units)} units, {len(new['Unit'])} in the history")
if len(evidence) != len(new["Evidence"]):
    wrong.append(f"{len(evidence)} pieces of evidence, {len(new['Evidence'])} in the history")
if len(requests) != len(new["Rekaman register"]):
    wrong.append(f"{len(requests)} requests, {len(new['Rekaman register'])} in the history")
events = Counter(
    t.RegisterEvent.objects.filter(record__definition__agency__code=BIRO).values_list("record__number", flat=True)
)
wrong += [f"a request without its first event: {number}" for number in requests if not events[number]]
last = dict(values)
for key, told in last.items():
    code, *_ = key.split()
    now = next(
        (row for row in t.Realisation.objects.filter(agency__code=BIRO, indicator__code=code, year=2024, span="triwulan")
         if f"{int(row.value_amount)}" == told.replace(".", "")), None,
    )  # fmt: skip
    if now is None:
        wrong.append(f"the value that stands is not the last of the history: {key} {told}")
home = folder(BIRO)
for row in evidence.values():
    path = home / row.target
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != row.sha256:
        wrong.append(f"evidence without its file: {row.target}")
drafts = len(list(home.glob(f"{DRAFT}*")))
cleared = clear_drafts(home, again=True)
known = {row.target for row in evidence.values()}
orphans = [path.name for path in home.iterdir() if "notulen" in path.name and path.name not in known]
for name in orphans:
    if not hashlib.sha256((home / name).read_bytes()).hexdigest().startswith(name[:16]):
        wrong.append(f"a half file under a whole name: {name}")
trail = verify()
sys.stdout.write(json.dumps({
    "told": len(acts), "wrong": wrong[:20], "breaks": [item.sentence for item in trail.breaks], "records": trail.records,
    "drafts": drafts, "cleared": cleared, "left": len(list(home.glob(f"{DRAFT}*"))), "orphans": len(orphans),
}))  # fmt: skip
