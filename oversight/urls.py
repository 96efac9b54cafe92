"""The pages of those who watch over the log."""

from django.urls import path

from oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.log, name="log"),
    path("children/<int:pk>/", views.child_log, name="child_log"),
    path("people/<int:pk>/", views.person_log, name="person_log"),
    path("seen-by/<int:pk>/", views.seen_by, name="seen_by"),
    path("unusual/<int:pk>/", views.alert, name="alert"),
    path("verification/", views.verification, name="verification"),
    path("verification/verify/", views.verify, name="verify"),
    path("verification/<int:pk>/cancel/", views.cancel_verification, name="cancel_verification"),
]
