"""Addresses of the web application, cut by stage: `/i/<agency>/<year>/<stage>/…` inside, `/publik/…` for everybody."""

from django.conf import settings
from django.urls import include, path, register_converter

from selaras.api.urls import app_name as api_name
from selaras.api.urls import urlpatterns as api_urls
from selaras.web.gate import CodeConverter
from selaras.web.health import live
from selaras.web.health import page as health
from selaras.web.metrics import page as metrics
from selaras.web.number_echo import read_back

register_converter(CodeConverter, "code")

INSIDE = {
    "beranda": "home",
    "organisasi": "org",
    "perencanaan": "planning",
    "perjanjian": "agreements",
    "pengukuran": "measurement",
    "anggaran": "budget",
    "laporan": "reporting",
    "reviu": "review",
    "evaluasi": "evaluation",
    "riwayat": "history",
    "tindak-lanjut": "followup",
    "skp": "people",
    "rb": "reform",
    "register": "registers",
    "skm": "service.skm",
    "budaya": "culture",
    "data": "records",
    "cari": "search",
    "komentar": "comments",
    "pengguna": "accounts",
    "audit": "audit",
    "tanda-tangan": "issuing",
    "verifikasi": "verification",
    "retensi": "retention",
}
"""The stages by the word in the address; each is a package of `web` with its own `urls`."""

handler500 = "selaras.web.outages.failed"  # a failing machine is told apart from a fault of ours (`web.failing`)
urlpatterns = [
    path("health", health, name="health"),
    path("health/ready", health, name="health_ready"),
    path("health/live", live, name="health_live"),
    path("metrics", metrics, name="metrics"),
    path("akun/", include("selaras.web.accounts.own")),
    path("akun/", include("allauth.urls")),
    path("api/v1/", (api_urls, api_name, "api-1")),
    path("baca-angka", read_back, name="echo"),
    *(
        path(f"i/<code:agency>/<int:year>/{word}/", include(f"selaras.web.{stage}.urls"))
        for word, stage in INSIDE.items()
    ),
    path("survei/", include("selaras.web.culture.urls_answer")),
    path("verifikasi/", include("selaras.web.verification.urls_public")),
    path("nasional/", include("selaras.web.nation.urls")),
    path("publik/nasional/", include("selaras.web.nation.urls_public")),
    path("publik/", include("selaras.web.service.urls")),
    path("publik/", include("selaras.web.public.urls")),
    path("", include("selaras.web.public.root")),
    *([path("gaya/", include("selaras.web.guide.urls"))] if settings.DEBUG else []),
    path("", include("selaras.web.entry.urls")),
]
