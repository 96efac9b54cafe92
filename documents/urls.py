from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("of-child/<int:child_pk>/add/", views.add, name="add"),
    path("<int:pk>/download/", views.download, name="download"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
