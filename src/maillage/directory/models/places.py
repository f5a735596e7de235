"""Territories, structures, services and what the study says of them."""

from django.db import models

from maillage.base.identifiers import new_id
from maillage.directory.enums import GenreLieu, GenreTerritoire, GenreTitre, Metier


class Territoire(models.Model):
    """Any set of ground a partnership may cover: commune, quartier, line, station…

    `code` is the official code of its kind (INSEE, SIREN, QPV code); `millesime` its vintage.
    `indicateurs` holds published social indicators {code: {valeur, libelle, annee, source}}.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    genre = models.CharField(max_length=16, choices=GenreTerritoire)
    code = models.CharField(max_length=24)
    nom = models.CharField(max_length=200)
    millesime = models.PositiveSmallIntegerField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="enfants"
    )
    communes = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="inclus")
    geometrie = models.JSONField(null=True, blank=True)
    attributs = models.JSONField(default=dict, blank=True)
    indicateurs = models.JSONField(default=dict, blank=True)

    class Meta:
        """A code is unique within its kind; QPV codes change with each vintage."""

        constraints = [models.UniqueConstraint(fields=["genre", "code"], name="territoire_unique")]
        indexes = [models.Index(fields=["genre", "nom"], name="territoire_par_nom")]

    def __str__(self) -> str:
        """Name the territory."""
        return self.nom


class Structure(models.Model):
    """A legal person that carries services. `variantes` keeps the study's other spellings."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    nom = models.CharField(max_length=250)
    sigle = models.CharField(max_length=40, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    nature = models.CharField(max_length=40, blank=True)
    variantes = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        """Prefer the short name."""
        return self.sigle or self.nom


class Service(models.Model):
    """A team of people of one trade. Notes and accompagnements belong to one service."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="services")
    metier = models.CharField(max_length=24, choices=Metier)
    nom = models.CharField(max_length=250)
    nom_court = models.CharField(max_length=60)
    nom_dans_le_tableau = models.CharField(max_length=250, blank=True)
    ville = models.ForeignKey(
        Territoire, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    territoires = models.ManyToManyField(Territoire, blank=True, related_name="services_presents")
    creation = models.CharField(max_length=120, blank=True)
    annee_creation = models.PositiveSmallIntegerField(null=True, blank=True)
    financement_texte = models.CharField(max_length=300, blank=True)
    dans_etude = models.BooleanField(default=False)
    rang = models.PositiveSmallIntegerField(default=0)
    age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(null=True, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    heure_ouverture = models.TimeField(null=True, blank=True)
    invente = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Use the name that colleagues say."""
        return self.nom_court


class Financement(models.Model):
    """One funder of a service, with its share where the study gives it."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="financements")
    financeur = models.CharField(max_length=200)
    part = models.PositiveSmallIntegerField(null=True, blank=True)
    montant = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    environ = models.BooleanField(default=False)
    rang = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        """Say the funder and its share."""
        return f"{self.financeur} {self.part or ''}".strip()


class Effectif(models.Model):
    """How many people hold one function in a service, as the study counts them."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="effectifs")
    fonction = models.CharField(max_length=120)
    nombre = models.PositiveSmallIntegerField(null=True, blank=True)
    nombre_max = models.PositiveSmallIntegerField(null=True, blank=True)
    rang = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        """Say how many of what."""
        return f"{self.nombre} {self.fonction}"


class Titre(models.Model):
    """A departmental title held by a service, with its proof and dates."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="titres")
    genre = models.CharField(max_length=16, choices=GenreTitre)
    numero = models.CharField(max_length=60, blank=True)
    preuve = models.CharField(max_length=250)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    invente = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Name the title."""
        return self.get_genre_display()


class NoteEtude(models.Model):
    """A contradiction or a gap of the study about a city, kept as a note and never mended."""

    territoire = models.ForeignKey(Territoire, on_delete=models.CASCADE, related_name="notes_etude")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="notes_etude"
    )
    texte = models.TextField()
    rang = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        """Show the first words."""
        return self.texte[:60]


class Lieu(models.Model):
    """A place where people meet, in one territory, shared by the services that cover it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    territoire = models.ForeignKey(Territoire, on_delete=models.PROTECT, related_name="lieux")
    nom = models.CharField(max_length=120)
    genre = models.CharField(max_length=16, choices=GenreLieu)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    actif = models.BooleanField(default=True)
    invente = models.BooleanField(default=False)

    class Meta:
        """A place's name is unique within its territory."""

        constraints = [models.UniqueConstraint(fields=["territoire", "nom"], name="lieu_unique")]

    def __str__(self) -> str:
        """Name the place."""
        return self.nom


class Indisponibilite(models.Model):
    """A dated state of a service, the same for every sender (design, section 4)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="indisponibilites")
    debut = models.DateField()
    fin = models.DateField()

    class Meta:
        """An unavailability ends on or after the day it begins."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__gte=models.F("debut")), name="indisponibilite_ordonnee"
            )
        ]

    def __str__(self) -> str:
        """Say the dates."""
        return f"{self.debut} – {self.fin}"
