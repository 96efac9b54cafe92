from django.urls import path

from missing.views import episodes, sharing

app_name = "missing"

urlpatterns = [
    path("<int:pk>/", episodes.episode, name="episode"),
    path("<int:pk>/share/", sharing.share_with, name="share_with"),
    path("<int:pk>/do-not-share/", sharing.decide_not_to_share, name="decide_not_to_share"),
    path("<int:pk>/authority/", sharing.tell_authority, name="tell_authority"),
    path("<int:pk>/strategy-meeting/", sharing.record_strategy_meeting, name="record_strategy_meeting"),
    path("shares/<int:pk>/", sharing.share, name="share"),
    path("shares/<int:pk>/acknowledge/", sharing.acknowledge, name="acknowledge"),
]
