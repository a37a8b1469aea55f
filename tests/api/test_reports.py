"""Editions, the ESR package, reviews and webhooks by programs."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import BIRO, KPU, ROOT

from selaras.actions.editions import approve, freeze, publish, withdraw
from selaras.actions.reviews import read_case
from selaras.core.access import Role, acting
from selaras.store import models as tables

AT = f"/agencies/{BIRO}"
HEAD = acting("Pimpinan Contoh", {Role.LEADER, Role.REPORTER}, [BIRO])
REPORT = ROOT / "tests" / "web" / "review" / "laporan.html"


@pytest.fixture
def edition(inside):
    row = freeze(HEAD, agency=BIRO, year=2024, kind="pk")
    approve(HEAD, agency=BIRO, edition=row.pk)
    return row


def test_an_edition_shows_its_files_once_it_is_published_and_no_longer(planner, edition):
    assert planner.get(f"{AT}/editions/{edition.pk}").json()["files"] == []
    publish(HEAD, agency=BIRO, edition=edition.pk)
    (told,) = planner.get(f"{AT}/2024/editions").json()
    assert (told["state"], told["version"]) == ("diterbitkan", 1)
    file = next(file for file in told["files"] if file["name"].endswith(".pdf"))
    answer = planner.get(f"{AT}/editions/{edition.pk}/files/{file['name']}")
    assert hashlib.sha256(answer.content).hexdigest() == file["sha256"] == answer["ETag"].strip('"')
    assert "attachment" in answer["Content-Disposition"]
    assert planner.get(f"{AT}/editions/{edition.pk}/files/../../secret.key").status_code == 404
    assert planner.get(f"/agencies/{KPU}/editions/{edition.pk}").status_code == 404
    withdraw(HEAD, agency=BIRO, edition=edition.pk, reason="Keliru.")
    assert planner.get(f"{AT}/editions/{edition.pk}/files/{file['name']}").status_code == 404


def test_the_package_for_the_ministry_comes_as_a_zip(planner, edition):
    answer = planner.get(f"{AT}/2024/esr", type_id="pk:9")
    assert answer.status_code == 200, answer.content
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "manifest.json" in archive.namelist()
    assert planner.get(f"{AT}/2024/esr", type_id="salah").status_code == 422
    assert planner.get(f"{AT}/2023/esr").status_code == 422


def test_a_report_is_handed_in_and_its_findings_fetched_when_it_is_read(program):
    reviewer = program(Role.REVIEWER)
    file = SimpleUploadedFile("../LKj Contoh.html", REPORT.read_bytes())
    answer = reviewer.client.post(f"/api/v1{AT}/reviews", {"file": file, "year": 2024})
    assert answer.status_code == 202, answer.content
    told = answer.json()
    assert (told["state"], told["title"], told["counts"]) == ("dibaca", "LKj Contoh", {})
    path = f"{AT}/reviews/{told['id']}"
    assert reviewer.get(f"{path}/findings").status_code == 422
    row = tables.ReviewCase.objects.get(pk=told["id"])
    read_case(acting("Pereviu", {Role.REVIEWER}, [BIRO]), agency=BIRO, case=row.pk, ticket=row.result["ticket"])
    assert reviewer.get(path).json()["counts"]["error"] >= 1
    findings = reviewer.get(f"{path}/findings").json()
    assert len(findings) == sum(reviewer.get(path).json()["counts"].values())
    assert findings[0]["places"][0]
    assert reviewer.get(f"{AT}/reviews").json()["total"] == 1
    assert program(Role.PLANNER).get(path).status_code == 404


def test_a_file_that_nobody_reads_is_refused_at_once(program):
    file = SimpleUploadedFile("gambar.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 99)
    answer = program(Role.REVIEWER).client.post(f"/api/v1{AT}/reviews", {"file": file})
    assert answer.status_code == 422
    assert answer.json()["faults"]


def test_a_webhook_is_made_changed_tried_and_removed(planner):
    made = planner.send("post", f"{AT}/webhooks", {"url": "https://contoh.go.id/terbit"})
    assert made.status_code == 201
    secret, row = made.json()["secret"], made.json()["id"]
    assert secret.startswith("whsec_")
    assert secret not in planner.get(f"{AT}/webhooks").content.decode()
    changed = planner.send("patch", f"{AT}/webhooks/{row}", {"events": ["report.withdrawn"]})
    assert (changed.json()["events"], changed.json()["url"]) == (["report.withdrawn"], "https://contoh.go.id/terbit")
    ping = planner.send("post", f"{AT}/webhooks/{row}/ping")
    assert (ping.status_code, ping.json()["state"]) == (202, "menunggu")
    (told,) = planner.get(f"{AT}/webhooks/{row}/deliveries").json()["items"]
    again = planner.send("post", f"{AT}/webhooks/{row}/deliveries/{told['id']}/retry")
    assert again.json()["event"] == "ping"
    assert planner.send("patch", f"{AT}/webhooks/{row}", {"active": False}).status_code == 200
    assert planner.send("post", f"{AT}/webhooks/{row}/ping").status_code == 422
    assert planner.send("delete", f"{AT}/webhooks/{row}").status_code == 204
    assert planner.get(f"{AT}/webhooks/{row}").status_code == 404


@pytest.mark.parametrize("url", ["http://contoh.go.id/", "https://127.0.0.1:99/", "javascript:alert(1)", ""])
def test_a_webhook_to_a_bad_address_is_refused(planner, url):
    answer = planner.send("post", f"{AT}/webhooks", {"url": url})
    assert answer.status_code == 422
    assert answer.json()["faults"]
