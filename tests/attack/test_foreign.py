"""What belongs to another agency is found by no number and no code, in no address, form or body; nor is what belongs to

another unit changed. Both agencies hold a row in every table; those of the other one share a number, a code and words.
"""

import itertools
import re

import lxml.html
import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve
from tests.attack.addresses import every
from tests.attack.conftest import INSIDE, browser, person
from tests.attack.twins import FOREIGN, OWN, YEAR, all_tables, plant, rows
from tests.web.conftest import BIRO, KPU

from selaras.actions.tokens import create_token
from selaras.api.door import api
from selaras.core.access import Actor, Role, Scope
from selaras.core.snapshot import RECORD_KINDS
from selaras.store import models as tables
from selaras.store.rows import all_tables as record_tables
from selaras.store.units import answering, below
from selaras.web.records.views import SLUGS

pytestmark = pytest.mark.slow
PLACE = {"agency", "year"}


def parameters(one):
    return [(kind, name) for kind, name in re.findall(r"<(\w+):(\w+)>", one.pattern) if name not in PLACE]


INSIDE_PAGES = [one for one in every() if one.inside and one.door]
ASKING = [one for one in INSIDE_PAGES if parameters(one)]
LEADS_ON = {("measurement:indicator", "GET")}
"""Pages that lead on to another before they look for anything."""


def planted(code, mark):
    plant(tables.Agency.objects.get(code=code), person(f"orang-{code.lower()}", Role.PLANNER, agency=code), mark)


@pytest.fixture
def foreign(inside):
    """The rows of the other agency, and somebody with every role in the one agency."""
    planted(KPU, FOREIGN)
    return browser(person("ani", *INSIDE), raise_request_exception=False)


class Writes:
    """Whether a request wrote anything, and whether a number of the other agency stood in it."""

    def __init__(self):
        self.any = self.theirs = False

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.any = self.any or "store_" in sql
            told = itertools.chain(*params) if many else params or ()
            self.theirs = self.theirs or any(one == FOREIGN.number for one in told)
        return execute(sql, params, many, context)


def asked(client, method, path, data=None):
    """The status of an answer, and whether it showed or touched anything of the other agency; its deed is undone."""
    writes = Writes()
    with transaction.atomic(), connection.execute_wrapper(writes):
        answer = getattr(client, method.lower())(path, data, headers={"HX-Request": "true"})
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        shown = text.decode(errors="replace") + repr(getattr(answer, "exc_info", None))
        transaction.set_rollback(True)
    return answer.status_code, FOREIGN.words in shown or writes.theirs


def at(one, year, marks):
    known = {
        name: mark.number if kind == "int" else mark.code
        for (kind, name), mark in zip(parameters(one), marks, strict=True)
    }
    return one.at(BIRO, year, **known)


def test_no_address_finds_what_belongs_to_another_agency(foreign):
    before, wrong = rows(FOREIGN), {}
    for one in ASKING:
        for method in one.door.methods:
            got, told = asked(foreign, method, at(one, YEAR, [FOREIGN] * len(parameters(one))))
            if told or (got not in {403, 404, 405, 422, 429} and (one.name, method) not in LEADS_ON):
                wrong[one.name, method] = got, told
    assert wrong == {}
    assert rows(FOREIGN) == before


def test_no_address_that_begins_with_the_own_goes_on_to_the_other(foreign):
    """The case is ours and the finding theirs, or the other way round: nothing is shown of theirs, nothing done to it.

    The own rows are as raw as the others, and many a page fails over them; it may, if it does not fail over the others.
    """
    planted(BIRO, OWN)
    wrong, reached = {}, 0
    for one in ASKING:
        for marks in itertools.product((FOREIGN, OWN), repeat=len(parameters(one))):
            if len(marks) < 2 or len(set(marks)) < 2:
                continue
            for method in one.door.methods:
                got, told = asked(foreign, method, at(one, YEAR, marks))
                reached += got != 404
                if told:
                    wrong[one.name, method, marks] = got, told
    assert wrong == {}
    assert reached > 50, "or the own rows were never found, and this shows nothing"


