"""An instrument as a TOML file of the form that `rulebook/data/lke` has, and back: to carry it from office to office."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import tomli_w

from selaras.core.errors import Fault, Refusal
from selaras.core.evaluation.copying import as_data
from selaras.core.evaluation.template import Template
from selaras.core.place import Place
from selaras.rulebook.lke import template_from

TABLE = "template"


def to_toml(template: Template) -> str:
    """The instrument as a file. `from_toml` gives an equal one."""
    return "# Instrumen evaluasi (LKE) Selaras.\n\n" + tomli_w.dumps(
        {TABLE: [as_data(template)]}, multiline_strings=False
    )


def from_toml(text: str, name: str) -> Template:
    """The instrument in a file called `name`. Raises Refusal with every fault if it is no TOML, or not sound."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        fault = Fault("bukan TOML yang benar", Place(source=name), str(error)[:200])
        raise Refusal(f"Berkas {name} tidak dapat dibaca.", fault) from error
    found = content.get(TABLE)
    if len(content) != 1 or not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], dict):
        fault = Fault("isi berkas", Place(source=name), ", ".join(content)[:200], f"satu tabel [[{TABLE}]]")
        raise Refusal(f"Berkas {name} bukan satu instrumen evaluasi.", fault)
    return template_from(found[0], name)
