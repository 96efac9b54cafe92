from django.urls import path

from deadlines import views

app_name = "deadlines"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/open/", views.open_notice, name="open_notice"),
    path("how/", views.choose_digest, name="choose_digest"),
    path("absences/", views.absences, name="absences"),
    path("absences/record/", views.record_absence, name="record_absence"),
    path("absences/<int:pk>/end/", views.end_absence, name="end_absence"),
]
