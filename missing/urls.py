from django.urls import path

from missing.views import episodes, sharing

app_name = "missing"

urlpatterns = [
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
]
