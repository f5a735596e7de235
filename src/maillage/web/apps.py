"""Django registration of the screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The screens: one folder per area, and what they all share."""

    name = "maillage.web"
    label = "web"
    verbose_name = "Écrans"
