"""The small parts of every page: icons, chips, meters, deltas. `{% load ui %}`; the style guide shows each.

They are plain functions instead of included templates because a dense table holds hundreds of them. Numbers come in
as text that is already formatted: a template never rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from itertools import count

from django import template
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.web.core_words import said, word
from selaras.web.days import period_name
from selaras.web.dense_html import markup

register = template.Library()
register.filter("said", said)
register.filter("period_name", period_name)
register.filter("word", word)

TONES = frozenset({"good", "warn", "bad", "info", "none", "outline"})
CLASS_STEPS = {"hijau tua": 5, "hijau muda": 4, "kuning tua": 3, "kuning muda": 2, "merah": 1}
"""The tone that the rulebook gives a class, as its step from worst to best."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is shown: its words, tone and icon."""

    label: str | Promise
    tone: str
    icon: str


STATUSES: dict[str, Look] = {
    "draf": Look(gettext_lazy("Draf"), "none", "edit"),
    "diajukan": Look(gettext_lazy("Diajukan"), "info", "send"),
    "diverifikasi": Look(gettext_lazy("Diverifikasi"), "good", "check"),
    "dikunci": Look(gettext_lazy("Dikunci"), "none", "lock"),
    "terverifikasi": Look(gettext_lazy("Terverifikasi"), "good", "check"),
    "terkunci": Look(gettext_lazy("Terkunci"), "none", "lock"),
    "dikembalikan": Look(gettext_lazy("Dikembalikan"), "bad", "return"),
    "disetujui": Look(gettext_lazy("Disetujui"), "good", "check-circle"),
    "ditolak": Look(gettext_lazy("Ditolak"), "bad", "x-circle"),
    "ditandatangani": Look(gettext_lazy("Ditandatangani"), "good", "sign"),
    "menunggu": Look(gettext_lazy("Menunggu"), "warn", "clock"),
    "terlambat": Look(gettext_lazy("Terlambat"), "bad", "alert"),
    "direviu": Look(gettext_lazy("Direviu"), "info", "review"),
    "terbit": Look(gettext_lazy("Terbit"), "good", "public"),
    "dibekukan": Look(gettext_lazy("Data dibekukan"), "none", "lock"),
    "dicabut": Look(gettext_lazy("Dicabut"), "bad", "x-circle"),
    "selesai": Look(gettext_lazy("Selesai"), "good", "check"),
    "berjalan": Look(gettext_lazy("Berjalan"), "info", "refresh"),
    "belum": Look(gettext_lazy("Belum dimulai"), "none", "clock"),
    "diberikan": Look(gettext_lazy("Diberikan"), "warn", "inbox"),
    "direncanakan": Look(gettext_lazy("Direncanakan"), "none", "calendar"),
    "dikerjakan": Look(gettext_lazy("Dikerjakan"), "info", "refresh"),
    "dinyatakan selesai": Look(gettext_lazy("Dinyatakan selesai"), "info", "clock"),
    "penyelesaian ditolak": Look(gettext_lazy("Penyelesaian ditolak"), "bad", "return"),
    "kesalahan": Look(gettext_lazy("Kesalahan"), "bad", "x-circle"),
    "peringatan": Look(gettext_lazy("Peringatan"), "warn", "alert"),
    "catatan": Look(gettext_lazy("Catatan"), "info", "info"),
    "dikesampingkan": Look(gettext_lazy("Dikesampingkan"), "none", "minus"),
}


_LOOSE = count(1)


