"""The performance tree made ready to be drawn: cards with indicators, gaps, findings and links across units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from selaras.core.finding import Finding
from selaras.core.planning import Indicator, Node, NodeLevel
from selaras.core.planning.moves import Gap, gaps
from selaras.core.planning.tree import DEPTH
from selaras.core.reporting.figures import Figures
from selaras.core.spelling import level_name
from selaras.web.planning.remembered import remembered

OPEN_TO = DEPTH[NodeLevel.SASARAN]
MOST = 150
"""From so many nodes on, closed branches of the picture are fetched when they are opened."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator on a card: its target of the year and the class of its achievement."""

    code: str
    name: str
    unit: str
    iku: bool
    target: str
    document: str
    figure: str
    band: str
    tone: str


@dataclass(frozen=True, slots=True)
class Helper:
    """Another unit that gives something to a node."""

    unit: str
    name: str
    gives: str


@dataclass(slots=True)
class Card:
    """One node of the tree with everything below it."""

    id: str
    code: str
    kind: str
    kind_label: str
    depth: int
    title: str
    number: str
    owner: str
    parent: str
    indicators: list[Measured]
    helpers: list[Helper]
    gaps: list[str]
    errors: int
    children: list[Card] = field(default_factory=list)
    open: bool = False
    found: bool = False
    selected: bool = False

    @property
    def below(self) -> int:
        """How many nodes stand below."""
        return len(self.children) + sum(child.below for child in self.children)

    @property
    def has_branches(self) -> bool:
        """Whether anything hangs below the card in the picture."""
        return bool(self.children or self.helpers)


@dataclass(slots=True)
class Picture:
    """The whole tree, and how it is opened; `whole` if closed branches are drawn too."""

    tops: list[Card]
    count: int
    found: int
    gaps: int
    whole: bool = True


def measured(figures: Figures, indicator: Indicator) -> Measured:
    """An indicator with its target and achievement of the year, as printed."""
    known: dict[str, Measured] = remembered(figures, "measured")
    if indicator.code not in known:
        known[indicator.code] = _measured(figures, indicator)
    return known[indicator.code]


def _measured(figures: Figures, indicator: Indicator) -> Measured:
    aim = figures.aim(indicator, figures.year)
    figure = figures.achievement(indicator)
    band = figures.band(figure)
    return Measured(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        iku=indicator.iku,
        target=aim.value.shown() if aim.value else "",
        document=aim.document,
        figure=figure.shown() if figure.value is not None else "",
        band=band.label if band else "",
        tone=str(band.tone.value) if band else "",
    )


def picture(
    figures: Figures, *, words: str = "", selected: str = "", findings: Iterable[Finding] = (), whole: bool = False
) -> Picture:
    """The tree as cards. `words` finds nodes and indicators by any of their texts and opens the way to them.

    `whole` opens everything; a large tree is otherwise drawn as far as it is open.
    """
    painter = _Painter(figures, words, selected, findings)
    tops = [painter.card(node) for node in painter.tops()]
    count = len(figures.nodes)
    for top in tops:
        _open(top, all_of_it=whole, below_chosen=count > MOST)
    return Picture(tops, count, painter.found, painter.gaps, whole or count <= MOST)


def branch(figures: Figures, node: Node, findings: Iterable[Finding]) -> tuple[Card, int]:
    """The card of one node with what hangs on it, and how deep in the picture it stands, from 1."""
    level, at, seen = 1, node, {node.code}
    while at.parent in figures.nodes and at.parent not in seen:
        level, at = level + 1, figures.nodes[at.parent]
        seen.add(at.code)
    return _Painter(figures, "", "", findings).card(node), level


class _Painter:
    """Makes the cards; counts what was found and what is missing."""

    def __init__(self, figures: Figures, words: str, selected: str, findings: Iterable[Finding]) -> None:
        self.figures = figures
        self.words = words.casefold().split()
        self.selected = selected
        self.found = self.gaps = 0
        self.units = {unit.code: unit.name for unit in figures.snapshot.units}
        self.blamed: dict[str, int] = defaultdict(int)
        for finding in findings:
            for place in finding.places:
                self.blamed[place.record] += 1
        self.helpers: dict[str, list[Helper]] = defaultdict(list)
        for item in figures.snapshot.contributions:
            self.helpers[item.node].append(Helper(item.unit, self.units.get(item.unit, item.unit), item.gives))

    def tops(self) -> list[Node]:
        """The nodes without a parent; one whose parent is unknown, or that runs in a circle, is a top too."""
        reached: set[str] = set()
        tops = [node for node in self.figures.nodes.values() if node.parent not in self.figures.nodes]
        tops.sort(key=lambda node: (DEPTH[node.level], node.order))
        for top in tops:
            reached |= {top.code, *(node.code for node in self.figures.walk(top.code))}
        circles = [node for node in self.figures.nodes.values() if node.code not in reached]
        return tops + circles[:1]

    def card(self, node: Node, path: Sequence[str] = ()) -> Card:
        """The card of a node with its children; a circle is cut where it closes."""
        own = [measured(self.figures, item) for item in self.figures.by_node[node.code]]
        lacking = gaps(node, [item.code for item in own], [item.code for item in own if item.target])
        helpers = self.helpers[node.code]
        children = [
            self.card(child, (*path, node.code))
            for child in self.figures.children[node.code]
            if child.code not in path and child.code != node.code
        ]
        hit = self._matches(node, own, helpers)
        self.found += hit
        self.gaps += bool(lacking)
        return Card(
            id=node.code.encode().hex(),
            code=node.code,
            kind=node.level.value.replace(" ", "-"),
            kind_label=level_name(node.level).capitalize(),
            depth=DEPTH[node.level],
            title=node.title,
            number=node.number,
            owner=self.units.get(node.owner, ""),
            parent=node.parent,
            indicators=own,
            helpers=helpers,
            gaps=gap_words(lacking),
            errors=self.blamed[node.place.record],
            children=children,
            open=DEPTH[node.level] <= OPEN_TO,
            found=hit,
            selected=node.code == self.selected,
        )

    def _matches(self, node: Node, own: Collection[Measured], helpers: Collection[Helper]) -> bool:
        if not self.words:
            return False
        texts = [node.code, node.number, node.title, self.units.get(node.owner, ""), node.owner]
        texts += [text for item in own for text in (item.code, item.name)]
        texts += [text for item in helpers for text in (item.name, item.gives)]
        whole = " ".join(texts).casefold()
        return all(word in whole for word in self.words)


def gap_words(found: Iterable[Gap]) -> list[str]:
    """What a node lacks, for people."""
    words = {
        Gap.INDICATOR: _("Tanpa indikator"), Gap.OWNER: _("Tanpa pemilik"), Gap.TARGET: _("Tanpa target"),
    }  # fmt: skip
    return [words[gap] for gap in found]


def _open(card: Card, *, all_of_it: bool, below_chosen: bool) -> bool:
    """Open the way to everything that was found or chosen; says whether there is anything below or here."""
    wanted = [_open(child, all_of_it=all_of_it, below_chosen=below_chosen) for child in card.children]
    if all_of_it or any(wanted) or (card.selected and below_chosen):
        card.open = True
    return any(wanted) or card.found or card.selected
