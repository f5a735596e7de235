"""Django registration of the `directory` room."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Who and where: territories, structures, services, posts, places."""

    name = "maillage.directory"
    label = "directory"
    verbose_name = "Annuaire"
    default_auto_field = "django.db.models.BigAutoField"
