"""Addresses of stage registers. Fixed words hold a hyphen, which no code of a register does."""

from django.urls import path

from selaras.web.registers import (
    views_clearing,
    views_definition,
    views_desk,
    views_directives,
    views_figures,
    views_files,
    views_overview,
    views_parts,
    views_record,
    views_records,
    views_steps,
)

RECORD = "<code:register>/rekaman/<code:number>/"
DEFINITION = "<code:register>/definisi/"

app_name = "registers"
urlpatterns = [
    path("", views_overview.overview, name="overview"),
    path("register-bawaan/", views_overview.presets, name="presets"),
    path("register-baru/", views_definition.new, name="new"),
    path("muat-definisi/", views_definition.load, name="load-definition"),
    path("batas-waktu/", views_overview.due, name="due"),
    path("arahan-pimpinan/", views_directives.board, name="directives"),
    path("masa-simpan/", views_clearing.page, name="clearing"),
    path("lepas-indikator/", views_figures.release, name="release"),
    path("ikat-indikator/", views_figures.bind_here, name="bind-here"),
    path("ikat-indikator/<code:indicator>/", views_figures.binding, name="binding"),
    path("hitung-ulang/", views_figures.recount, name="recount"),
    path("meja-loket/", views_desk.start, name="desk-start"),
    path("meja-loket/<code:register>/", views_desk.desk, name="desk"),
    path("meja-loket/<code:register>/tanda-terima/<code:number>/", views_desk.receipt, name="receipt"),
    path("<code:register>/", views_records.listing, name="records"),
    path("<code:register>/rekaman-baru/", views_records.new, name="record-new"),
    path("<code:register>/ekspor/", views_files.export, name="export"),
    path("<code:register>/impor/", views_files.load, name="import"),
    path("<code:register>/impor/templat/", views_files.template, name="import-template"),
    path("<code:register>/angka/", views_figures.figures, name="figures"),
    path("<code:register>/angka/<code:rule>/", views_figures.figure, name="figure"),
    path("<code:register>/angka/<code:rule>/ikat/", views_figures.bind, name="bind"),
    path("<code:register>/laporan-tahunan/", views_figures.year, name="year"),
    path(DEFINITION, views_definition.page, name="definition"),
    path(f"{DEFINITION}unduh/<slug:form>/", views_definition.download, name="definition-file"),
    path(f"{DEFINITION}pokok/", views_definition.general, name="general"),
    path(f"{DEFINITION}versi/<int:version>/", views_definition.version, name="version"),
    path(f"{DEFINITION}pakai/", views_definition.use, name="use"),
    path(f"{DEFINITION}hapus/", views_definition.remove, name="remove"),
    path(f"{DEFINITION}hitung-ulang/", views_definition.refresh, name="refresh"),
    path(f"{DEFINITION}pratinjau/", views_parts.preview, name="preview"),
    path(f"{DEFINITION}bagian/<slug:part>/", views_parts.edit, name="part"),
    path(RECORD, views_record.page, name="record"),
    path(f"{RECORD}ubah/", views_records.edit, name="record-edit"),
    path(f"{RECORD}rujukan/", views_record.related, name="related"),
    path(f"{RECORD}langkah/", views_steps.advance, name="advance"),
    path(f"{RECORD}perpanjang/", views_steps.extend, name="extend"),
    path(f"{RECORD}tugaskan/", views_steps.assign, name="assign"),
    path(f"{RECORD}catatan/", views_steps.note, name="note"),
    path(f"{RECORD}tanda-baca/", views_steps.read, name="read"),
    path(f"{RECORD}jawab/", views_steps.answer, name="answer"),
    path(f"{RECORD}tiket/", views_steps.ticket, name="ticket"),
    path(f"{RECORD}hapus/", views_steps.remove, name="record-remove"),
    path(f"{RECORD}surat/<code:letter>/", views_record.letter, name="letter"),
    path(f"{RECORD}berkas/<int:order>/", views_record.file, name="file"),
]
