"""Addresses of the reviews."""

from django.urls import path

from selaras.web.review import views, views_acts, views_case, views_desk, views_files, views_paper

app_name = "review"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("baru/", views.new, name="new"),
    path("ringkasan/", views.summary, name="summary"),
    path("daftar/", views_desk.reviewed, name="register"),
    path("<int:case>/", views_case.case, name="case"),
    path("<int:case>/keadaan", views_case.state, name="state"),
    path("<int:case>/mulai", views_acts.begin, name="begin"),
    path("<int:case>/putusan", views_acts.decide, name="decide"),
    path("<int:case>/tindak-lanjut", views_acts.follow_up, name="follow-up"),
    path("<int:case>/komentar", views_acts.remark, name="remark"),
    path("<int:case>/kembalikan", views_acts.give_back, name="return"),
    path("<int:case>/selesai", views_acts.finish, name="finish"),
    path("<int:case>/buka-lagi", views_acts.reopen, name="reopen"),
    path("<int:case>/hapus", views_acts.discard, name="discard"),
    path("<int:case>/jawaban", views_desk.reply, name="reply"),
    path("<int:case>/meja/", views_desk.desk, name="desk"),
    path("<int:case>/meja/tugas", views_desk.assign, name="assign"),
    path("<int:case>/meja/waktu", views_desk.add_time, name="time"),
    path("<int:case>/meja/pernyataan", views_desk.save_statement, name="statement"),
    path("<int:case>/meja/pernyataan/tanda-tangan", views_desk.sign, name="statement-sign"),
    path("<int:case>/meja/pernyataan/<slug:form>", views_desk.printed, name="statement-file"),
    path("<int:case>/kertas-kerja/", views_paper.paper, name="paper"),
    path("<int:case>/kertas-kerja/<str:point>", views_paper.answer, name="answer"),
    path("<int:case>/halaman/<int:page>.jpg", views_files.picture, name="picture"),
    path("<int:case>/berkas", views_files.original, name="file"),
    path("<int:case>/unduh/<str:form>", views_files.download, name="download"),
]
