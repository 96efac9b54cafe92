app_name = "riskassessment"

urlpatterns: list[object] = []
