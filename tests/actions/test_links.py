"""Links are looked at without being led into one's own network, never for long, and the answer is kept."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions._reaching import is_address, is_public, reach
from selaras.actions.links import check_link, check_links
from selaras.core.access import Role, acting, operator
from selaras.core.errors import NotAllowed, NotFound
from selaras.store.models import AuditRecord, Evidence, LinkCheck

BY = operator("Operator Contoh")


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer()

    def do_HEAD(self):
        if self.path == "/tanpa-head":
            self.send_error(405)
        else:
            self.answer()

    def answer(self):
        at = self.path
        if at.startswith("/ke/"):
            self.send_response(302)
            self.send_header(
                "Location", {"/ke/ada": "/ada", "/ke/dalam": "http://10.0.0.1/", "/ke/terus": "/ke/terus"}[at]
            )
        else:
            self.send_response(200 if at in {"/ada", "/tanpa-head"} else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def look(port, path):
    return reach(f"http://127.0.0.1:{port}{path}", allowed=lambda ip: ip == "127.0.0.1", ports=frozenset({port}))


@pytest.mark.parametrize(
    ("path", "healthy", "answer"),
    [
        ("/ada", True, "HTTP 200"), ("/tanpa-head", True, "HTTP 200"), ("/hilang", False, "HTTP 404"),
        ("/ke/ada", True, "HTTP 200"), ("/ke/terus", False, "terlalu banyak pengalihan"),
        ("/ke/dalam", False, "porta yang tidak lazim tidak diperiksa"),
    ],
)  # fmt: skip
def test_pages_are_found_followed_and_missed(site, path, healthy, answer):
    found = look(site, path)
    assert (found.healthy, found.answer) == (healthy, answer)


def test_a_redirect_into_ones_own_network_is_not_followed(site):
    ports = frozenset({site, 80})
    found = reach(f"http://127.0.0.1:{site}/ke/dalam", allowed=lambda ip: ip == "127.0.0.1", ports=ports)
    assert not found.healthy
    assert "jaringan sendiri" in found.answer


def test_a_silent_or_closed_site_is_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        found = look(port, "/")
    assert (found.healthy, found.answer) == (False, "situs menolak sambungan")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.1.1/",
        "http://169.254.169.254/latest", "http://0.0.0.0/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/", "http://[fd00::1]/", "http://2130706433/", "http://224.0.0.1/", "http://100.64.0.1/",
    ],
)  # fmt: skip
def test_nothing_in_ones_own_network_is_asked(address):
    found = reach(address)
    assert not found.healthy
    assert found.answer in {"alamat di jaringan sendiri tidak diperiksa", "nama situs tidak ditemukan"}


@pytest.mark.parametrize(
    "address",
    [
        "", "contoh", "ftp://contoh.example/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[",
        "http://nama:sandi@contoh.example/", "http://a b/", "http://a:0/", "http://a:99999/", "https://a\\b/",
        "http://a/" + "x" * 3000, "gopher://a/",
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_asked(address):
    assert not is_address(address)
    assert reach(address).answer == "bukan alamat web"


def test_a_name_that_cannot_be_one_is_told():
    assert not reach("http://a..b/").healthy
    assert not reach(f"http://{'x' * 70}.example/").healthy


@given(st.ip_addresses(v=4))
def test_a_wrapped_address_is_as_public_as_the_one_inside(address):
    inside = is_public(str(address))
    assert is_public(f"::ffff:{address}") is inside
    assert is_public("8.8.8.8")


@pytest.fixture
def linked(db):
    fill(records())
    return Evidence.objects.get(agency__code=AGENCY.code)


def test_the_answer_is_kept_with_the_evidence(linked):
    Evidence.objects.filter(pk=linked.pk).update(target="http://127.0.0.1/")
    (state,) = check_links(BY, agency=AGENCY.code, year=2024)
    assert not state.healthy
    assert LinkCheck.objects.get(evidence=linked).answer == state.answer
    assert AuditRecord.objects.last().details == {"links": 1, "broken": 1}
    assert check_links(BY, agency=AGENCY.code, year=2001) == ()
    assert check_link(BY, agency=AGENCY.code, evidence=linked.pk) == state


def test_strangers_and_unknown_links_are_refused(linked):
    with pytest.raises(NotFound):
        check_link(BY, agency=AGENCY.code, evidence=linked.pk + 1)
    with pytest.raises(NotFound):
        check_links(acting("Asing", {Role.PLANNER}, {"LAIN"}), agency=AGENCY.code)
    with pytest.raises(NotAllowed):
        check_links(acting("Warga", {Role.EVALUATOR}, {AGENCY.code}), agency=AGENCY.code)