class Forms:
    """The forms of a page: where each goes, and its fields with their values; and the links of the page."""

    def __init__(self, text):
        page = lxml.html.document_fromstring(text) if text.strip() else lxml.html.Element("html")
        self.links = [link.get("href") for link in page.iter("a") if link.get("href")]
        self.found = [self._form(item) for item in page.iter("form") if (item.get("method") or "").lower() == "post"]

    def _form(self, item):
        form = {"to": item.get("action") or item.get("hx-post") or "", "fields": {}, "choices": {}}
        outside = item.getroottree().xpath("//*[@form=$id]", id=item.get("id")) if item.get("id") else []
        for field in [*item.iter("input", "select", "textarea"), *outside]:
            if field.get("name") not in {None, "csrfmiddlewaretoken"}:
                self._field(form, field, field.get("name"), field.get("type", "text"))
        return form

    def _field(self, form, field, name, kind):
        given = field.get("value", "")
        if field.tag == "select":
            options = list(field.iter("option"))
            form["choices"][name] = [option.get("value", "") for option in options]
            chosen = [option.get("value", "") for option in options if option.get("selected") is not None]
            form["fields"][name] = (chosen or form["choices"][name] or [""])[-1 if chosen else 0]
        elif field.tag == "textarea":
            form["fields"][name] = "uji"
        elif kind in {"hidden", "radio", "checkbox"} or field.get("list"):
            form["choices"].setdefault(name, []).append(given)
            form["fields"][name] = given
        elif kind != "file":
            form["fields"][name] = given or ("1" if kind == "number" else "2024-06-01" if kind == "date" else "uji")


def read(client, path):
    answer = client.get(path)
    is_page = answer.status_code == 200 and not answer.streaming and "html" in answer.headers.get("Content-Type", "")
    return Forms(answer.content.decode() if is_page else "")


def forms_of(client):
    """Every form with choices that two steps lead to from the pages of the agency, each kind of form once."""
    begin = f"/i/{BIRO}/2024/"
    waiting = [one.at(BIRO, 2024) for one in INSIDE_PAGES if not parameters(one) and "GET" in one.door.methods]
    seen, routes, forms = set(waiting), set(), {}
    while waiting:
        path = waiting.pop(0)
        page = read(client, path)
        for form in page.found:
            to = (form["to"] or path).partition("?")[0]
            if to.startswith(begin) and form["choices"]:
                forms.setdefault((resolve(to).view_name, tuple(sorted(form["fields"]))), (to, form))
        for link in page.links:
            link = link.partition("?")[0].partition("#")[0]
            if link.startswith(begin) and link not in seen:
                seen.add(link)
                found = resolve(link)
                route = found.view_name, found.kwargs.get("kind")
                if route not in routes and not found.view_name.endswith(("file", "export", "download")):
                    routes.add(route)
                    waiting.append(link)
    return forms


def names_of_rows():
    """The codes and numbers by which forms may call rows of the agency."""
    found = set()
    for model in all_tables():
        names = {field.name for field in model._meta.concrete_fields}
        if "agency" in names and model._meta.get_field("agency").is_relation:
            rows_ = model.objects.filter(agency__code=BIRO)
            found |= {str(pk) for pk in rows_.values_list("pk", flat=True) if len(str(pk)) > 1}
            found |= {str(code) for code in rows_.values_list("code", flat=True)} if "code" in names else set()
    return found


