"""What an operator watches: the number of a request, figures for Prometheus, health, the version of the database."""

import os
import re
import subprocess
import sys

import pytest
from django.db import connection
from django.test import Client

from selaras.core.access import Role
from selaras.core.errors import CannotRun
from selaras.store import models as tables
from selaras.store import workspace
from selaras.store.counters import Counters, together
from selaras.web.watching import counters
from tests.web.conftest import BIRO


@pytest.fixture
def measured(inside, settings):
    settings.METRICS = "local"
    counters.cache_clear()
    yield
    counters.cache_clear()


def test_every_answer_has_a_number_and_the_trail_has_the_same(signed_in):
    planner = signed_in(Role.PLANNER)
    answer = planner.post("/bahasa/", {"language": "en", "next": "/"})
    number = answer.headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", number)
    assert tables.AuditRecord.objects.get(action="memilih bahasa").details["errand"] == number
    assert Client().get("/tidak-ada").headers["X-Request-ID"] != number


def test_a_number_is_taken_only_from_a_proxy_that_is_trusted(inside, settings):
    given = {"X-Request-ID": "dari-proksi-12345"}
    assert Client().get("/health", headers=given).headers["X-Request-ID"] != "dari-proksi-12345"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert Client().get("/health", headers=given).headers["X-Request-ID"] == "dari-proksi-12345"
    for wrong in ("a", "x" * 65, "a b c d e f", "<script>alert", "baris\tbaru-12"):
        assert Client().get("/health", headers={"X-Request-ID": wrong}).headers["X-Request-ID"] != wrong


def test_the_figures_are_closed_unless_they_are_opened_and_then_to_few(inside, settings):
    assert Client().get("/metrics").status_code == 404
    settings.METRICS = "local"
    assert Client().get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="203.0.113.5").get("/metrics").status_code == 404
    assert Client(headers={"X-Forwarded-For": "203.0.113.5"}).get("/metrics").status_code == 404, "through a proxy here"
    settings.METRICS_TOKEN = "kata-pemantau-yang-panjang"
    assert Client().get("/metrics").status_code == 404
    assert Client(headers={"Authorization": "Bearer salah"}).get("/metrics").status_code == 404
    good = Client(REMOTE_ADDR="203.0.113.5", headers={"Authorization": "Bearer kata-pemantau-yang-panjang"})
    assert good.get("/metrics").status_code == 200
    assert good.post("/metrics").status_code in {403, 405}


def figures(text):
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for line in lines:
        assert re.fullmatch(r'[a-z_]+(\{([a-z_]+="(\\.|[^"\\])*",?)+\})? \S+', line), line
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_requests_are_counted_by_page_and_status_and_never_by_what_people_asked(measured, signed_in):
    planner = signed_in(Role.PLANNER)
    for _ in range(3):
        planner.get(f"/i/{BIRO}/2024/data/")
    planner.get("/tidak-ada/rahasia")
    text = Client().get("/metrics").content.decode()
    seen = figures(text)
    assert seen['selaras_http_requests_total{method="GET",route="records:kinds",status="200"}'] == 3
    assert seen['selaras_http_requests_total{method="GET",route="-",status="404"}'] == 1
    assert "rahasia" not in text
    assert BIRO not in text
    assert seen['selaras_http_request_duration_seconds_bucket{le="+Inf",stage="records"}'] == 3
    assert seen['selaras_http_request_duration_seconds_count{stage="records"}'] == 3
    assert seen['selaras_db_queries_total{stage="records"}'] >= 3
    for name in ("database_bytes", "audit_last_id", "disk_free_bytes", "backup_last_timestamp_seconds"):
        assert f"selaras_{name}" in seen
    assert seen["selaras_database_up"] == 1
    assert any(key.startswith("selaras_audit_head_info") for key in seen)
    bounds = [
        value
        for key, value in seen.items()
        if key.startswith("selaras_http_request_duration_seconds_bucket") and 'stage="records"' in key
    ]
    assert bounds == sorted(bounds)


