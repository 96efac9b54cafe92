from django.urls import path

from people import views

app_name = "people"

urlpatterns = [
    path("", views.find, name="find"),
    path("add/", views.register, name="register"),
    path("to-match/", views.to_match, name="to_match"),
    path("<int:pk>/", views.child, name="child"),
    path("<int:pk>/print/", views.print_child, name="print_child"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/match/", views.match, name="match"),
    path("<int:pk>/unmatch/", views.unmatch, name="unmatch"),
    path("<int:pk>/case/open/", views.open_case, name="open_case"),
    path("<int:pk>/case/key-worker/", views.name_key_worker, name="name_key_worker"),
    path("<int:pk>/case/close/", views.close_case, name="close_case"),
]
