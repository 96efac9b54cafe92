from django.urls import path

from governance import views

app_name = "governance"

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/csv/", views.dashboard_csv, name="dashboard_csv"),
]
