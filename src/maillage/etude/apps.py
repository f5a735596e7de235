"""Django's entry to the study; it holds no table of its own."""

from django.apps import AppConfig


class EtudeConfig(AppConfig):
    """The study's room."""

    name = "maillage.etude"
    label = "etude"
    verbose_name = "L'étude"
