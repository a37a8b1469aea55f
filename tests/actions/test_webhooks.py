"""Webhooks: signed, sent to a real receiver, tried again, given up; and never led into the own network."""

import base64
import hashlib
import hmac
import json
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone
from tests.web.conftest import BIRO, KPU, inside, samples  # noqa: F401 (fixtures)

from selaras.actions import _posting
from selaras.actions._posting import faults_of_address, post, signature
from selaras.actions.editions import approve, freeze, publish, withdraw
from selaras.actions.webhooks import (
    PUBLISHED,
    PURPOSE,
    WAITS,
    WITHDRAWN,
    announce,
    change_webhook,
    create_webhook,
    deliver,
    ping_webhook,
    remove_webhook,
    retry_delivery,
    try_webhook,
)
from selaras.core.access import Role, acting, operator
from selaras.core.errors import CannotRun, NotAllowed, NotFound, Refusal
from selaras.core.period import quarter
from selaras.store import models as tables
from selaras.store.sealing import unseal

PLANNER = acting("Perencana Contoh", {Role.PLANNER}, [BIRO])
OPERATOR = operator("operator")


class Receiver:
    """An HTTP server on loopback that keeps what it is sent and answers as it is told."""

    def __init__(self):
        self.got = []
        self.status = 204
        self.headers = {}
        self.slow = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((self.path, dict(self.headers), body))
                if outer.slow:
                    for letter in b"HTTP/1.1 200 OK":
                        try:
                            self.wfile.write(bytes([letter]))
                        except OSError:
                            return
                        time.sleep(0.1)
                self.send_response(outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver(inside, settings):  # noqa: F811
    made = Receiver()
    settings.WEBHOOK_HOSTS = [made.host]
    yield made
    made.server.shutdown()
    made.server.server_close()


def hooked(receiver, **more):
    return create_webhook(PLANNER, agency=BIRO, url=f"http://{receiver.host}/terbit?a=1", **more)


def later(row, minutes=0):
    tables.WebhookDelivery.objects.filter(pk=row.pk).update(next_at=timezone.now() - timedelta(seconds=1))
    row.refresh_from_db()


def test_a_published_report_is_announced_signed_and_delivered_once(receiver):
    _row, secret = hooked(receiver)
    writer, head = (
        acting("Penulis Contoh", {Role.REPORTER}, [BIRO]),
        acting("Pimpinan Contoh", {Role.LEADER}, [BIRO]),
    )
    edition = freeze(writer, agency=BIRO, year=2024, kind="triwulan", period=quarter(2024, 2))
    approve(head, agency=BIRO, edition=edition.pk)
    assert not tables.WebhookDelivery.objects.exists()
    publish(head, agency=BIRO, edition=edition.pk)
    assert deliver(OPERATOR).taken == 1
    ((path, headers, body),) = receiver.got
    assert path == "/terbit?a=1"
    message = json.loads(body)
    assert message["type"] == PUBLISHED
    assert message["data"]["agency"] == BIRO
    assert message["data"]["period"] == "Triwulan II Tahun 2024"
    assert {file["name"].rpartition(".")[2] for file in message["data"]["files"]} == {"html", "pdf", "xlsx"}
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(mac).decode()
    assert deliver(OPERATOR).taken == 0
    withdraw(head, agency=BIRO, edition=edition.pk, reason="Ada salah ketik.")
    deliver(OPERATOR)
    assert json.loads(receiver.got[-1][2])["type"] == WITHDRAWN


def test_the_published_address_of_a_file_is_the_one_of_the_public_pages(receiver, client):
    hooked(receiver)
    head = acting("Pimpinan Contoh", {Role.LEADER, Role.REPORTER}, [BIRO])
    edition = freeze(head, agency=BIRO, year=2024, kind="pk")
    approve(head, agency=BIRO, edition=edition.pk)
    publish(head, agency=BIRO, edition=edition.pk)
    file = tables.WebhookDelivery.objects.get().payload["data"]["files"][0]
    answer = client.get("/" + file["url"].split("/", 3)[3])
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]


