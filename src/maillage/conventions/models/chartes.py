"""Charters of deontology and confidentiality, signed post by post."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.conventions.enums import GenreCharte
from maillage.conventions.models.partenariat import Partenariat
from maillage.directory.models import Poste


class Charte(models.Model):
    """One version of a charter; who signed the former one signs again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partenariat = models.ForeignKey(Partenariat, on_delete=models.CASCADE, related_name="chartes")
    genre = models.CharField(max_length=16, choices=GenreCharte)
    version = models.PositiveSmallIntegerField()
    texte = models.TextField()
    debut = models.DateField()
    invente = models.BooleanField(default=False)

    class Meta:
        """One number per version of a charter, one version on a first day."""

        constraints = [
            models.UniqueConstraint(fields=["partenariat", "genre", "version"], name="charte_version_unique"),
            models.UniqueConstraint(fields=["partenariat", "genre", "debut"], name="charte_debut_unique"),
        ]

    def __str__(self) -> str:
        """Name the charter."""
        return f"{self.get_genre_display()}, version {self.version}"


class SignatureCharte(models.Model):
    """A post's signature of one version."""

    charte = models.ForeignKey(Charte, on_delete=models.CASCADE, related_name="signatures")
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="chartes_signees")
    le = models.DateField()

    class Meta:
        """A post signs a version once."""

        constraints = [models.UniqueConstraint(fields=["charte", "poste"], name="signature_charte_unique")]

    def __str__(self) -> str:
        """Say what is signed."""
        return f"{self.charte}, signée"
