"""The WSGI application that gunicorn serves; refuses to load on an unsafe database."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
application = get_wsgi_application()

from maillage.config.checks import require_safe_database  # noqa: E402

require_safe_database()
