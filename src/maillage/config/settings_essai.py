"""Settings of the test suite: a throw-away installation, a fast hasher, DATABASE_URL when asked."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="maillage-essai-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
(_folder / "donnees").mkdir()
os.environ["MAILLAGE_KEYS"] = str(_folder / "cles.json")
os.environ["MAILLAGE_HTTPS"] = "0"
os.environ["MAILLAGE_FILES" if os.environ.get("DATABASE_URL") else "MAILLAGE_DATA"] = str(_folder / "donnees")
if os.environ.get("DATABASE_URL"):
    os.environ.pop("MAILLAGE_DATA", None)

from maillage.base.keyring import Keyring  # noqa: E402

Keyring.generate(_folder / "cles.json")

from maillage.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A client a test: each would list the styles and scripts anew before its first answer.
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Threads race on a file, as in an installation: Django's shared in-memory database would refuse them.
if not os.environ.get("DATABASE_URL"):
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "essai.sqlite3")}  # noqa: F405
