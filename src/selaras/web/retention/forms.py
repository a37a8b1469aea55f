"""Forms about personal data: asking, answering, erasing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from selaras.store.models import Wish
from selaras.web.core_words import word

KINDS = (
    ("pegawai", _("Pegawai (kode dalam daftar pegawai)")),
    ("akun", _("Akun (nama pengguna, sudah dinonaktifkan)")),
)


class Asking(forms.Form):
    """What a person asks about the own data."""

    wish = forms.ChoiceField(label=_("Yang diminta"), choices=[(wish.value, wish.value) for wish in Wish])
    text = forms.CharField(
        label=_("Uraian"), max_length=4000, min_length=10, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sebutkan data yang mana dan mengapa."),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["wish"].choices = [(wish.value, word(wish.value)) for wish in Wish]  # type: ignore[attr-defined]


class Answering(forms.Form):
    """The answer to a request."""

    granted = forms.ChoiceField(label=_("Keputusan"), choices=(("ya", _("Dipenuhi")), ("tidak", _("Ditolak"))))
    answer = forms.CharField(
        label=_("Jawaban"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Dibaca oleh pemohon."),
    )  # fmt: skip


class Erasing(forms.Form):
    """Whose personal data are erased, and why."""

    kind = forms.ChoiceField(label=_("Data siapa"), choices=KINDS)
    key = forms.CharField(label=_("Kode atau nama pengguna"), max_length=150)
    reason = forms.CharField(
        label=_("Alasan"), max_length=400, help_text=_("Misalnya nomor permintaannya; tanpa nama orang.")
    )
