"""What a program sends may name nothing of another agency: each field of each body of the API, by its number and its code.

The bodies are the good ones of the table of rights, the fields those of the document. Both agencies hold a row in every
table (`twins`). A field that is filled with what is theirs is answered word for word as if it were filled with what nobody has:
a reference is refused, a text or a plain number is only that, and nothing tells that theirs is there.
"""

import copy
import itertools
import re

import pytest
from django.core.cache import caches
from django.db import transaction
from tests.api.asking import ALL, asked
from tests.api.conftest import Program
from tests.attack.conftest import person
from tests.attack.twins import FOREIGN, plant
from tests.web.conftest import BIRO, KPU

from selaras.actions.tokens import create_token
from selaras.api.document import operations
from selaras.api.door import api
from selaras.core.access import Actor, Role, Scope
from selaras.store import kept
from selaras.store import models as tables

pytestmark = pytest.mark.slow
DEEPEST = 4
PAIRS = ((FOREIGN.code, "KODI-ASING"), (FOREIGN.number, 700_777))
"""What is theirs, and what is nobody's."""
KIND = {str: "string", int: "integer"}


@pytest.fixture
def ground(samples, db, settings, tmp_path):
    """Every operation with its good body, and a program with every right in the one agency."""
    kept.forget()
    settings.DATA = tmp_path
    table = asked()
    user = person("ani", *sorted(ALL), agency=BIRO)
    plant(tables.Agency.objects.get(code=KPU), person("orang-asing", Role.PLANNER, agency=KPU), FOREIGN)
    return table, Program(create_token(Actor("Contoh ani", login=user.username), name="uji", scopes=list(Scope))[1])


def places(schema, parts, path=(), depth=0):
    """Every field of a body that takes a text, a number, or a list of them: its path, and the kinds it takes."""
    schema = resolved(schema, parts)
    kinds = {one.get("type") for one in schema}
    for one in schema:
        for name, inner in one.get("properties", {}).items() if depth < DEEPEST else ():
            yield from places(inner, parts, (*path, name), depth + 1)
        if one.get("type") == "array" and depth < DEEPEST:
            yield from places(one.get("items", {}), parts, (*path, 0), depth + 1)
    bound = any({"enum", "const", "format", "pattern"} & set(one) for one in schema)
    if path and not bound and kinds & {"string", "integer"}:
        yield path, kinds


def resolved(schema, parts):
    """A schema as the list of what it may be."""
    if "$ref" in schema:
        return resolved(parts[schema["$ref"].rpartition("/")[2]], parts)
    several = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    return [one for inner in several for one in resolved(inner, parts)] if several else [schema]


def filled(body, path, value):
    """The body with one field filled; None where the good body has no place for it."""
    made = copy.deepcopy(body)
    at = made
    for step, following in itertools.pairwise(path):
        if isinstance(step, int):
            if not isinstance(at, list):
                return None
            if len(at) <= step:
                at.append([] if isinstance(following, int) else {})
        elif not isinstance(at, dict):
            return None
        elif at.get(step) is None:
            at[step] = [] if isinstance(following, int) else {}
        at = at[step]
    last = path[-1]
    if isinstance(last, int) and isinstance(at, list):
        at[:] = [value]
    elif isinstance(last, str) and isinstance(at, dict):
        at[last] = value
    else:
        return None
    return made


def bodies():
    """The schema of the body of every operation that takes JSON."""
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    for _method, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            yield operation["operationId"], content["application/json"]["schema"], document["components"]["schemas"]


def sent(one, body, program, value):
    """The status and the words of an answer, whatever value was sent; what it did is undone."""
    caches["local"].clear()
    with transaction.atomic():
        answer = type(one)(one.method, one.path, one.allowed, body).sent(program)
        transaction.set_rollback(True)
    text = re.sub(r'"\d{4}-\d\d-\d\dT[^"]*"', '"waktu"', answer.content.decode())
    return answer.status_code, text.replace(str(value), "…")


def test_no_field_of_a_body_takes_what_belongs_to_another_agency(ground):
    table, program = ground
    wrong, tried, reached = {}, 0, set()
    for name, schema, parts in bodies():
        one = table[name]
        for path, kinds in places(schema, parts):
            for theirs, nobodys in PAIRS:
                body = filled(one.body or {}, path, theirs)
                if body is None or KIND[type(theirs)] not in kinds or "seen" in path:
                    continue
                tried += 1
                got = sent(one, body, program, theirs)
                usual = sent(one, filled(one.body or {}, path, nobodys), program, nobodys)
                reached |= {name} if got[0] < 300 else set()
                if got != usual or got[0] >= 500 or FOREIGN.words in got[1]:
                    wrong[name, path, theirs] = got, usual
    assert [f"{key}: {one}" for key, one in wrong.items()] == []
    assert tried > 200
    assert len(reached) > 20, "good bodies pass but for the field"
