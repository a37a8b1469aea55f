"""Addresses of stage reporting."""

from django.urls import path

from selaras.web.reporting import views, views_chapters, views_editions, views_photos, views_preview, views_writing

app_name = "reporting"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("naskah/", views_chapters.chapters, name="chapters"),
    path("naskah/tugas/", views_chapters.assign, name="assign"),
    path("naskah/<slug:section>/", views_writing.section, name="section"),
    path("naskah/<slug:section>/keadaan/", views_chapters.state, name="chapter_state"),
    path("naskah/<slug:section>/pratinjau/", views_preview.section_document, name="section_document"),
    path("naskah/<slug:section>/temuan/", views_preview.section_findings, name="section_findings"),
    path("narasi/<slug:key>/baru/", views_writing.add, name="add_paragraph"),
    path("narasi/<slug:key>/<int:order>/", views_writing.save, name="save_paragraph"),
    path("narasi/<slug:key>/<int:order>/pindah/", views_writing.move, name="move_paragraph"),
    path("narasi/<slug:key>/<int:order>/hapus/", views_writing.remove, name="remove_paragraph"),
    path("pratinjau/", views_preview.preview, name="preview"),
    path("pratinjau/dokumen/", views_preview.document, name="document"),
    path("pratinjau/unduh/", views_preview.download, name="download"),
    path("pemeriksaan/", views_preview.findings, name="findings"),
    path("pemeriksaan/isi/", views_preview.findings_part, name="findings_part"),
    path("foto/", views_photos.photos, name="photos"),
    path("foto/<int:row>/", views_photos.picture, name="picture"),
    path("lisensi/", views_editions.licence, name="licence"),
    path("bekukan/", views_editions.freeze_now, name="freeze"),
    path("edisi/<int:edition>/", views_editions.edition_page, name="edition"),
    path("edisi/<int:edition>/berkas/<str:name>", views_editions.file, name="file"),
    path("edisi/<int:edition>/perubahan/", views_editions.changes, name="changes"),
    path("edisi/<int:edition>/<str:step>/", views_editions.step, name="step"),
]
