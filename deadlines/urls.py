from django.urls import path

from deadlines import views

app_name = "deadlines"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
]
