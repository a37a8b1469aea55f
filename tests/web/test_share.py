"""A fair share of a server process: one agency that floods does not hold up the others, alone it is not held back."""

import threading
import time

from django.http import HttpResponse
from django.test import RequestFactory

from selaras.web.share import PATIENCE, Share, ShareMiddleware, later

AT = "/i/{}/2024/beranda/"


def flooded(middleware, agency, number, statuses):
    def ask():
        statuses.append(middleware(RequestFactory().get(AT.format(agency))).status_code)

    threads = [threading.Thread(target=ask) for _ in range(number)]
    for thread in threads:
        thread.start()
    return threads


def slow(seconds, counts):
    def answer(_request):
        counts["now"] += 1
        counts["most"] = max(counts["most"], counts["now"])
        time.sleep(seconds)
        counts["now"] -= 1
        return HttpResponse("baik")

    return answer


def test_an_agency_holds_at_most_half_of_the_threads_while_others_ask(monkeypatch):
    monkeypatch.setenv("SELARAS_THREADS", "8")
    counts, statuses = {"now": 0, "most": 0}, []
    middleware = ShareMiddleware(slow(PATIENCE + 0.4, counts))
    with middleware.share.held("TENANG") as may:
        assert may
    threads = flooded(middleware, "RAMAI", 12, statuses)
    time.sleep(0.2)
    assert counts["most"] == 4
    assert sorted(statuses) == [429] * 6, "two wait, the others are told at once"
    with middleware.share.held("TENANG") as may:
        assert may
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 4 + [429] * 8


def test_an_agency_alone_has_every_thread():
    share = Share(4)
    with share.held("A") as one, share.held("A") as two, share.held("A") as three, share.held("A") as four:
        assert (one, two, three, four) == (True, True, True, True)
    with share.held("B"), share.held("A") as one, share.held("A") as two, share.held("A") as three:
        assert (one, two, three) == (True, True, False)


def test_who_is_sent_away_is_told_when_to_come_back_and_that_nothing_was_saved():
    page = later(RequestFactory().get("/i/A/2024/beranda/"))
    assert (page.status_code, page["Retry-After"], page["Refresh"]) == (429, "2", "2")
    sent = later(RequestFactory().post("/i/A/2024/beranda/"))
    assert "belum disimpan" in sent.content.decode()
    assert "Refresh" not in sent
    part = later(RequestFactory().post("/i/A/2024/beranda/", headers={"HX-Request": "true"}))
    assert (part["HX-Retarget"], "<html" in part.content.decode()) == ("#messages", False)
    told = later(RequestFactory().get("/api/v1/agencies/A/units"))
    assert told["Content-Type"] == "application/problem+json"
