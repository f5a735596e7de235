"""Closed lists of the door, and those of `dossiers` that the rooms above may name."""

from django.db.models import TextChoices

from maillage.dossiers.enums import (
    Donneur,
    EtatAccord,
    EtatAdhesion,
    Explication,
    FinaliteAdhesion,
    FormeAccord,
    Lien,
    MotifCloture,
    MotifRelais,
    Nature,
    PorteeAccord,
    TrancheAge,
)

__all__ = [
    "DestinataireDanger",
    "Donneur",
    "EtatAccord",
    "EtatAdhesion",
    "Explication",
    "FinOuverture",
    "FinaliteAdhesion",
    "FormeAccord",
    "Lien",
    "MotifCloture",
    "MotifRelais",
    "Nature",
    "PorteeAccord",
    "PorteeOuverture",
    "StatutEchange",
    "TrancheAge",
]


class PorteeOuverture(TextChoices):
    """What an opening lets a service see of a person."""

    ORIENTATION = "orientation", "Ce que dit l'orientation"
    ACCOMPAGNEMENT = "accompagnement", "L'accompagnement de son service"
    SUITE = "suite", "La suite donnée"
    PROJET = "projet", "La participation à un projet"
    COORDINATION = "coordination", "Dans le périmètre de l'acte de désignation"


class StatutEchange(TextChoices):
    """What became of an exchange once the law was asked."""

    RETENU = "retenu", "Retenu : il manque quelque chose"
    TRANSMIS = "transmis", "Transmis"
    REFUSE = "refuse", "Pas sous cette forme"


class FinOuverture(TextChoices):
    """Why an opening ended."""

    RETRAIT = "retrait", "Accord ou adhésion retirés"
    TERME = "terme", "Terme atteint"
    CLOTURE = "cloture", "Clôture"
    EFFACEMENT = "effacement", "Effacement"


class DestinataireDanger(TextChoices):
    """Who is told of a danger, without delay."""

    CRIP = "crip", "La CRIP du département"
    NUMERO_119 = "119", "Le 119, enfance en danger"
    POLICE = "17", "La police ou la gendarmerie (17)"
    SAMU = "15", "Le SAMU (15)"
    POMPIERS = "18", "Les pompiers (18)"
    PROCUREUR = "procureur", "Le procureur de la République"
