"""What argparse itself says, in Indonesian: headings of the help, and why a command line is not understood."""

from __future__ import annotations

import argparse

WORDS = {
    "usage: ": "pemakaian: ",
    "options": "pilihan",
    "positional arguments": "argumen",
    "show this help message and exit": "tampilkan bantuan ini lalu selesai",
    "show program's version number and exit": "tampilkan versi lalu selesai",
    "%(prog)s: error: %(message)s\n": "%(prog)s: keliru: %(message)s.\n",
    "argument %(argument_name)s: %(message)s": "pada %(argument_name)s: %(message)s",
    "the following arguments are required: %s": "argumen berikut wajib ditulis: %s",
    "one of the arguments %s is required": "salah satu dari argumen %s wajib ditulis",
    "unrecognized arguments: %s": "argumen tidak dikenal: %s",
    "not allowed with argument %s": "tidak dapat dipakai bersama %s",
    "ignored explicit argument %r": "tidak menerima isi, tertulis %r",
    "expected one argument": "satu isi wajib ditulis",
    "expected at most one argument": "paling banyak satu isi",
    "expected at least one argument": "paling sedikit satu isi",
    "invalid choice: %(value)r (choose from %(choices)s)": "pilihan %(value)r tidak ada; pilih dari %(choices)s",
    "invalid %(type)s value: %(value)r": "isi %(value)r tidak dapat dibaca sebagai %(type)s",
    "ambiguous option: %(option)s could match %(matches)s": "pilihan %(option)s dapat berarti %(matches)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "perintah %(parser_name)r tidak ada; pilih dari %(choices)s",
    "can't open '%(filename)s': %(error)s": "%(filename)s tidak dapat dibuka: %(error)s",
}
SEVERAL = {"expected %s argument": "%s isi wajib ditulis", "expected %s arguments": "%s isi wajib ditulis"}


def speak_indonesian() -> None:
    """Let argparse say these words; it translates by two names of its own module and by nothing else."""

    def said(text: str) -> str:
        return WORDS.get(text, text)

    def counted(one: str, many: str, count: int) -> str:
        text = one if count == 1 else many
        return SEVERAL.get(text, text)

    vars(argparse).update({"_": said, "ngettext": counted})
