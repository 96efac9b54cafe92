from django.urls import path

from frontend import views

app_name = "frontend"

urlpatterns = [path("brand.css", views.brand_stylesheet, name="brand")]
