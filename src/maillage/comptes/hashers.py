"""How passwords are kept: Argon2id (S-02)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id above the OWASP minimum (46 MiB, two passes, one lane).

    Django's own 100 MiB on eight lanes would let eight sign-ins at once take the memory of a
    small server.
    """

    time_cost = 2
    memory_cost = 46 * 1024
    parallelism = 1