def test_no_form_takes_a_number_or_a_code_of_another_agency(foreign):
    wrong, tried, forms, named, seen = {}, 0, forms_of(foreign), names_of_rows(), set()
    for (name, _fields), (to, form) in forms.items():
        for field, values in form["choices"].items():
            if (any(values) and not named & set(values)) or (name, field) in seen:
                continue
            seen.add((name, field))
            numeric = all(value.isdigit() for value in values if value)
            for value in (
                {str(FOREIGN.number), FOREIGN.code}
                if not any(values)
                else {str(FOREIGN.number) if numeric else FOREIGN.code}
            ):
                tried += 1
                got, told = asked(foreign, "POST", to, form["fields"] | {field: value})
                if told or (got >= 500 and got != 503):
                    wrong[name, field, value] = got, told
    assert wrong == {}
    assert len(forms) > 60
    assert tried > 40, tried


def test_no_operation_of_the_api_finds_what_belongs_to_another_agency(foreign):
    _row, secret = create_token(Actor("Contoh ani", login="ani"), name="uji", scopes=list(Scope))
    client = Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)
    wrong, tried = {}, 0
    for path, methods in api.get_openapi_schema()["paths"].items():
        names = set(re.findall(r"{(\w+)}", path)) - PLACE
        if "{agency}" not in path or not names:
            continue
        for method, told in methods.items():
            kinds = {one["name"]: one["schema"].get("type") for one in told.get("parameters", ())}
            known = {name: str(FOREIGN.number) if kinds.get(name) == "integer" else FOREIGN.code for name in names}
            address = path.replace("{agency}", BIRO).replace("{year}", str(YEAR))
            for name, value in known.items():
                address = address.replace(f"{{{name}}}", value)
            writes = Writes()
            for body in (("{}", "application/json"), ()):
                tried += 1
                caches["local"].clear()
                with transaction.atomic(), connection.execute_wrapper(writes):
                    answer = client.generic(method.upper(), address, *body)
                    transaction.set_rollback(True)
                if answer.status_code not in {400, 403, 404, 405, 415, 422} or FOREIGN.words in answer.content.decode():
                    wrong[method, path] = answer.status_code
            if writes.theirs:
                wrong[method, path] = "written"
    assert wrong == {}
    assert tried > 100


def test_no_record_of_another_unit_is_changed_by_page_or_program(inside):
    """Every kind of record that belongs to a unit: one outside the reach, by its form, its removal and the API."""
    top = tables.Unit.objects.filter(agency__code=BIRO, parent__isnull=False).order_by("pk").first()
    reach = below(top.pk, tables.Unit.objects.filter(agency__code=BIRO).values_list("pk", "parent", "code"))
    client = browser(person("ani", *INSIDE, unit=top.code))
    _row, secret = create_token(Actor("Contoh ani", login="ani"), name="uji", scopes=list(Scope))
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    wrong, kinds = {}, 0
    known = record_tables()
    for kind in RECORD_KINDS:
        table = known[kind.record]
        rows_ = [
            (row[0], table.record_of(row[1:]))
            for row in table.model.objects.filter(agency__code=BIRO).values_list("pk", *table.paths)
        ]
        outside = [(pk, item) for pk, item in rows_ if answering(BIRO, item) not in reach]
        if not outside or kind.record not in SLUGS:
            continue
        kinds += 1
        pk = outside[0][0]
        slug = f"/i/{BIRO}/2024/data/{SLUGS[kind.record]}/{pk}/"
        page = read(client, slug)
        for path in (slug, f"{slug}hapus/"):
            fields = next((form["fields"] for form in page.found if "hapus" not in form["to"]), {})
            with transaction.atomic():
                got = client.post(path, fields).status_code
                transaction.set_rollback(True)
            if got not in {403, 404, 422}:
                wrong["web", path] = got
        way = f"/api/v1/agencies/{BIRO}/2024/{kind.field.replace('_', '-')}"
        with transaction.atomic():
            got = program.delete(f"{way}/{pk}").status_code
            transaction.set_rollback(True)
        if got not in {403, 404, 405}:
            wrong["api", way] = got
    assert wrong == {}
    assert kinds > 10
