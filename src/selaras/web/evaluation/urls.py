"""Addresses of the evaluation: the board, one sheet with its parts, recommendations, instruments."""

from django.urls import path

from selaras.web.evaluation import (
    views_answers,
    views_board,
    views_flow,
    views_letter,
    views_proofs,
    views_recommendations,
    views_sheet,
    views_team,
    views_templates,
)

app_name = "evaluation"
ONE = "<int:evaluation>/"
ADVICE = "rekomendasi/<code:recommendation>/"
INSTRUMENT = "instrumen/<code:template>/"
urlpatterns = [
    path("", views_board.board, name="board"),
    path("banyak/", views_board.act_on_many, name="many"),
    path("rekomendasi/", views_recommendations.register, name="recommendations"),
    path(ADVICE, views_recommendations.recommendation, name="recommendation"),
    path(f"{ADVICE}langkah/", views_recommendations.add_step, name="step-add"),
    path(f"{ADVICE}langkah/<int:step>/bukti", views_recommendations.step_file, name="step-file"),
    path(f"{ADVICE}langkah/<int:step>/<slug:what>/", views_recommendations.settle_step, name="step-settle"),
    path(f"{ADVICE}rencana-berikutnya/", views_recommendations.answer_by_plan, name="recommendation-plan"),
    path(f"{ADVICE}<slug:what>/", views_recommendations.change, name="recommendation-change"),
    path("instrumen/", views_templates.templates, name="templates"),
    path("instrumen/impor/", views_templates.take_in, name="template-import"),
    path(INSTRUMENT, views_templates.template, name="template"),
    path(f"{INSTRUMENT}ubah/", views_templates.edit, name="template-edit"),
    path(f"{INSTRUMENT}salin/", views_templates.copy, name="template-copy"),
    path(f"{INSTRUMENT}hapus/", views_templates.remove, name="template-remove"),
    path(f"{INSTRUMENT}ekspor/", views_templates.export, name="template-export"),
    path(ONE, views_sheet.sheet, name="sheet"),
    path(f"{ONE}komponen/<code:component>/", views_sheet.component, name="component"),
    path(f"{ONE}isi/<code:item>/", views_answers.answer, name="answer"),
    path(f"{ONE}ambil-alih/", views_answers.adopt, name="adopt"),
    path(f"{ONE}perbedaan/", views_sheet.differences, name="differences"),
    path(f"{ONE}alur/<slug:what>/", views_flow.flow, name="flow"),
    path(f"{ONE}lhe/", views_letter.letter, name="letter"),
    path(f"{ONE}lhe/dokumen/", views_letter.document, name="letter-document"),
    path(f"{ONE}lhe/surat/", views_letter.save_letter, name="letter-save"),
    path(f"{ONE}lhe/catatan/<code:component>/", views_letter.save_note, name="note"),
    path(f"{ONE}lhe/rekomendasi/", views_letter.recommend, name="recommend"),
    path(f"{ONE}unduh/<slug:form>/", views_letter.download, name="download"),
    path(f"{ONE}bukti/", views_proofs.add, name="proof-add"),
    path(f"{ONE}bukti/periksa/", views_proofs.check, name="proof-check"),
    path(f"{ONE}bukti/<int:proof>/", views_proofs.file, name="proof-file"),
    path(f"{ONE}bukti/<int:proof>/hapus/", views_proofs.remove, name="proof-remove"),
    path(f"{ONE}tim/", views_team.team, name="team"),
    path(f"{ONE}tim/bagikan/", views_team.share, name="team-share"),
    path(f"{ONE}permintaan/", views_team.ask, name="ask"),
    path(f"{ONE}permintaan/<int:asked>/berkas", views_team.file, name="request-file"),
    path(f"{ONE}permintaan/<int:asked>/<slug:what>/", views_team.settle, name="request"),
]
