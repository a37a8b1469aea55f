"""The ESR package: what is official, data beside it, a manifest whose fingerprints hold, nothing guessed."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from tests.web.conftest import BIRO, KPU, inside, samples  # noqa: F401 (fixtures)

from selaras.actions.editions import approve, freeze, publish
from selaras.actions.esr import save_esr
from selaras.core.access import Role, acting
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.store import models as tables

HEAD = acting("Pimpinan Contoh", {Role.LEADER, Role.REPORTER}, [BIRO])


def packed(tmp_path, **more):
    path = save_esr(HEAD, agency=BIRO, year=2024, path=tmp_path / "paket.zip", **more)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def published(inside):  # noqa: F811
    edition = freeze(HEAD, agency=BIRO, year=2024, kind="pk")
    approve(HEAD, agency=BIRO, edition=edition.pk)
    return publish(HEAD, agency=BIRO, edition=edition.pk)


def test_without_an_official_document_there_is_no_package(inside, tmp_path):  # noqa: F811
    with pytest.raises(Refusal, match="Belum ada dokumen 2024"):
        packed(tmp_path)
    assert not (tmp_path / "paket.zip").exists()


def test_a_published_document_is_the_very_file_that_everybody_can_fetch(published, tmp_path, client):
    files = packed(tmp_path, type_ids={"pk": "9"}, user_id="123")
    (document,) = json.loads(files["manifest.json"])["documents"]
    assert (document["type"], document["state"]) == ("pk", "diterbitkan")
    assert document["upload"]["dokumen_id"] == "9"
    assert document["upload"]["user_id"] == "123"
    content = files[document["file"]]
    assert content[:4] == b"%PDF"
    assert hashlib.sha256(content).hexdigest() == document["sha256"]
    answer = client.get("/" + document["upload"]["path"].split("/", 3)[3])
    assert answer.content == content


def test_what_nobody_gave_is_empty_and_the_certainty_is_said(published, tmp_path):
    told = json.loads(packed(tmp_path)["manifest.json"])
    assert told["documents"][0]["upload"]["dokumen_id"] is None
    assert told["documents"][0]["upload"]["user_id"] is None
    assert told["format"]["certainty"] == "inferred"


def test_drafts_are_marked_and_bring_the_figures_with_them(published, tmp_path):
    files = packed(tmp_path, drafts=True)
    told = json.loads(files["manifest.json"])
    states = {document["kind"]: document["state"] for document in told["documents"]}
    assert states == {"pk": "diterbitkan", "lkjip": "draf", "rencana-aksi": "draf", "pengukuran": "draf"}
    assert all(not document["upload"]["path"] for document in told["documents"] if document["state"] == "draf")
    data = json.loads(files["data/data.json"])
    rows = list(csv.DictReader(io.StringIO(files["data/indikator.csv"].decode("utf-8-sig"))))
    assert {row["indikator_kode"] for row in rows} == {
        item["code"] for goal in data["goals"] for item in goal["indicators"]
    }
    for name, content in files.items():
        if name != "SHA256SUMS":
            assert f"{hashlib.sha256(content).hexdigest()}  {name}\n" in files["SHA256SUMS"].decode()


def test_a_type_that_nobody_knows_is_refused(published, tmp_path):
    with pytest.raises(Refusal) as refused:
        packed(tmp_path, type_ids={"entah": "1"})
    assert "entah" in str(refused.value)


def test_it_is_for_those_who_may_export_and_drafts_for_those_who_may_compose(published, tmp_path):
    path = tmp_path / "paket.zip"
    for role in (Role.SERVICE, Role.READER):
        with pytest.raises(NotAllowed):
            save_esr(acting("Contoh", {role}, [BIRO]), agency=BIRO, year=2024, path=path)
    with pytest.raises(NotFound):
        save_esr(acting("Contoh", {Role.PLANNER}, [KPU]), agency=BIRO, year=2024, path=path)
    owner = acting("Contoh", {Role.OWNER}, [BIRO])
    with pytest.raises(NotAllowed):
        save_esr(owner, agency=BIRO, year=2024, path=path, drafts=True)
    save_esr(owner, agency=BIRO, year=2024, path=path)
    assert tables.AuditRecord.objects.last().details["files"] == 2
