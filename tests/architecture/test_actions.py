"""Every verb asks who acts, and leaves a trace."""

import importlib
import inspect
import pkgutil

import pytest

from selaras import actions
from selaras.core.access import Actor

MODULES = [info.name for info in pkgutil.iter_modules(actions.__path__) if not info.name.startswith("_")]
VERBS = [
    function
    for name in MODULES
    for function_name, function in inspect.getmembers(
        importlib.import_module(f"selaras.actions.{name}"), inspect.isfunction
    )
    if not function_name.startswith("_") and function.__module__ == f"selaras.actions.{name}"
]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: f"{verb.__module__.rpartition('.')[2]}.{verb.__name__}")
def test_every_public_verb_takes_the_actor_first_and_the_rest_by_keyword(verb):
    first, *rest = inspect.signature(verb, eval_str=True).parameters.values()
    assert first.name == "by"
    assert first.annotation is Actor
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in rest)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: f"{verb.__module__.rpartition('.')[2]}.{verb.__name__}")
def test_every_public_verb_says_what_it_does(verb):
    assert inspect.getdoc(verb)
