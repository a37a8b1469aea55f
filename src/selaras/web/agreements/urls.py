"""Addresses of stage agreements."""

from django.urls import path

from selaras.web.agreements import views, views_case, views_deadline, views_draft, views_sign, views_steps

app_name = "agreements"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("peta/", views.cascade_map, name="map"),
    path("tenggat/", views_deadline.deadline, name="deadline"),
    path("susun/<code:position>/", views_draft.new, name="new"),
    path("<code:agreement>/", views_case.page, name="case"),
    path("<code:agreement>/banding/", views_case.versions, name="versions"),
    path("<code:agreement>/cetak/<slug:form>/", views_case.printed, name="print"),
    path("<code:agreement>/indikator/<int:order>/", views_case.part, {"kind": "indikator"}, name="line"),
    path("<code:agreement>/program/<int:order>/", views_case.part, {"kind": "program"}, name="programme"),
    path("<code:agreement>/komentar/", views_case.comment, name="comment"),
    path("<code:agreement>/isi-ulang/", views_steps.refill, name="refill"),
    path("<code:agreement>/ajukan/", views_steps.propose, name="propose"),
    path("<code:agreement>/tarik/", views_steps.withdraw, name="withdraw"),
    path("<code:agreement>/kembalikan/", views_steps.give_back, name="return"),
    path("<code:agreement>/sepakati/", views_steps.agree, name="agree"),
    path("<code:agreement>/hapus/", views_steps.discard, name="discard"),
    path("<code:agreement>/ubah/", views_draft.revise, name="revise"),
    path("<code:agreement>/tanda-tangan/", views_sign.sign, name="sign"),
    path("<code:agreement>/catat/", views_sign.record, name="record"),
]
