from django.apps import AppConfig


class CseConfig(AppConfig):
    name = "cse"
