from django.urls import path

from referrals import views

app_name = "referrals"

urlpatterns = [
    path("tell-us/", views.make_publicly, name="make_publicly"),
    path("referrals/", views.made, name="made"),
    path("referrals/<int:pk>/", views.track, name="track"),
    path("referrals/new/<int:child_pk>/", views.make, name="make"),
    path("mash/", views.queue, name="queue"),
    path("mash/<int:pk>/", views.referral, name="referral"),
    path("mash/<int:pk>/accept/", views.accept, name="accept"),
    path("mash/<int:pk>/grade/", views.grade, name="grade"),
    path("mash/<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("mash/<int:pk>/check/", views.ask_agency, name="ask_agency"),
    path("mash/checks/<int:pk>/", views.record_check, name="record_check"),
    path("mash/<int:pk>/discussion/", views.record_discussion, name="record_discussion"),
    path("mash/<int:pk>/decide/", views.decide, name="decide"),
    path("mash/<int:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("mash/<int:pk>/feedback/", views.give_feedback, name="give_feedback"),
    path("mash/<int:pk>/assessment/", views.record_assessment, name="record_assessment"),
    path("mash/<int:pk>/conference/", views.record_conference, name="record_conference"),
    path("mash/<int:pk>/nrm/", views.refer_to_nrm, name="refer_to_nrm"),
    path("mash/<int:pk>/nrm/grounds/", views.record_grounds, name="record_grounds"),
]
