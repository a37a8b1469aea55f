"""What argparse itself says is Indonesian, in the help of every command and when a command line is not understood."""

import argparse
import inspect
import re

import pytest

from selaras.cli.indonesian import SEVERAL, WORDS
from selaras.cli.main import build_parser

ENGLISH = re.compile(
    r"usage:|positional|options:|show this|error:|argument\b|required|choose from|unrecognized|expected"
)


def every_parser(parser):
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from every_parser(one)


def test_no_help_holds_words_of_argparse():
    for parser in every_parser(build_parser()):
        assert not ENGLISH.search(parser.format_help()), parser.prog


@pytest.mark.parametrize(
    "words",
    [[], ["tidak-ada"], ["report"], ["report", "--agency"], ["figures", "--agency", "A", "--year", "dua"],
     ["agencies", "--bukan"], ["agencies", "--format", "yaml"], ["serve", "--port", "pintu"]],
)  # fmt: skip
def test_a_command_line_that_is_not_understood_is_turned_down_in_indonesian(words, capsys):
    with pytest.raises(SystemExit) as told:
        build_parser().parse_args(words)
    assert told.value.code == 2
    said = capsys.readouterr().err
    assert "keliru: " in said
    assert not ENGLISH.search(said), said


def test_every_text_to_be_translated_is_one_that_argparse_says():
    source = inspect.getsource(argparse)
    for text in [*WORDS, *SEVERAL]:
        assert text.replace("\n", "\\n") in source, text
