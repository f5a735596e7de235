"""The form deduced from facts: the six cities, then invented towns, each with its result and reason."""

from itertools import product

import pytest

from maillage.etude.deduction import DECISIVES, deduce, possible_forms
from maillage.etude.enums import Certitude, FormeDeduite, Ville
from maillage.etude.questionnaire import Reponses, question, validate
from maillage.etude.villes import portraits

INFORMEL, CONVENTION = FormeDeduite.INFORMEL, FormeDeduite.CONVENTION
PILOTAGE, SEUL = FormeDeduite.PILOTAGE_UNIQUE, FormeDeduite.UN_SEUL_METIER
ETABLIE, PRUDENTE, OUVERTE = Certitude.ETABLIE, Certitude.PRUDENTE, Certitude.OUVERTE

ASSOC_VILLE = {"employeur_prevention": "association", "employeur_mediation": "commune"}

# name, answers, form, certainty, a deciding fact, a contradicting fact (or "")
TOWNS: list[tuple[str, dict[str, str], FormeDeduite, Certitude, str, str]] = [
    (
        "Aubeval: an association and a town, nothing written",
        {**ASSOC_VILLE, "direction": "deux_directions", "ecrit": "rien"},
        INFORMEL,
        ETABLIE,
        "rien n'est écrit entre les deux services",
        "",
    ),
    (
        "Brisemer: a convention signed by both authorities",
        {**ASSOC_VILLE, "direction": "deux_directions", "ecrit": "convention", "signataires": "autorites"},
        CONVENTION,
        ETABLIE,
        "une convention de partenariat est en vigueur",
        "",
    ),
    (
        "Cornelles: the town employs both teams under one direction",
        {"employeur_prevention": "commune", "employeur_mediation": "commune", "direction": "meme_direction"},
        PILOTAGE,
        ETABLIE,
        "une même direction conduit les deux métiers",
        "",
    ),
    (
        "Dourville: one association, two directions: one employer is not one steering",
        {
            "employeur_prevention": "association",
            "employeur_mediation": "meme_organisme",
            "direction": "deux_directions",
            "ecrit": "rien",
        },
        INFORMEL,
        ETABLIE,
        "rien n'est écrit entre les deux services",
        "Le même organisme emploie les deux équipes, mais chacune garde sa direction : "
        "ce n'est pas un pilotage unique.",
    ),
    (
        "Estrelle: one direction in fact, nothing in law",
        {**ASSOC_VILLE, "direction": "meme_direction", "ecrit": "rien"},
        INFORMEL,
        ETABLIE,
        "rien n'est écrit entre les deux services",
        "Une même direction conduit les deux équipes de fait, "
        "sans employeur commun ni acte qui l'établisse en droit.",
    ),
    (
        "Fontbrune: an act puts two employers' teams under one direction",
        {**ASSOC_VILLE, "direction": "meme_direction", "ecrit": "acte", "signataires": "autorites"},
        PILOTAGE,
        ETABLIE,
        "un acte place les deux équipes sous une direction",
        "",
    ),
    (
        "Garance: the same act, but each team kept its direction",
        {**ASSOC_VILLE, "direction": "deux_directions", "ecrit": "acte", "signataires": "autorites"},
        CONVENTION,
        ETABLIE,
        "les autorités des deux services se sont engagées par écrit",
        "Un acte place les deux équipes sous une direction, mais chacune a gardé la sienne.",
    ),
    (
        "Hautebise: a charter is no convention",
        {**ASSOC_VILLE, "direction": "comite", "ecrit": "charte", "signataires": "autorites"},
        INFORMEL,
        ETABLIE,
        "une charte dit les intentions des deux services",
        "Une charte existe : elle protège des identités professionnelles, elle n'est pas une convention.",
    ),
    (
        "Isgrève: a convention that the teams signed between themselves binds nobody",
        {**ASSOC_VILLE, "direction": "deux_directions", "ecrit": "convention", "signataires": "equipes"},
        INFORMEL,
        ETABLIE,
        "les équipes ont signé entre elles",
        "Le papier existe, mais ceux qui l'ont signé ne pouvaient pas engager les deux services.",
    ),
    (
        "Jonzelle: the convention has ended",
        {**ASSOC_VILLE, "direction": "deux_directions", "ecrit": "echue", "signataires": "autorites"},
        INFORMEL,
        ETABLIE,
        "la convention est arrivée à son terme",
        "La convention est échue : ce qu'elle établissait a cessé de valoir au lendemain de son terme.",
    ),
    (
        "Kerlouan-le-Neuf: a convention is still being written",
        {**ASSOC_VILLE, "direction": "deux_directions", "ecrit": "projet", "signataires": "personne"},
        INFORMEL,
        ETABLIE,
        "une convention est en cours d'écriture",
        "Une convention s'écrit : tant qu'elle n'est pas signée, elle n'établit aucun fait.",
    ),
    (
        "Lavaudière: nobody knows who signed: the unknown does not help",
        {**ASSOC_VILLE, "direction": "deux_directions", "ecrit": "convention"},
        INFORMEL,
        PRUDENTE,
        "une convention de partenariat est en vigueur",
        "",
    ),
    (
        "Montrelais: one employer, direction unknown",
        {"employeur_prevention": "commune", "employeur_mediation": "meme_organisme", "ecrit": "rien"},
        INFORMEL,
        PRUDENTE,
        "rien n'est écrit entre les deux services",
        "",
    ),
    ("Nuisemont: nothing is known", {}, INFORMEL, OUVERTE, "", ""),
    (
        "Ormeval: there are no educators",
        {"employeur_prevention": "aucun", "employeur_mediation": "commune"},
        SEUL,
        ETABLIE,
        "il n'y a pas d'éducateurs de prévention spécialisée",
        "",
    ),
    (
        "Quatrevents: there are no educators, yet one direction is said to lead both teams",
        {"employeur_prevention": "aucun", "employeur_mediation": "commune", "direction": "meme_direction"},
        SEUL,
        ETABLIE,
        "il n'y a pas d'éducateurs de prévention spécialisée",
        "Vous dites qui dirige les deux équipes, mais il n'y en a qu'une : "
        "l'une des deux réponses est à revoir.",
    ),
    (
        "Pierrelune: an intercommunal body employs both, under one direction, without a common order",
        {
            "employeur_prevention": "intercommunalite",
            "employeur_mediation": "intercommunalite",
            "direction": "meme_direction",
            "commande": "separee",
        },
        PILOTAGE,
        ETABLIE,
        "une même direction conduit les deux métiers",
        "Les équipes ont une direction commune, mais pas de commande écrite commune.",
    ),
]