def test_the_signature_is_that_of_the_published_example_of_standard_webhooks():
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    made = signature(secret, message="msg_p5jXN8AQM9LWM0D4loKWxJek", at=1614265330, body=body)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_secret_lies_sealed_and_a_changed_key_is_told_and_not_sent(receiver, settings):
    row, secret = hooked(receiver)
    row.refresh_from_db()
    key = secret.removeprefix("whsec_")
    assert key not in row.secret
    assert base64.b64decode(key) not in base64.b64decode(row.secret)
    assert len(row.secret) == tables.Webhook._meta.get_field("secret").max_length
    assert unseal(row.secret, PURPOSE) == base64.b64decode(key)
    with pytest.raises(CannotRun):
        unseal(row.secret, "lain")
    settings.SECRET_KEY = "kunci-lain-0123456789-kunci-lain-0123456789-kunci"
    announce(PLANNER, event=PUBLISHED, payload={}, agency=BIRO)
    assert deliver(OPERATOR).waiting == 1
    assert "kunci rahasia yang lain" in tables.WebhookDelivery.objects.get().answer
    assert not receiver.got


def test_a_test_message_is_sent_at_once_and_tells_what_came_back(receiver):
    row, _secret = hooked(receiver)
    made = try_webhook(PLANNER, agency=BIRO, webhook=row.pk)
    assert (made.answer, made.attempts, bool(made.delivered_at)) == ("HTTP 204", 1, True)
    assert json.loads(receiver.got[0][2])["type"] == "ping"
    receiver.status = 500
    refused = try_webhook(PLANNER, agency=BIRO, webhook=row.pk)
    assert (refused.answer, refused.delivered_at) == ("HTTP 500", None)
    assert refused.next_at


def test_what_is_not_taken_is_tried_again_ever_later_and_given_up_at_last(receiver):
    hooked(receiver)
    receiver.status = 500
    announce(PLANNER, event=PUBLISHED, payload={}, agency=BIRO)
    row = tables.WebhookDelivery.objects.get()
    for wait in WAITS:
        assert deliver(OPERATOR).waiting == 1
        row.refresh_from_db()
        assert abs(row.next_at - timezone.now() - wait) < timedelta(seconds=30)
        assert deliver(OPERATOR) == deliver(OPERATOR)
        later(row)
    assert deliver(OPERATOR).given_up == 1
    row.refresh_from_db()
    assert (row.next_at, row.delivered_at, row.answer, row.attempts) == (None, None, "HTTP 500", len(WAITS) + 1)
    receiver.status = 200
    retry_delivery(PLANNER, agency=BIRO, webhook=row.webhook_id, delivery=row.pk)
    assert deliver(OPERATOR).taken == 1


def test_a_redirect_is_not_followed(receiver):
    other = Receiver()
    hooked(receiver)
    receiver.status, receiver.headers = 307, {"Location": f"http://{other.host}/"}
    announce(PLANNER, event=PUBLISHED, payload={}, agency=BIRO)
    assert deliver(OPERATOR).waiting == 1
    assert other.got == []
    assert tables.WebhookDelivery.objects.get().answer == "HTTP 307"
    other.server.shutdown()
    other.server.server_close()


def test_a_receiver_that_is_gone_hears_no_more(receiver):
    row, _ = hooked(receiver)
    receiver.status = 410
    announce(PLANNER, event=PUBLISHED, payload={}, agency=BIRO)
    assert deliver(OPERATOR).given_up == 1
    row.refresh_from_db()
    assert not row.active
    assert announce(PLANNER, event=PUBLISHED, payload={}, agency=BIRO) == 0


