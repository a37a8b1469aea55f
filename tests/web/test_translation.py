"""The English interface: every text of the web application is translated, whole, current, and shown."""

import re

import pytest
from babel.messages.mofile import read_mo
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from selaras.core.access import Role
from tests import messages
from tests.web.conftest import BIRO

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%([sd])")
INDONESIAN = {"adalah", "belum", "dan", "dengan", "tidak", "untuk", "yang"}
LOOSE_CONSTANT = re.compile(r"_\((?:\"[^\"]*%[^\"]*\"|'[^']*%[^']*')\)")


@pytest.fixture(scope="module")
def sources():
    return messages.scan()


@pytest.fixture(scope="module")
def stored():
    return messages.stored()


def pairs(catalogue):
    """Every text with its translation; the singular and plural each for themselves."""
    for message in catalogue:
        if message.id:
            both = (message.id, message.string) if message.pluralizable else ((message.id,), (message.string,))
            yield from zip(*both, strict=True)


def test_every_text_of_the_sources_is_in_the_catalogue_and_no_other(sources, stored):
    def known(catalogue):
        return {(message.id, message.context) for message in catalogue if message.id}

    assert known(sources) == known(stored), "run `make messages` and translate what it names"


def test_every_text_has_a_translation(stored):
    assert [message.id for message in messages.missing(stored)] == []


def test_no_translation_is_a_guess(stored):
    assert [message.id for message in stored if message.id and message.fuzzy] == []


def test_the_placeholders_of_a_translation_are_those_of_its_text(stored):
    def names(text):
        return sorted(PLACEHOLDER.findall(text))

    assert [text for text, english in pairs(stored) if names(text) != names(english)] == []


def test_singular_and_plural_speak_of_the_same_things(sources):
    """What is named by one and counted by several is two sentences; gettext's own tools refuse such a pair."""

    def names(text):
        return sorted(name or mark for name, mark in PLACEHOLDER.findall(text))

    pairs_of_numbers = [message.id for message in sources if message.id and message.pluralizable]
    assert [both for both in pairs_of_numbers if names(both[0]) != names(both[1])] == []


def test_translations_keep_the_space_around_and_the_markup_within_a_text(stored):
    def frame(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :], re.findall(r"</?\w+>", text)

    assert [text for text, english in pairs(stored) if frame(text) != frame(english)] == []


def test_a_translated_sentence_ends_as_its_original(stored):
    assert [text for text, english in pairs(stored) if text[-1] in ".?:…" and text[-1] != english[-1]] == []


def test_no_translation_is_left_in_indonesian(stored):
    left = [english for _text, english in pairs(stored) if INDONESIAN & set(re.findall(r"[a-z]+", english.lower()))]
    assert left == []


def test_the_compiled_catalogue_is_current(stored):
    with messages.COMPILED.open("rb") as file:
        compiled = read_mo(file)
    assert dict(pairs(compiled)) == dict(pairs(stored))


def test_no_constant_in_a_template_holds_a_percent_sign():
    """Django looks such a constant up with the sign doubled and prints it so; `{% translate %}` is for these."""
    templates = [path for path in messages.files() if path.suffix == ".html"]
    assert [path for path in templates if LOOSE_CONSTANT.search(path.read_text("utf-8"))] == []


def test_django_finds_the_translation():
    with override("en"):
        assert gettext("Beranda") == "Home"
        assert ngettext("%(n)s indikator", "%(n)s indikator", 1) == "%(n)s indicator"
        assert ngettext("%(n)s indikator", "%(n)s indikator", 2) == "%(n)s indicators"
    with override("id"):
        assert gettext("Beranda") == "Beranda"


def navigation(answer):
    text = answer.content.decode()
    return re.sub(r"<[^>]+>", " ", text[text.index("<nav") : text.index("</nav>")])


def test_a_person_who_chooses_english_reads_english(planner):
    overview = reverse("home:overview", args=(BIRO, 2024))
    assert "Perencanaan" in navigation(planner.get(overview))

    planner.post(reverse("set_language"), {"language": "en", "next": overview})
    answer = planner.get(overview)

    assert '<html lang="en"' in answer.content.decode()
    assert "Planning" in navigation(answer)
    assert "Perencanaan" not in navigation(answer)


def test_the_language_of_the_account_goes_with_its_profile(signed_in):
    browser = signed_in(Role.PLANNER)
    browser.post(reverse("profile"), {"language": "en", "email": ""})
    assert "My account" in browser.get(reverse("profile")).content.decode()


def test_a_browser_set_to_english_still_gets_indonesian_until_somebody_chooses(client, db):
    answer = client.get(reverse("account_login"), headers={"accept-language": "en"})
    assert "Kata sandi" in answer.content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "home:overview", "org:overview", "planning:overview", "agreements:overview", "measurement:grid",
        "budget:overview", "reporting:overview", "followup:overview", "records:kinds",
    ],
)  # fmt: skip
def test_every_stage_opens_in_english(planner, page):
    planner.cookies["selaras_language"] = "en"
    answer = planner.get(reverse(page, args=(BIRO, 2024)))
    assert answer.status_code == 200
    assert "Skip to content" in answer.content.decode()