@pytest.mark.parametrize(("name", "answers", "forme", "certitude", "decisif", "contraire"), TOWNS)
def test_an_invented_town_gets_its_form_and_its_reason(
    name: str,
    answers: dict[str, str],
    forme: FormeDeduite,
    certitude: Certitude,
    decisif: str,
    contraire: str,
) -> None:
    found = deduce(validate(answers))
    assert (found.forme, found.certitude) == (forme, certitude), name
    assert not decisif or decisif in found.decisifs, name
    assert found.contraires == ((contraire,) if contraire else ()) or contraire in found.contraires, name
    assert bool(found.a_preciser) == (certitude is not ETABLIE), name


@pytest.mark.parametrize(
    ("answers", "decisifs"),
    [
        (
            {"employeur_prevention": "intercommunalite", "employeur_mediation": "intercommunalite"}
            | {"direction": "meme_direction", "ecrit": "acte", "signataires": "autorites"},
            (
                "l'intercommunalité emploie les éducateurs",
                "l'intercommunalité emploie les médiateurs",
                "une même direction conduit les deux métiers",
            ),
        ),
        (
            {**ASSOC_VILLE, "direction": "deux_directions", "ecrit": "projet", "signataires": "personne"},
            ("chaque équipe a sa direction", "une convention est en cours d'écriture"),
        ),
        (
            {"employeur_prevention": "aucun", "employeur_mediation": "commune", "ecrit": "rien"},
            ("il n'y a pas d'éducateurs de prévention spécialisée",),
        ),
    ],
)
def test_the_facts_shown_as_deciding_are_the_fewest_that_establish_the_form(
    answers: dict[str, str], decisifs: tuple[str, ...]
) -> None:
    assert deduce(validate(answers)).decisifs == decisifs


def test_the_six_cities_facts_give_the_table_s_six_categories() -> None:
    assert {p.ville: str(deduce(p.reponses).forme) for p in portraits()} == {
        Ville.LA_ROCHELLE: "convention",
        Ville.LE_TEIL: "informel",
        Ville.LIMOGES: "informel",
        Ville.LORIENT: "informel",
        Ville.MARSEILLE: "pilotage_unique",
        Ville.ORLEANS: "pilotage_unique",
    }
    assert {deduce(p.reponses).certitude for p in portraits()} == {ETABLIE}


def test_la_rochelle_read_as_the_draft_its_text_speaks_of_would_be_informal() -> None:
    (rochelle,) = [p for p in portraits() if p.ville is Ville.LA_ROCHELLE]
    found = deduce(rochelle.reponses.avec(ecrit="projet"))
    assert found.forme is INFORMEL
    assert found.contraires[0] == (
        "Une convention s'écrit : tant qu'elle n'est pas signée, elle n'établit aucun fait."
    )


def test_what_the_report_says_of_life_together_never_changes_the_form() -> None:
    for city in portraits():
        alone = Reponses({cle: city.reponses[cle] for cle in DECISIVES})
        assert deduce(alone).forme is deduce(city.reponses).forme


def test_knowing_more_never_adds_a_possible_form() -> None:
    keys = ("employeur_mediation", "direction", "ecrit", "signataires")
    for values in product(*([None, *(o.cle for o in question(cle).options)][:3] for cle in keys)):
        known = {k: v for k, v in zip(keys, values, strict=True) if v and v != "aucun"}
        before = possible_forms(Reponses(known))
        for option in question("employeur_prevention").options:
            if option.cle != "aucun":
                assert possible_forms(Reponses({**known, "employeur_prevention": option.cle})) <= before
