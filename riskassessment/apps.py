from django.apps import AppConfig


class RiskassessmentConfig(AppConfig):
    name = "riskassessment"