WORKER = """
import sys
from pathlib import Path
from selaras.store.counters import Counters
kept = Counters(Path(sys.argv[1]))
for number in range(5000):
    kept.add("a_total", route=f"halaman-{number % 50}")
    kept.add("b_total", 0.5)
"""


def test_several_processes_count_beside_each_other_and_nothing_is_lost(tmp_path):
    workers = [subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path)]) for _ in range(3)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    sums = together(tmp_path)
    assert sums["b_total", ()] == 7500
    assert sum(value for (name, _), value in sums.items() if name == "a_total") == 15000
    assert len([key for key in sums if key[0] == "a_total"]) == 50


def test_counting_goes_on_in_memory_where_nothing_can_be_written(tmp_path):
    closed = tmp_path / "berkas"
    closed.write_text("bukan folder")
    kept = Counters(closed)
    for number in range(5000):
        kept.add("a_total", route="x" * 200 + str(number))
    assert together(closed) == {}


def test_a_process_that_answers_is_alive_though_its_database_is_not(inside, monkeypatch):
    from selaras.web import health

    monkeypatch.setattr(health, "database_state", lambda: "tidak terjangkau")
    assert Client().get("/health/live").status_code == 200
    assert Client().get("/health/ready").status_code == 503


def test_a_database_of_a_later_version_is_left_alone(inside):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '0999_masa_depan', CURRENT_TIMESTAMP)"
        )
    with pytest.raises(CannotRun, match="lebih baru") as caught:
        workspace.migrate()
    assert "0999_masa_depan" in caught.value.faults[0].read
    assert Client().get("/health").status_code == 503


def test_one_asks_about_the_own_data_and_takes_a_copy(signed_in):
    planner = signed_in(Role.PLANNER)
    assert planner.get("/akun/data-saya/").status_code == 200
    copy = planner.post("/akun/data-saya/salinan/")
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert "contoh-planner" in copy.content.decode()
    assert (
        planner.post("/akun/data-saya/", {"wish": "perbaikan", "text": "Nama saya salah ejaannya."}).status_code == 302
    )
    assert planner.post("/akun/data-saya/", {"wish": "perbaikan", "text": "x"}).status_code == 422
    row = tables.SubjectRequest.objects.get()
    boss = signed_in(Role.ADMINISTRATOR)
    page = boss.get(f"/i/{BIRO}/2024/retensi/").content.decode()
    assert "Contoh Planner" in page
    address = f"/i/{BIRO}/2024/retensi/permintaan/{row.pk}/"
    assert boss.get(address).status_code == 200
    assert boss.post(address, {"granted": "ya", "answer": "Sudah diperbaiki."}).status_code == 302
    assert boss.post(address, {"granted": "ya", "answer": "Lagi."}).status_code == 422
    assert "Sudah diperbaiki." in planner.get("/akun/data-saya/").content.decode()


def test_the_page_of_retention_counts_ends_and_refuses(signed_in, django_assert_max_num_queries):
    boss, page = signed_in(Role.ADMINISTRATOR), f"/i/{BIRO}/2024/retensi/"
    with django_assert_max_num_queries(12):
        assert boss.get(page).status_code == 200
    assert boss.post(f"{page}jalankan/", {"hitung": "1"}).status_code == 200
    assert boss.post(f"{page}jalankan/").status_code == 302
    assert boss.post(f"{page}hapus/", {"kind": "pegawai", "key": "TIDAK-ADA", "reason": "x"}).status_code == 422
    assert signed_in(Role.PLANNER).post(f"{page}jalankan/").status_code == 403


def test_the_settings_of_the_log_are_those_of_the_environment(tmp_path):
    code = "from selaras.cli.options import open_web_workspace; from pathlib import Path; import sys; open_web_workspace(Path(sys.argv[1])); import logging; logging.getLogger('selaras.request').info('halo', extra={'status': 200})"
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SELARAS_", "DATABASE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env=kept | {"SELARAS_LOG": "json"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"message": "halo"' in done.stderr
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=kept, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
