"""Addresses of stage planning."""

from django.urls import path

from selaras.web.planning import (
    views_budget,
    views_checks,
    views_exchange,
    views_formula,
    views_indicator,
    views_node,
    views_renstra,
    views_rkt,
    views_support,
    views_tree,
)

app_name = "planning"
urlpatterns = [
    path("", views_tree.overview, name="overview"),
    path("simpul/baru/", views_node.new, name="node-new"),
    path("simpul/<code:node>/", views_node.panel, name="node"),
    path("simpul/<code:node>/cabang/", views_tree.branch, name="node-branch"),
    path("simpul/<code:node>/ubah/", views_node.edit, name="node-edit"),
    path("simpul/<code:node>/pindah/", views_node.move, name="node-move"),
    path("simpul/<code:node>/hapus/", views_node.remove, name="node-remove"),
    path("simpul/<code:node>/lintas/", views_node.contribute, name="node-contribute"),
    path("renstra/", views_renstra.page, name="renstra"),
    path("renstra/periksa/", views_renstra.check, name="renstra-check"),
    path("rkt/", views_rkt.page, name="rkt"),
    path("rkt/periksa/", views_rkt.check, name="rkt-check"),
    path("rkt/salin/", views_rkt.copy, name="rkt-copy"),
    path("indikator/", views_indicator.index, name="indicators"),
    path("indikator/<code:indicator>/", views_indicator.sheet, name="indicator"),
    path("indikator/<code:indicator>/rumus/", views_formula.edit, name="formula"),
    path("indikator/<code:indicator>/contoh/", views_formula.example, name="formula-example"),
    path("indikator/<code:indicator>/bobot/", views_indicator.weights, name="weights"),
    path("indikator/<code:indicator>/triwulan/", views_indicator.quarters, name="quarters"),
    path("anggaran/", views_budget.page, name="budget"),
    path("anggaran/versi/", views_budget.version, name="budget-version"),
    path("penunjang/", views_support.page, name="supports"),
    path("pemeriksaan/", views_checks.page, name="checks"),
    path("buku-kerja/", views_exchange.page, name="exchange"),
    path("buku-kerja/muat/", views_exchange.load, name="exchange-load"),
    path("buku-kerja/unduh/", views_exchange.download, name="exchange-download"),
    path("buku-kerja/templat/", views_exchange.template, name="exchange-template"),
]