def test_a_receiver_that_answers_byte_by_byte_is_hung_up_on(receiver, monkeypatch):
    monkeypatch.setattr(_posting, "SECONDS", 0.5)
    receiver.slow = True
    began = time.monotonic()
    sent = post(f"http://{receiver.host}/", b"{}", {}, [receiver.host])
    assert time.monotonic() - began < 2
    assert (sent.status, sent.taken) == (0, False)
    assert sent.answer


@pytest.mark.parametrize("address", [
    "http://contoh.go.id/terbit", "https://contoh.go.id:8443/", "https://nama:sandi@contoh.go.id/", "ftp://contoh.go.id/",
    "https://", "bukan alamat", "https://contoh.go.id/\r\nX: y", "file:///etc/passwd",
])  # fmt: skip
def test_an_address_that_is_not_plain_https_is_refused(inside, address):  # noqa: F811
    with pytest.raises(Refusal):
        create_webhook(PLANNER, agency=BIRO, url=address)
    assert not tables.Webhook.objects.exists()


@pytest.mark.parametrize("host", [
    "127.0.0.1", "localhost", "10.0.0.8", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[fd00::1]", "2130706433",
])  # fmt: skip
def test_an_address_inside_the_own_network_is_not_asked(host):
    assert faults_of_address(f"https://{host}/", []) == []
    sent = post(f"https://{host}/", b"{}", {}, [])
    assert sent.status == 0
    assert "jaringan sendiri" in sent.answer or "tidak ditemukan" in sent.answer


def test_the_operators_list_names_host_and_port(receiver):
    assert faults_of_address(f"http://{receiver.host}/", [receiver.host]) == []
    assert faults_of_address("http://127.0.0.1:1/", [receiver.host])
    assert faults_of_address("http://dalam.contoh/", ["dalam.contoh"]) == []
    assert faults_of_address("http://dalam.contoh:81/", ["dalam.contoh"])


def test_only_events_that_were_asked_for_arrive_and_only_of_the_own_agency(receiver):
    row, _ = hooked(receiver, events=[WITHDRAWN])
    assert announce(PLANNER, event=PUBLISHED, payload={}, agency=BIRO) == 0
    assert announce(PLANNER, event=WITHDRAWN, payload={}, agency=KPU) == 0
    change_webhook(PLANNER, agency=BIRO, webhook=row.pk, events=[PUBLISHED], active=False)
    assert announce(PLANNER, event=PUBLISHED, payload={}, agency=BIRO) == 0
    create_webhook(OPERATOR, agency="", url=f"http://{receiver.host}/semua", events=[PUBLISHED])
    assert announce(PLANNER, event=PUBLISHED, payload={}, agency=KPU) == 1


def test_a_ping_shows_whether_the_receiver_is_there(receiver):
    row, _ = hooked(receiver)
    ping_webhook(PLANNER, agency=BIRO, webhook=row.pk)
    deliver(OPERATOR)
    assert json.loads(receiver.got[0][2])["type"] == "ping"
    remove_webhook(PLANNER, agency=BIRO, webhook=row.pk)
    assert not tables.WebhookDelivery.objects.exists()


def test_strangers_and_colleagues_without_the_right_manage_no_webhook(receiver):
    row, _ = hooked(receiver)
    stranger = acting("Orang Lain", {Role.PLANNER}, [KPU])
    reader = acting("Pembaca Contoh", {Role.OWNER}, [BIRO])
    for by, error in ((stranger, NotFound), (reader, NotAllowed)):
        with pytest.raises(error):
            create_webhook(by, agency=BIRO, url="https://contoh.go.id/")
        with pytest.raises(error):
            remove_webhook(by, agency=BIRO, webhook=row.pk)
    with pytest.raises(NotFound):
        remove_webhook(stranger, agency=KPU, webhook=row.pk)
    with pytest.raises((NotAllowed, NotFound)):
        deliver(PLANNER)
    with pytest.raises((NotAllowed, NotFound)):
        create_webhook(PLANNER, agency="", url="https://contoh.go.id/")
