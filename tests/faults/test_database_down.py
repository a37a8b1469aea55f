"""The database goes down in mid-request and comes back: a clear 503, nothing half, no restart of the server needed."""

import json
import threading
import time

import pytest
from tests.faults import house
from tests.faults.house import BIRO, asked

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
TOKEN = "a" * 32


@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
def test_the_server_tells_that_the_database_is_down_and_works_again_when_it_is_back(installation):
    data, server = installation.data, installation.server
    cookies = json.loads((data / "cookies.json").read_text())
    page, told, statuses, strange, running = f"/i/{BIRO}/2024/pengukuran/", {}, [], [], threading.Event()
    with house.served(data, installation.url) as port:

        def people(number):
            seen = ""
            while not running.is_set():
                value = str(1000 * (number + 1) + len(statuses))
                form = {
                    "indikator": f"IT-{1 + number % 3}",
                    "periode": f"triwulan-{1 + number // 3}",
                    "nilai": value,
                    "terlihat": seen,
                }
                status, headers, text = asked(
                    port, "POST", f"{page}sel/", cookie=cookies[number], token=TOKEN, form=form
                )
                statuses.append((status, "Traceback" in text, headers.get("Retry-After")))
                if status not in {200, 409, 503}:
                    strange.append(text[:600])
                if status == 200:
                    seen = json.loads(text)["seen"]
                    told[form["indikator"], form["periode"]] = seen
                elif status == 409:
                    seen = json.loads(text)["stands"]["seen"]
                else:
                    time.sleep(0.05)

        threads = [threading.Thread(target=people, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        house.wait_for(lambda: sum(status == 200 for status, *_ in statuses) > 12, 60)
        server.kill()
        try:
            house.wait_for(lambda: any(status == 503 for status, *_ in statuses), 30)
            status, headers, text = asked(port, "GET", page, cookie=cookies[0])
            assert (status, "Basis data tidak terjangkau" in text) == (503, True)
            assert int(headers["Retry-After"]) > 0
            assert asked(port, "GET", "/health", json_=True)[0] == 503
            status, headers, text = asked(port, "GET", "/api/v1/agencies", json_=True, bearer="selaras_tidakadaadanya")
            assert (status, "Basis data tidak terjangkau" in text) == (503, True), (
                "not 401: nobody could look the token up"
            )
        finally:
            server.start()
        before = len(statuses)
        house.wait_for(lambda: sum(status == 200 for status, *_ in statuses[before:]) > 12, 60)
        running.set()
        for thread in threads:
            thread.join()
        assert asked(port, "GET", "/health", json_=True)[0] == 200
        assert strange == []
        assert not any(trace for _, trace, _ in statuses)
        assert all(after for status, _, after in statuses if status == 503)
        for (indicator, period), value in told.items():
            form = {"indikator": indicator, "periode": period, "nilai": "1", "terlihat": "bukan ini"}
            answer = asked(port, "POST", f"{page}sel/", cookie=cookies[0], token=TOKEN, form=form)
            assert json.loads(answer[2])["stands"]["seen"] == value, "what was told as saved stands there"
    assert house.selaras("audit", "verify", "--data", data, url=installation.url).returncode == 0
