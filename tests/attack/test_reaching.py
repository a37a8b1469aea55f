"""Addresses that should lead the server into its own network: none is asked, however it is written or led on to."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.actions._posting import faults_of_address, post
from selaras.actions._reaching import NotReachedError, connected, is_public, reach, resolved

INNER = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254",
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
    "[fe80::1]", "[fc00::1]", "[fd12::1]", "[ff02::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "localhost", "192.0.2.1", "198.18.0.1", "240.0.0.1",
]  # fmt: skip


@pytest.fixture
def no_network(monkeypatch):
    """A connection that is made is a failure of the test."""

    def made(*args, **kwargs):
        raise AssertionError(f"asked {args}")

    monkeypatch.setattr(socket, "create_connection", made)


@pytest.mark.parametrize("host", INNER)
def test_an_address_inside_is_never_asked_however_it_is_written(no_network, host):
    for scheme in ("http", "https"):
        assert not reach(f"{scheme}://{host}/").healthy
    assert not post(f"https://{host}/", b"{}", {}, ()).taken


@pytest.mark.parametrize("address", ["file:///etc/passwd", "gopher://x/", "ftp://x/", "dict://x:11211/", "http://x@127.0.0.1/", "http://a:b@c.go.id/",
                                     "//x/", "javascript:alert(1)", "http://\r\nx/", "https://x:0/", "https://[::1", "data:text/html,x"])  # fmt: skip
def test_what_is_no_plain_address_of_the_web_is_never_asked(no_network, address):
    assert not reach(address).healthy
    assert faults_of_address(address, ())


@given(st.ip_addresses())
def test_an_address_is_public_only_where_the_world_may_use_it(address):
    if address.version == 6 and int(address) >> 125 != 1 and not address.ipv4_mapped:
        assert not is_public(str(address)), "outside 2000::/3 nothing of the world is reached"
    if (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
    ):
        assert not is_public(str(address))


def test_a_name_that_points_outside_and_inside_is_not_asked(monkeypatch):
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)
    with pytest.raises(NotReachedError):
        resolved("dua.contoh.id", 443, is_public)


def test_a_name_is_looked_up_once_and_that_very_address_is_asked(monkeypatch):
    """DNS rebinding: the second answer would be inside, and is never asked for."""
    asked, made = [], []

    def lookup(host, port, **_):
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34" if len(asked) == 1 else "127.0.0.1", port))
        ]

    def connect(address, timeout):
        made.append(address[0])
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(OSError):
        connected("http", "lincah.contoh.id", 80, is_public, float("inf"))
    assert (asked, made) == (["lincah.contoh.id"], ["93.184.216.34"])
