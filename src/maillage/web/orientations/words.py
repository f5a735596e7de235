"""The words of the composer: codes of the law's vocabulary, said as one says them in the street."""

from __future__ import annotations

AGES = [
    ("moins_15", "Moins de 15 ans"),
    ("15_17", "15 à 17 ans"),
    ("18_20", "18 à 20 ans"),
    ("21_et_plus", "21 ans et plus"),
    ("inconnue", "Je ne sais pas"),
]
MINORS = frozenset({"moins_15", "15_17"})

SPOKEN_ACCORDS = [
    ("donne", "Oui"),
    ("non_demande", "Pas encore demandé"),
    ("refuse", "Non"),
]
LINKS = [
    ("mere", "Sa mère"),
    ("pere", "Son père"),
    ("tuteur", "Son tuteur ou sa tutrice"),
    ("autre", "Une autre personne qui a l'autorité parentale"),
]
FORMS_OF_ACCORD = [("orale", "À l'oral"), ("ecrite", "Par écrit")]
ELEMENTS = [
    ("contact", "comment le retrouver"),
    ("age", "sa tranche d'âge"),
    ("besoin", "sa demande"),
]
GIVERS = [("jeune", "Le jeune"), ("titulaire", "Un parent")]
