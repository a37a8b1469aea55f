"""The OpenAPI document says everything: words, errors, examples, and nothing twice."""

import importlib
import pkgutil
import re

import pytest
from django.test import Client
from ninja import Schema

import selaras.api
from selaras.api.document import operations
from selaras.api.door import api

jsonschema = pytest.importorskip("jsonschema")


@pytest.fixture(scope="module")
def document():
    import json

    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))


def test_every_operation_has_a_stable_name_and_indonesian_words(document):
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names)) > 130
    for _, operation in operations(document):
        assert re.fullmatch(r"[a-z][A-Za-z]+", operation["operationId"])
        assert operation["description"]
        assert operation["summary"]
        assert operation["tags"][0] in {tag["name"] for tag in document["tags"]}


def test_every_operation_says_its_errors_as_problems(document):
    for method, operation in operations(document):
        answers = operation["responses"]
        assert {"401", "429"} <= set(answers), operation["operationId"]
        assert ("304" in answers) == (method == "get")
        for status, answer in answers.items():
            if int(status) >= 400:
                answer = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
                assert list(answer["content"]) == ["application/problem+json"]
            assert answer["description"]


def test_every_body_that_describes_a_record_has_an_example_that_fits_it(document):
    schemas = document["components"]["schemas"]
    found = 0
    for name, schema in schemas.items():
        for example in schema.get("examples", []):
            found += 1
            jsonschema.validate(example, {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}})
    assert found > 30


def test_every_parameter_of_an_address_is_described(document):
    for _, operation in operations(document):
        for parameter in operation["parameters"]:
            if parameter["in"] == "path":
                assert parameter.get("description") or parameter["schema"].get("enum"), parameter


def test_an_address_that_no_operation_has_is_told_as_a_problem(db):
    answer = Client().get("/api/v1/tidak/ada")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_method_that_an_address_does_not_know_is_told_as_a_problem(db):
    answer = Client().delete("/api/v1/me")
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, "application/problem+json", "GET")


def test_no_two_forms_share_a_name():
    """Of two with one name the document keeps one, and the other's answers would not be what it promises."""
    forms = {}
    for module in pkgutil.iter_modules(selaras.api.__path__, "selaras.api."):
        for name, form in vars(importlib.import_module(module.name)).items():
            if isinstance(form, type) and issubclass(form, Schema) and form.__module__ == module.name:
                forms.setdefault(name, set()).add(module.name)
    assert {name: places for name, places in forms.items() if len(places) > 1} == {}
