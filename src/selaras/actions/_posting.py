"""Sending a signed message to an address of somebody else's, without being led into the installation's own network.

Only https at public addresses, by the very address that was looked at; hosts that the operator names
(`SELARAS_WEBHOOK_HOSTS`) may also be inside the own network and speak http. Redirects are not followed, little of the
answer is read, and nobody waits for long.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import socket
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from selaras.actions._reaching import PORTS, NotReachedError, connected, is_address, is_public, words_of
from selaras.core.errors import Fault

PREFIX = "whsec_"
SECONDS = 10.0
MOST_READ = 2048
HEADERS = {"User-Agent": "Selaras", "Content-Type": "application/json"}
UNTOUCHED = "/?&=%:;,+~!$'()*@[]-._"


@dataclass(frozen=True, slots=True)
class Sent:
    """What sending gave: the HTTP status (0 where there was no answer) and the answer in words."""

    status: int
    answer: str

    @property
    def taken(self) -> bool:
        """Whether the receiver took the message: any 2xx."""
        return 200 <= self.status < 300


def signature(secret: str, *, message: str, at: int, body: bytes) -> str:
    """The value of `webhook-signature` as Standard Webhooks 1.0 defines it: `v1,` and HMAC-SHA256 in base64.

    `message` is the id of the message, `at` its moment in seconds since 1970, `secret` is `whsec_` and base64.
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def faults_of_address(address: str, hosts: Collection[str]) -> list[Fault]:
    """What is wrong with an address as the target of a webhook, before anybody asks the network; none if it is good."""
    if not is_address(address):
        return [Fault("bukan alamat web", read=address[:200], expected="https://… tanpa nama dan kata sandi")]
    parts = urlsplit(address)
    if _named(parts, hosts):
        return []
    faults = []
    if parts.scheme != "https":
        faults.append(
            Fault("alamat tanpa TLS", read=parts.scheme, expected="https", remedy="Pakai alamat https penerima.")
        )
    elif parts.port not in {None, PORTS["https"]}:
        faults.append(
            Fault("porta yang tidak lazim", read=str(parts.port), expected="443",
                  remedy="Minta operator menambahkan host dan portanya pada SELARAS_WEBHOOK_HOSTS.")
        )  # fmt: skip
    return faults


def post(address: str, body: bytes, headers: dict[str, str], hosts: Collection[str]) -> Sent:
    """POST a JSON body once. Never raises for what the network or the receiver does; the words say what happened."""
    if faults := faults_of_address(address, hosts):
        return Sent(0, faults[0].sentence())
    parts = urlsplit(address)
    try:
        return _posted(parts, body, headers, own=_named(parts, hosts))
    except NotReachedError as problem:
        return Sent(0, str(problem))
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        return Sent(0, words_of(error))


def _posted(parts: SplitResult, body: bytes, headers: dict[str, str], *, own: bool) -> Sent:
    until = time.monotonic() + SECONDS
    host = (parts.hostname or "").encode("idna").decode() if "%" not in (parts.hostname or "") else ""
    port = parts.port or PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.sock = connected(parts.scheme, host, port, (lambda _: True) if own else is_public, until)
        with _until(connection.sock, until):
            connection.request("POST", _target(parts), body, HEADERS | headers)
            answer = connection.getresponse()
            answer.read(MOST_READ)
            return Sent(answer.status, f"HTTP {answer.status}")
    finally:
        connection.close()


@contextmanager
def _until(sock: socket.socket, until: float) -> Iterator[None]:
    """Hang up at a moment, so that a receiver that answers byte by byte holds nobody up."""

    def hang_up() -> None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, until - time.monotonic()), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=UNTOUCHED)
    return path + (f"?{quote(parts.query, safe=UNTOUCHED)}" if parts.query else "")


def _named(parts: SplitResult, hosts: Collection[str]) -> bool:
    """Whether the operator named this host, `host` for its usual port or `host:port`."""
    host = parts.hostname or ""
    port = parts.port or PORTS[parts.scheme]
    usual = port == PORTS[parts.scheme]
    return f"{host}:{port}" in hosts or (usual and host in hosts)