@cache
def _sprite() -> str:
    return static("selaras/icons.svg")


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon of the sprite; silent for screen readers unless `label` is given. `size`: "", "sm", "lg"."""
    return _icon(str(name), size, str(label))


@lru_cache(maxsize=1024)
def _icon(name: str, size: str, label: str) -> SafeString:
    classes = f"icon icon-{size}" if size else "icon"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"/></svg>', classes, label, _sprite(), name
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, _sprite(), name)


@register.simple_tag
def chip(label: str, tone: str = "none", icon_name: str = "") -> SafeString:
    """A short word on a tone: good, warn, bad, info, none or outline."""
    return _chip(word(label), tone if tone in TONES else "none", icon_name)


@lru_cache(maxsize=1024)
def _chip(label: str, tone: str, icon_name: str) -> SafeString:
    picture = _icon(icon_name, "", "") if icon_name else ""
    return format_html('<span class="chip chip-{}">{}{}</span>', tone, picture, label)


@register.simple_tag
def status(state: object, label: str = "") -> SafeString:
    """The chip of a workflow state. An unknown state is shown in its own words on the quiet tone."""
    key = str(state).casefold()
    look = STATUSES.get(key)
    if look is None:
        return chip(label or str(state))
    return chip(label or str(look.label), look.tone, look.icon)


@register.filter
def state_word(state: object) -> str:
    """The word of a workflow state, as `status` shows it, where no chip can stand: in a choice or a tab."""
    look = STATUSES.get(str(state).casefold())
    return str(look.label) if look else word(state).capitalize()


@register.simple_tag
def achievement(figure: str, label: str = "", tone: object = "") -> SafeString:
    """An achievement with its class in words: `figure` as printed, the class's `label` and rulebook `tone`.

    Without a label there is only the figure; without a figure it says that nothing was measured.
    """
    if not figure:
        return chip(_("Belum diukur"), "outline", "clock")
    shown = markup('<span class="figure">{}</span>', figure)
    if not label:
        return shown
    return markup('<span class="achievement">{}{}</span>', shown, class_chip(label, tone))


@register.simple_tag
def class_chip(label: str, tone: object = "") -> SafeString:
    """The class alone: its words, its colour, and as many filled steps as it stands above the worst."""
    step = CLASS_STEPS.get(str(tone), 0)
    return _class_chip(word(label), step) if step else chip(label)


@lru_cache(maxsize=1024)
def _class_chip(label: str, step: int) -> SafeString:
    return format_html('<span class="chip chip-class-{}">{}{}</span>', step, icon(f"level-{step}"), label)


@register.simple_tag
def met(reached: bool | None) -> SafeString:
    """Tercapai, tidak tercapai, or not measured yet (None)."""
    if reached is None:
        return chip(_("Belum diukur"), "outline", "clock")
    return chip(_("Tercapai"), "good", "check") if reached else chip(_("Tidak tercapai"), "bad", "close")


@register.simple_tag
def delta(words: str, direction: str = "", *, good: bool | None = None) -> SafeString:
    """A change against before: `direction` naik, turun or tetap; `good` says whether that is welcome."""
    pictures = {"naik": "arrow-up", "turun": "arrow-down", "tetap": "equal"}
    tone = {True: "good", False: "bad"}.get(good, "none") if good is not None else "none"
    picture = icon(pictures[direction], "sm", {"naik": _("naik"), "turun": _("turun"), "tetap": _("tetap")}[direction])
    return format_html('<span class="delta delta-{}">{}{}</span>', tone, picture if direction else "", words)


def share(value: object) -> float:
    """`value` as a percentage between 0 and 100 for drawing only; nothing that can be drawn gives 0."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return 0.0
    return float(min(max(number, Decimal(0)), Decimal(100))) if number.is_finite() else 0.0


@register.simple_tag
def meter(value: object, figure: str = "", label: str = "", tone: str = "", mark: object = "") -> SafeString:
    """A share of one hundred as a bar, for instance the absorption of a budget.

    `value` is a number in percent for the bar; `figure` and `label` are the words that say the same; `mark` draws a
    line, such as the plan to date. Without words the caller must have them beside it.
    """
    words = (
        markup('<span class="meter-words"><span>{}</span><span class="figure">{}</span></span>', label, figure)
        if figure or label
        else ""
    )
    line = (
        markup('<line class="meter-mark" x1="{0}%" x2="{0}%" y1="-3" y2="11"/>', f"{share(mark):g}")
        if mark not in {"", None}
        else ""
    )
    return markup(
        '<span class="meter{}">{}<svg aria-hidden="true"><rect class="meter-track" width="100%" height="8" rx="4"/>'
        '<rect class="meter-fill" width="{}%" height="8" rx="4"/>{}</svg></span>',
        f" meter-{tone}" if tone in TONES else "",
        words,
        f"{share(value):g}",
        line,
    )


def unique_id(context: template.Context, prefix: str = "b") -> str:
    """An id that no other element of this page has; parts fetched by htmx have a letter of their own."""
    request = context.get("request")
    if request is None:
        return f"{prefix}-{next(_LOOSE)}"
    number = getattr(request, "ui_ids", 0) + 1
    request.ui_ids = number
    part = "h" if getattr(request, "htmx", False) else ""
    return f"{prefix}{part}{number}"


@register.simple_tag(takes_context=True)
def new_id(context: template.Context, prefix: str = "b") -> str:
    """An id for `aria-labelledby` and the like: `{% new_id as name %}`."""
    return unique_id(context, prefix)


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """A person's initials in a circle; the name itself stands beside it."""
    parts = [part for part in name.split() if part[0].isalpha()]
    initials = "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()
    return format_html(
        '<span class="avatar{}" aria-hidden="true">{}</span>', f" avatar-{size}" if size else "", initials
    )


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    """The value under a key that is itself a variable."""
    return mapping.get(key, "")


@register.simple_tag
def csp_safe(svg: str) -> SafeString:
    """An SVG that our own writers drew, as it is. Never for anything that a person sent in."""
    return mark_safe(svg)  # noqa: S308 (drawn by selaras.documents.charts, which escapes every word)


@register.filter
def split(words: str, mark: str = ",") -> list[str]:
    """A short list written in a template: `"Tahun,Target"|split`."""
    return [part.strip() for part in words.split(mark)]
