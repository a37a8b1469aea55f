"""The texts of the web application and their English translation: found in the sources, kept in one catalogue.

`make messages` reads the sources anew, keeps every translation there is, and compiles the catalogue. It exits with 1
while something is left to translate. Babel does it all; GNU gettext is not needed.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCES = Path(__file__).parents[1] / "src" / "selaras"
CATALOGUE = SOURCES / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
TEMPLATES = (".html", ".txt")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SINCE = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date: the same texts give the same bytes


def texts(path):
    """The messages of one file: line, message (text, or singular and plural), context or None."""
    source = path.read_text("utf-8")
    if path.suffix in TEMPLATES:
        source = "\n".join(line.strip() for line in templatize(source, str(path)).splitlines())
    for line, function, found, _comments in extract_python(BytesIO(source.encode()), KEYWORDS, (), {}):
        yield line, *_parts(function, found)


def _parts(function, found):
    given = found if isinstance(found, tuple) else (found,)
    context = None
    if "p" in function.removesuffix("gettext_lazy").removesuffix("gettext_noop").removesuffix("gettext"):
        context, *given = given
    count = 2 if function.removesuffix("_lazy") in {"ngettext", "npgettext"} else 1
    message = tuple(given[:count])
    return (message if count == 2 else message[0]), context


def files():
    """Every file that may hold texts, in the order of their names."""
    return sorted(
        path
        for path in SOURCES.rglob("*")
        if path.suffix in TEMPLATES or (path.suffix == ".py" and b"gettext" in path.read_bytes())
    )


def scan():
    """The catalogue of the sources: every message, untranslated."""
    catalogue = Catalog(locale="en", domain="django", project="Selaras", creation_date=SINCE, revision_date=SINCE)
    for path in files():
        for line, message, context in texts(path):
            if message and all(message):
                place = (path.relative_to(SOURCES.parents[1]).as_posix(), line)
                catalogue.add(message, locations=[place], context=context)
    return catalogue


def stored():
    """The catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def renewed():
    """The messages of today with the translations there are, as it is to be written."""
    catalogue = scan()
    if CATALOGUE.is_file():
        kept = stored()
        for message in catalogue:
            known = kept.get(message.id, message.context) if message.id else None
            if known is not None and known.id == message.id:
                message.string = known.string
    return catalogue


def written(catalogue):
    """The catalogue as a .po file."""
    out = BytesIO()
    catalogue.header_comment = "# English texts of Selaras. The Indonesian texts in the sources are the originals."
    catalogue.fuzzy = False
    write_po(out, catalogue, width=120, include_lineno=False, sort_by_file=True)
    return out.getvalue()


def compiled(catalogue):
    """The catalogue as a .mo file."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def missing(catalogue):
    """The messages without a whole translation."""
    return [
        message
        for message in catalogue
        if message.id and not all(message.string if isinstance(message.string, tuple) else (message.string,))
    ]


def main():
    """Write the catalogue anew and say what is left to translate."""
    catalogue = renewed()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(written(catalogue))
    COMPILED.write_bytes(compiled(stored()))
    left = missing(catalogue)
    said = StringIO()
    for message in left:
        print(f"{message.locations[0][0]}: {message.id!r}", file=said)
    sys.stdout.write(f"{said.getvalue()}{len(catalogue)} texts, {len(left)} to translate.\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
