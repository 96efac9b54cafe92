from django.urls import path, register_converter

from missing import api
from missing.converters import MeasureConverter, PartConverter
from missing.views import board, episodes, exports, figures, interviews, sharing

register_converter(PartConverter, "part")
register_converter(MeasureConverter, "measure")

app_name = "missing"

urlpatterns = [
    path("", board.board, name="board"),
    path("now/", board.missing_now, name="missing_now"),
    path("figures/", figures.figures, name="figures"),
    path("figures/csv/", figures.figures_csv, name="figures_csv"),
    path("figures/children/", figures.figures_of_children, name="figures_of_children"),
    path("figures/<measure:measure>/", figures.figure, name="figure"),
    path("returns/ssda903/", exports.export_903, name="export_903"),
    path("returns/annex-a/", exports.export_annex_a, name="export_annex_a"),
    path("report/<int:child_pk>/", episodes.report, name="report"),
    path("child/<int:child_pk>/", episodes.of_child, name="of_child"),
    path("<int:pk>/", episodes.episode, name="episode"),
    path("<int:pk>/print/", episodes.print_episode, name="print_episode"),
    path("<int:pk>/grade/", episodes.grade, name="grade"),
    path("<int:pk>/found/", episodes.record_location, name="record_location"),
    path("<int:pk>/return/", episodes.record_return, name="record_return"),
    path("<int:pk>/check/", episodes.record_check, name="record_check"),
    path("<int:pk>/correct/", episodes.correct_moment, name="correct_moment"),
    path("<int:pk>/review/", episodes.review, name="review"),
    path("<int:pk>/error/", episodes.void, name="void"),
    path("<int:pk>/share/", sharing.share_with, name="share_with"),
    path("<int:pk>/do-not-share/", sharing.decide_not_to_share, name="decide_not_to_share"),
    path("<int:pk>/authority/", sharing.tell_authority, name="tell_authority"),
    path("<int:pk>/strategy-meeting/", sharing.record_strategy_meeting, name="record_strategy_meeting"),
    path("shares/<int:pk>/", sharing.share, name="share"),
    path("shares/<int:pk>/acknowledge/", sharing.acknowledge, name="acknowledge"),
    path("<int:pk>/interviewer/", interviews.name_interviewer, name="name_interviewer"),
    path("<int:pk>/offer/", interviews.offer, name="offer"),
    path("<int:pk>/not-offered/", interviews.not_offer, name="not_offer"),
    path("interviews/<int:pk>/", interviews.interview, name="interview"),
    path("interviews/<int:pk>/print/", interviews.print_interview, name="print_interview"),
    path("interviews/<int:pk>/answer/", interviews.record_response, name="record_response"),
    path("interviews/<int:pk>/page/<part:part>/", interviews.save_interview, name="save_interview"),
    path("interviews/<int:pk>/page/<part:part>/autosave/", api.Autosave.as_view(), name="autosave"),
    path("interviews/<int:pk>/actions/", interviews.add_action, name="add_action"),
    path("interviews/<int:pk>/complete/", interviews.record_interview, name="record_interview"),
    path("interviews/<int:pk>/error/", interviews.void_interview, name="void_interview"),
    path("actions/<int:pk>/", interviews.interview_action, name="interview_action"),
]
