"""Every address of the application, from the map that the server itself uses."""

from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from selaras.core.access import Act
from selaras.web.gate import Door

SAMPLES = {
    "int": "987654321",
    "code": "TIDAK-ADA",
    "slug": "tidak-ada",
    "str": "tidak-ada",
    "path": "tidak-ada",
    "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
}
BY_HAND = {
    "issuing:key-file": Door(Act.KEEP_KEYS, ("POST",)), "issuing:sign": Door(Act.SIGN_DOCUMENT, ("GET", "POST")),
}  # fmt: skip
"""Doors of views that prepare the request before their gate (a key must not be written to the disk)."""
NO_YEAR = 1500
"""A year that no page has: whoever passes the gate then gets 404, whoever does not 403; no page is made for it."""


@dataclass(frozen=True)
class Address:
    """One pattern with its name and what its view says of its door (None: it says nothing)."""

    pattern: str
    name: str
    view: object

    @property
    def door(self):
        return getattr(self.view, "door", None) or BY_HAND.get(self.name)

    @property
    def inside(self):
        return self.pattern.startswith("i/<code:agency>/<int:year>/")

    def at(self, agency, year, **known):
        """The address with its parameters: those of the place, those that are known, and for the rest what does not exist."""
        path = "/" + self.pattern.replace("<code:agency>", agency).replace("<int:year>", str(year))
        while "<" in path:
            start, end = path.index("<"), path.index(">")
            kind, _, name = path[start + 1 : end].rpartition(":")
            path = path[:start] + str(known.get(name, SAMPLES.get(kind or "str", "tidak-ada"))) + path[end + 1 :]
        return path


def patterns(resolver=None, before="", spaces=()):
    """Every pattern as (address with its parameters, name, view)."""
    for item in (resolver or get_resolver()).url_patterns:
        address = before + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from patterns(item, address, (*spaces, item.namespace) if item.namespace else spaces)
        elif isinstance(item, URLPattern):
            yield address, ":".join([*spaces, item.name or ""]), item.callback


def every():
    return [Address(*one) for one in patterns()]
