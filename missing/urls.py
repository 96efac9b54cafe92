from django.urls import path

from missing.views import episodes

app_name = "missing"

urlpatterns = [
    path("<int:pk>/", episodes.episode, name="episode"),
]
