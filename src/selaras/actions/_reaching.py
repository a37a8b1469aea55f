"""Looking whether a page on the web is there, without being led into the installation's own network.

Only http and https on their usual ports, only public addresses, by the very address that was looked at (so that a
name cannot point elsewhere a moment later), every redirect looked at again, and never for long.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

LONGEST_ADDRESS = 2000
SECONDS = 5.0
ALTOGETHER = 15.0
MOST_REDIRECTS = 4
PORTS = {"http": 80, "https": 443}
WORLD = ipaddress.IPv6Network("2000::/3")
"""The only part of IPv6 that is given out for the internet."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_FOR_HEAD = frozenset({400, 403, 404, 405, 501})
Judge = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Reached:
    """What a look at an address gave: whether the page is there, and the answer in words."""

    healthy: bool
    answer: str


class NotReachedError(Exception):
    """Why an address was not asked or did not answer; the words are for people."""


def is_address(text: str) -> bool:
    """Whether a text is an address of a web page: http or https, a host, no name and password, no blanks."""
    if len(text) > LONGEST_ADDRESS or re.search(r"[\s<>\"\\\x00-\x1f\x7f]", text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:  # brackets or a port that mean nothing
        return False


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; addresses wrapped into IPv6 are unwrapped first."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None or found in ipaddress.ip_network("64:ff9b::/96"):
            return inner is not None and is_public(str(inner))
        if found not in WORLD:  # IPv4 written into the last bits (`::127.0.0.1`) and ranges that nobody has been given
            return False
    return found.is_global and not found.is_multicast


def reach(address: str, *, allowed: Judge = is_public, ports: frozenset[int] = frozenset(PORTS.values())) -> Reached:
    """Ask for the head of a page and follow redirects. `allowed` judges each IP address, `ports` are those asked."""
    until = time.monotonic() + ALTOGETHER
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, onward = _asked(_parts(address, ports), allowed, until)
            if status in REDIRECTS and onward:
                address = urljoin(address, onward)
                continue
            return Reached(200 <= status < 300, f"HTTP {status}")
    except NotReachedError as problem:
        return Reached(False, str(problem))
    return Reached(False, "terlalu banyak pengalihan")


def _parts(address: str, ports: frozenset[int]) -> SplitResult:
    if not is_address(address):
        raise NotReachedError("bukan alamat web")
    parts = urlsplit(address)
    if (parts.port or PORTS[parts.scheme]) not in ports:
        raise NotReachedError("porta yang tidak lazim tidak diperiksa")
    return parts


def _asked(parts: SplitResult, allowed: Judge, until: float) -> tuple[int, str]:
    """Status and redirect of one address: by HEAD, and by GET where the server does not like HEAD."""
    status, onward = _request("HEAD", parts, allowed, until)
    return _request("GET", parts, allowed, until) if status in NOT_FOR_HEAD else (status, onward)


def _request(method: str, parts: SplitResult, allowed: Judge, until: float) -> tuple[int, str]:
    port = parts.port or PORTS[parts.scheme]
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = None
    try:
        host = _host(parts.hostname or "")
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.sock = connected(parts.scheme, host, port, allowed, until)
        connection.request(method, _ascii(target), headers={"User-Agent": "Selaras", "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "") or ""
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise NotReachedError(words_of(error)) from error
    finally:
        if connection is not None:
            connection.close()


def _host(name: str) -> str:
    """A host as the network writes it; raises UnicodeError for a name that cannot be one."""
    return name if _is_literal(name) else name.encode("idna").decode()


def connected(scheme: str, host: str, port: int, allowed: Judge, until: float) -> socket.socket:
    """A connection to a public address of the host, wrapped for https under the host's own name."""
    left = min(SECONDS, until - time.monotonic())
    if left <= 0:
        raise NotReachedError("terlalu lama menjawab")
    address = resolved(host, port, allowed)
    raw = socket.create_connection((address, port), timeout=left)
    if scheme == "http":
        return raw
    try:
        return ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    except OSError:
        raw.close()
        raise


def resolved(host: str, port: int, allowed: Judge) -> str:
    """The first address of a host; none is asked if any of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotReachedError("nama situs tidak ditemukan") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(map(allowed, addresses)):
        raise NotReachedError("alamat di jaringan sendiri tidak diperiksa")
    return addresses[0]


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _ascii(target: str) -> str:
    return quote(target, safe="/?&=%:;,+~!$'()*@[]-._")


def words_of(error: Exception) -> str:
    """Why a site could not be reached, for people."""
    if isinstance(error, TimeoutError):
        return "terlalu lama menjawab"
    if isinstance(error, ssl.SSLError):
        return "sertifikat situs tidak dapat dipercaya"
    if isinstance(error, ConnectionRefusedError):
        return "situs menolak sambungan"
    return "situs tidak menjawab dengan benar"
