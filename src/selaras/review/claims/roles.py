"""The role of a column: what its header means, then whether its values bear it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from selaras.core.agreements.wording import SPELLINGS
from selaras.review.report import Role
from selaras.rulebook.review_words import review_words

FUZZY = 88
_BRACKETS = re.compile(r"\([0-9\s=+*/x:.,]*\)")
_RANGE = re.compile(
    r"\s*(?:[$\\]*\s*[<>≤≥]=?\s*[0-9]|[$]?[0-9][0-9.,]*\s*%?\s*(?:-|–|—|≤|<|s\.?\s?/?d|sampai)\s*[<≤]?\s*[0-9])",
    re.IGNORECASE,
)
_RUPIAH = re.compile(r"\brp\b", re.IGNORECASE)
_WORDS = re.compile(r"[a-z%]+(?:'[a-z]+)?", re.IGNORECASE)
_MONEY_WORDS = frozenset({"anggaran", "keuangan", "dana", "pagu", "belanja", "rp", "rupiah", "dpa", "apbd", "apbn"})
_NOISE = frozenset({"rp", "rupiah", "tahun", "ta", "th", "s", "d", "sd", "pada", "kondisi", "yang", "di", "in"})
_GENERIC = frozenset(
    {"capaian", "persentase", "persen", "%", "realisasi", "target", "pencapaian", "prosentase", "presentase"}
)
_FINE = frozenset({Role.ACHIEVEMENT, Role.ABSORPTION, Role.EFFICIENCY, Role.PROGRESS})
#: A header beside a group word (`Anggaran / Target`) speaks of money.
_TO_MONEY = {Role.TARGET: Role.BUDGET, Role.REALISATION: Role.SPENT, Role.ACHIEVEMENT: Role.ABSORPTION}
_FROM_MONEY = {Role.BUDGET: Role.TARGET, Role.SPENT: Role.REALISATION, Role.ABSORPTION: Role.ACHIEVEMENT}


@lru_cache(maxsize=1)
def _aliases() -> dict[str, Role]:
    return {_key(word): Role(role) for role, words in review_words().columns for word in words}


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    words = _WORDS.findall(_BRACKETS.sub(" ", text).casefold().replace("&", " "))
    return " ".join(SPELLINGS.get(word, word) for word in words)


def role_of(parts: Sequence[str]) -> Role:
    """The role that a header says, OTHER where it says none. `parts` are its header rows from top to bottom."""
    return _role_of(tuple(part for part in parts if part.strip()))


@lru_cache(maxsize=4096)
def _role_of(parts: tuple[str, ...]) -> Role:
    """The lowest part that names a role decides; a money word above it, or `(Rp)` in it, makes it one of money."""
    for index in range(len(parts) - 1, -1, -1):
        role = word_role(parts[index])
        if role is not Role.OTHER:
            return _in_context(role, parts, index)
    whole = word_role(" ".join(parts))
    return _in_context(whole, parts, len(parts) - 1) if whole is not Role.OTHER else Role.OTHER


@lru_cache(maxsize=4096)
def word_role(text: str) -> Role:
    """The role of one header text: the whole as an alias, its longest run of words that is one, or a near spelling."""
    key, aliases = _key(text), _aliases()
    if not key:
        return Role.ACHIEVEMENT if "%" in text else Role.OTHER
    if key in aliases:
        return aliases[key]
    words = key.split()
    quiet = " ".join(word for word in words if word not in _NOISE)
    if quiet in aliases:
        return aliases[quiet]
    if len(quiet) > 8:
        whole = process.extractOne(quiet, aliases.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY + 3)
        if whole:
            return _as_share(aliases[whole[0]], words)
    for inside in (quiet.split(), words):
        for size in range(min(6, len(inside)), 0, -1):
            for start in range(len(inside) - size + 1):
                run = " ".join(inside[start : start + size])
                if (len(run) > 1 or run == "%") and run in aliases and _tells(run, start, inside):
                    return _as_share(aliases[run], words)
    if len(key) < 5:
        return Role.OTHER
    best = process.extractOne(key, aliases.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY)
    return aliases[best[0]] if best else Role.OTHER


def _as_share(role: Role, words: Sequence[str]) -> Role:
    """`% Penyerapan Anggaran` is a percentage, whatever it is one of."""
    share = role in {Role.SPENT, Role.BUDGET} and bool({"%", "persentase", "persen"} & set(words))
    return Role.ABSORPTION if share else role


def _tells(run: str, start: int, words: Sequence[str]) -> bool:
    """A short run inside a long header is a word of a sentence, unless it leads or closes it."""
    return len(words) <= 4 or " " in run or start == 0 or (start + 1 == len(words) and run != "kegiatan")


def _in_context(role: Role, parts: Sequence[str], index: int) -> Role:
    below = {part.strip(" .").casefold() for part in parts[index + 1 :]}
    if below & {"rp", "k"}:
        pairs = _TO_MONEY if "rp" in below else _FROM_MONEY
        return pairs.get(role, role)
    if role in _TO_MONEY and (_RUPIAH.search(parts[index]) or any(_speaks_of_money(part) for part in parts[:index])):
        return _TO_MONEY[role]
    if role is Role.TARGET and any(word_role(part) is Role.FINAL_TARGET for part in parts[:index]):
        return Role.FINAL_TARGET
    if (
        role in _FROM_MONEY
        and any(_speaks_of_work(part) for part in parts[:index])
        and not _RUPIAH.search(parts[index])
    ):
        return _FROM_MONEY[role] if role is not Role.BUDGET else role
    return role


def _speaks_of_money(part: str) -> bool:
    return bool(_MONEY_WORDS & set(_key(part).split())) and "kinerja" not in _key(part)


def _speaks_of_work(part: str) -> bool:
    words = set(_key(part).split())
    return "kinerja" in words and not _MONEY_WORDS & words


def is_header_word(text: str) -> bool:
    """Whether a text could be a header: it names a role as a whole, or nearly."""
    return len(text) <= 60 and word_role(text) is not Role.OTHER


def is_header_text(text: str) -> bool:
    """Whether a text is a header as a whole: an alias or a near spelling of one, not a name that begins like one."""
    key = _key(text)
    quiet = " ".join(word for word in key.split() if word not in _NOISE)
    return bool(key) and (
        key in _aliases()
        or quiet in _aliases()
        or (len(key) > 5 and word_role(text) is not Role.OTHER and len(key.split()) <= 2)
    )


class Column:
    """What the values of a column look like, counted once."""

    def __init__(self, texts: Sequence[str], money: int, percent: int, numbers: int, big: int, markers: int) -> None:
        self.filled = len(texts)
        self.money, self.percent, self.numbers, self.big, self.markers = money, percent, numbers, big, markers
        self.texts = texts

    @property
    def is_money(self) -> bool:
        """Rupiah: a currency sign, or amounts in the hundred thousands, in half of the figures."""
        return bool(self.numbers) and 2 * max(self.money, self.big) >= self.numbers

    @property
    def wordy(self) -> bool:
        """Names: texts of two words and more in most cells."""
        return (
            self.filled > 1
            and sum(" " in text and sum(map(str.isalpha, text)) > 8 for text in self.texts) * 3 >= self.filled * 2
        )

    @property
    def is_numeric(self) -> bool:
        """Numbers in at least half of the filled cells."""
        return bool(self.filled) and 2 * self.numbers >= self.filled


def checked(roles: list[Role], columns: Sequence[Column], headers: Sequence[str]) -> list[Role]:
    """The roles that the values bear out."""
    roles = [_by_values(role, column, index) for index, (role, column) in enumerate(zip(roles, columns, strict=True))]
    roles = _named_by_neighbours(roles, columns, headers)
    return _absorption(_counted(_shares(roles, headers), columns), headers)


def unheaded(columns: Sequence[Column]) -> list[Role]:
    """Roles of a table without any header: names and amounts are a list of programmes, everything else is not told."""
    money = [index for index, column in enumerate(columns) if column.is_money]
    names = [index for index, column in enumerate(columns) if column.wordy]
    if not money or not names or len(money) > 2:
        return [
            Role.NUMBER if column.filled and column.markers == column.filled and not index else Role.OTHER
            for index, column in enumerate(columns)
        ]
    result = [Role.OTHER] * len(columns)
    result[names[0]] = Role.PROGRAMME
    for index, role in zip(money, (Role.BUDGET, Role.SPENT), strict=False):
        result[index] = role
    shares = [index for index in range(money[-1] + 1, len(columns)) if columns[index].is_numeric]
    if len(money) == 2 and shares:
        result[shares[0]] = Role.ABSORPTION
    return [
        Role.NUMBER if index < names[0] and column.markers else role
        for index, (role, column) in enumerate(zip(result, columns, strict=True))
    ]


def _shares(roles: list[Role], headers: Sequence[str]) -> list[Role]:
    """A bare `%` beside the target at the end of the plan is progress, beside two years of realisation a ratio."""
    bare = [
        index
        for index, role in enumerate(roles)
        if role is Role.ACHIEVEMENT and _key(headers[index].split(" / ")[-1]) in {"%", "", "persentase", "persen"}
    ]
    if Role.TARGET in roles or Role.BUDGET in roles or not bare:
        return roles
    role = (
        Role.PROGRESS
        if Role.FINAL_TARGET in roles
        else Role.OTHER
        if roles.count(Role.REALISATION) > 1
        else Role.ACHIEVEMENT
    )
    return [role if index in bare else item for index, item in enumerate(roles)]


def _counted(roles: list[Role], columns: Sequence[Column]) -> list[Role]:
    """Levels, sexes and ranks as headers over numbers count people."""
    if set(roles) & {Role.INDICATOR, Role.PROGRAMME, Role.NAME}:
        return roles
    people = {Role.POST, Role.EDUCATION, Role.RANK, Role.SEX} | ({Role.OTHER} if Role.TOTAL in roles else set())
    return [
        Role.COUNT if role in people and index and _counts(columns[index]) else role for index, role in enumerate(roles)
    ]


def _counts(column: Column) -> bool:
    return not column.filled or all(text.strip(" .").isdigit() for text in column.texts)


def _by_values(role: Role, column: Column, index: int) -> Role:
    named = {Role.INDICATOR, Role.SASARAN, Role.PROGRAMME, Role.GOAL, Role.NAME}
    if (
        (role in named or (role is Role.OTHER and not index))
        and column.filled
        and column.markers * 4 >= column.filled * 3
    ):
        return Role.NUMBER
    if role is Role.FINAL_TARGET and column.is_money:
        return Role.OTHER
    if (
        role in {Role.OTHER, Role.CLASS}
        and column.filled > 2
        and sum(bool(_RANGE.match(text)) for text in column.texts) * 5 >= column.filled * 4
    ):
        return Role.INTERVAL
    colours = review_words().language.colours
    words = [text.casefold() for text in column.texts]
    if words and sum(word in colours for word in words) * 2 > len(words):
        return Role.COLOUR
    if role is Role.NUMBER and column.filled > 1 and column.markers * 4 < column.filled and not column.is_numeric:
        return Role.OTHER
    if role in {Role.TARGET, Role.REALISATION} and column.is_money:
        return _TO_MONEY[role]
    if role is Role.BUDGET and column.numbers and column.percent == column.numbers:
        return Role.TARGET
    if role is Role.SPENT and column.numbers and column.percent == column.numbers:
        return Role.ABSORPTION
    return role


def _named_by_neighbours(roles: list[Role], columns: Sequence[Column], headers: Sequence[str]) -> list[Role]:
    """`Jumlah` is the budget of a list of programmes; a bare `%` needs something to be a share of."""
    result = list(roles)
    for index, role in enumerate(roles):
        if role is Role.TOTAL and columns[index].is_money and Role.PROGRAMME in roles and Role.BUDGET not in roles:
            result[index] = Role.BUDGET
        if (
            role is Role.REALISATION
            and Role.BUDGET in roles
            and Role.TARGET not in roles
            and not columns[index].percent
        ):
            result[index] = Role.SPENT
        if role is Role.ACHIEVEMENT and _key(headers[index]) in _GENERIC and not set(roles) & _FINE - {role}:
            known = {Role.TARGET, Role.REALISATION, Role.BUDGET, Role.SPENT, Role.INDICATOR} & set(result)
            result[index] = role if known else Role.OTHER
    return result


def _absorption(roles: list[Role], headers: Sequence[str]) -> list[Role]:
    """A percentage after rupiah is one of rupiah; one without rupiah spent is a share of something else."""
    result = list(roles)
    for index, role in enumerate(roles):
        before = next((left for left in reversed(result[:index]) if left in {*_TO_MONEY, *_FROM_MONEY}), None)
        if role is Role.ACHIEVEMENT and before in {Role.SPENT, Role.BUDGET} and Role.SPENT in result[:index]:
            result[index] = Role.ABSORPTION
        elif (
            role is Role.ABSORPTION
            and Role.SPENT not in roles
            and not re.search("serap|yerap|capaian|realisasi", headers[index], re.IGNORECASE)
        ):
            result[index] = Role.OTHER
    return result
