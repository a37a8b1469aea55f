"""What does not fit the shape of a request, told as a person would: what, where, what was read, what is expected."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest

LONGEST = 200
OWN = "value_error"
"""Said by our own checks, in words already."""
MESSAGES = {
    "missing": ("isian wajib belum ada", "isian ini"),
    "extra_forbidden": ("isian tidak dikenal", "isian yang disebut dokumen API"),
    "less_than_equal": ("terlalu besar", "paling besar {le}"),
    "less_than": ("terlalu besar", "kurang dari {lt}"),
    "greater_than_equal": ("terlalu kecil", "paling kecil {ge}"),
    "greater_than": ("terlalu kecil", "lebih dari {gt}"),
    "enum": ("pilihan tidak dikenal", "{expected}"),
    "literal_error": ("pilihan tidak dikenal", "{expected}"),
    "string_too_long": ("teks terlalu panjang", "paling banyak {max_length} huruf"),
    "string_too_short": ("teks terlalu pendek", "paling sedikit {min_length} huruf"),
    "string_pattern_mismatch": ("teks tidak sesuai polanya", "{pattern}"),
    "too_long": ("daftar terlalu panjang", "paling banyak {max_length} butir"),
    "too_short": ("daftar terlalu pendek", "paling sedikit {min_length} butir"),
    "int_parsing": ("bukan bilangan bulat", "bilangan bulat"),
    "int_parsing_size": ("bilangan terlalu besar", "bilangan bulat"),
    "int_from_float": ("bukan bilangan bulat", "bilangan bulat"),
    "int_type": ("bukan bilangan bulat", "bilangan bulat"),
    "float_parsing": ("bukan angka", "angka"),
    "decimal_parsing": ("bukan angka", "angka desimal dengan titik, misalnya 87.5"),
    "decimal_type": ("bukan angka", "angka desimal dengan titik, misalnya 87.5"),
    "finite_number": ("bukan angka", "angka yang berhingga"),
    "bool_parsing": ("bukan ya atau tidak", "true | false"),
    "bool_type": ("bukan ya atau tidak", "true | false"),
    "string_type": ("bukan teks", "teks"),
    "list_type": ("bukan daftar", "daftar"),
    "tuple_type": ("bukan daftar", "daftar"),
    "dict_type": ("bukan objek", "objek"),
    "model_type": ("bukan objek", "objek"),
    "model_attributes_type": ("bukan objek", "objek"),
    "dataclass_type": ("bukan objek", "objek"),
    "date_parsing": ("bukan tanggal", "tanggal seperti 2024-12-31"),
    "date_from_datetime_parsing": ("bukan tanggal", "tanggal seperti 2024-12-31"),
    "date_type": ("bukan tanggal", "tanggal seperti 2024-12-31"),
    "datetime_parsing": ("bukan waktu", "waktu seperti 2024-12-31T08:00:00Z"),
    "datetime_from_date_parsing": ("bukan waktu", "waktu seperti 2024-12-31T08:00:00Z"),
}  # fmt: skip
"""What a kind of misfit is called, and what is expected instead, filled from its bounds."""


class _Bounds(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def faults(request: HttpRequest, errors: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The misfits of a request as faults, with what stood in each place of it."""
    body = _body(request)
    return [
        {
            **_told(item),
            "place": {"column": ".".join(str(part) for part in item.get("loc", ()))},
            "read": _read(request, body, tuple(item.get("loc", ()))),
            "remedy": "",
        }
        for item in errors
    ]


def _told(item: Mapping[str, Any]) -> dict[str, str]:
    kind, said = str(item.get("type", "")), str(item.get("msg", ""))
    if kind == OWN:
        return {"message": said.removeprefix("Value error, "), "expected": ""}
    if kind not in MESSAGES:
        return {"message": said, "expected": kind}
    message, expected = MESSAGES[kind]
    return {
        "message": message,
        "expected": expected.format_map(_Bounds(item.get("ctx") or {})).replace(" or ", " atau "),
    }


def _body(request: HttpRequest) -> Any:
    if "json" not in request.headers.get("Content-Type", ""):
        return None
    try:
        return json.loads(request.body)
    except ValueError:
        return None


def _read(request: HttpRequest, body: Any, place: tuple[Any, ...]) -> str:
    """What stands at a place of the request; empty where nothing does, or where it is more than one value."""
    if not place:
        return ""
    if place[0] == "query":
        return request.GET.get(str(place[-1]), "")[:LONGEST]
    if place[0] == "path" and request.resolver_match:
        return str(request.resolver_match.kwargs.get(str(place[-1]), ""))[:LONGEST]
    found = body
    for part in place[2:] if place[0] == "body" else ():  # the second part is the name of the body itself
        if (isinstance(found, dict) and part in found) or (
            isinstance(found, list) and isinstance(part, int) and part < len(found)
        ):
            found = found[part]
        else:
            return ""
    return "" if isinstance(found, dict | list) or found is None else str(found)[:LONGEST]
