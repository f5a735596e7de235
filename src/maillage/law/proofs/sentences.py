"""The sentences that are proved of the law, about one case at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import z3

from maillage.law.facts import contenu, echange, jour, situation, sujet
from maillage.law.facts.acteurs import DESTINATAIRE, EMETTEUR
from maillage.law.facts.deduits import EN_DANGER
from maillage.law.facts.lectures import prudente, rapport
from maillage.law.language import TOUJOURS, Condition, Effet, Formule, Lu, Marque, Regle, exige, tous
from maillage.law.proofs.checking import (
    Fault,
    Sentence,
    adding,
    changing,
    dropping,
    never,
    relaxing,
    without,
)
from maillage.law.readings.proof import World
from maillage.law.rules import REGLES
from maillage.law.steps import ISSUES

RELAIS_ET_ORIENTATION = ("ORIENT-PRIVE", "ORIENT-PUBLIC", "RELAIS-PRESENT", "MED-TIERS", "RETOUR-CONVENU")
NOMINATIF = contenu.IDENTIFICATION.hors("aucune")
DATE_CONNUE = jour.depuis(jour.DEBUT)
TENU_AU_SECRET = EMETTEUR.secret.parmi("ferme")


def planted(effet: Effet, *formules: Formule) -> Regle:
    """A rule that has no place in the law, to be found by a proof."""
    conditions = tuple(exige(f, "faute", "faute") for f in formules)
    return Regle(
        "FAUTE", effet, REGLES[0].selon, "", "Faute plantée.", None, Lu(None, Marque.DOCTRINE), conditions
    )


def _all(world: World, *formules: Formule) -> z3.BoolRef:
    """These formulas all hold in this world."""
    return world.holds(tous(*formules))


def _permitted_while(*formules: Formule) -> Callable[[World], z3.BoolRef]:
    """Something is permitted (not imposed) although these formulas hold."""
    return lambda w: z3.And(_all(w, *formules), w.issue("permis"))


def _cited_while(rules: tuple[str, ...], *formules: Formule) -> Callable[[World], z3.BoolRef]:
    """One of these rules permits although these formulas hold."""
    return lambda w: z3.And(_all(w, *formules), w.issue("permis"), w.cites(*rules))


def _tiers(fonction: str, nom: str) -> Sentence:
    """A bound sender tells a stranger to these missions nothing about anyone."""
    vers = DESTINATAIRE.fonction.parmi(fonction)

    def violation(world: World) -> z3.BoolRef:
        told = z3.And(_all(world, TENU_AU_SECRET, vers, NOMINATIF), world.issue("permis"))
        by_group = z3.And(world.holds(rapport("U-9")), world.cites_none_but("CSI-L132-5"))
        return z3.And(told, z3.Not(by_group))

    return Sentence(
        f"Qui est tenu au secret ne nomme personne {nom}, sauf obligation, ou dans un groupe de travail "
        "du CLSPD si la lecture du rapport y est adoptée (U-9).",
        never(violation),
        adding(planted(Effet.AUTORISE, vers, EN_DANGER)),
    )


def _plain_while(dit: str, violation: Callable[[World], z3.BoolRef], fault: Fault) -> Sentence:
    """A sentence proved by the absence of any case."""
    return Sentence(dit, never(violation), fault)


def _mediator(world: World) -> z3.BoolRef:
    """A bound sender reaches an unbound mediator of private law through an unexpected door."""
    who = _all(
        world,
        TENU_AU_SECRET,
        NOMINATIF,
        DESTINATAIRE.fonction.parmi("mediateur"),
        DESTINATAIRE.secret.parmi("aucun"),
    )
    doors = ("RELAIS-PRESENT", "ORIENT-ACCUSE", "CASF-L121-6-2-al5")
    back = z3.And(world.cites("RETOUR-CONVENU"), world.holds(prudente("U-10")))
    group = z3.And(world.cites("CSI-L132-5"), world.holds(prudente("U-9")))
    other = z3.Not(world.cites_none_but(*doors, "RETOUR-CONVENU", "CSI-L132-5"))
    return z3.And(who, world.issue("permis"), z3.Or(other, back, group))


def _one_outcome(world: World) -> z3.BoolRef:
    """No outcome, or two at once, or an outcome without any ground."""
    truths = [world.law.issues[i] for i in ISSUES]
    one = z3.PbEq([(t, 1) for t in truths], 1)
    return z3.Or(z3.Not(one), z3.Not(z3.Or(list(world.law.fondements.values()))))


def _repairable(condition: Condition) -> Condition:
    """A condition whose ways out are always open: a fault, where a refusal must close them."""
    return replace(condition, voies=tuple(replace(v, quand=TOUJOURS) for v in condition.voies))


SENTENCES = (
    _plain_while(
        "Tout cas reçoit une issue et une seule, avec au moins une règle qui la fonde.",
        _one_outcome,
        without("X-DEFAUT"),
    ),
    _plain_while(
        "Ce qui n'identifie personne est toujours permis.",
        lambda w: z3.And(_all(w, contenu.IDENTIFICATION.parmi("aucune")), z3.Not(w.issue("permis"))),
        without("G-NON-PERSONNEL"),
    ),
    _plain_while(
        "La personne a toujours accès à ce qui la concerne, dès que l'échange est daté.",
        lambda w: z3.And(
            _all(w, DATE_CONNUE, DESTINATAIRE.fonction.parmi("personne_concernee")),
            z3.Not(w.issue("permis")),
        ),
        without("ACCES-SOI"),
    ),
    _plain_while(
        "Un échange nominatif sans date, ou d'avant le 6 mars 2007, n'est jamais jugé.",
        lambda w: z3.And(w.holds(NOMINATIF), z3.Not(w.holds(DATE_CONNUE)), z3.Not(w.issue("a_trancher"))),
        without("G-DATE"),
    ),
    _tiers("bailleur", "à un bailleur"),
    _tiers("transporteur", "à un transporteur"),
    _tiers("autre_elu", "à un élu sans délégation"),
    _plain_while(
        "Qui est tenu au secret n'atteint un médiateur que rien ne lie que par le relais à trois, "
        "l'accusé de réception ou le coordonnateur ; par le retour convenu sous U-10, par le groupe du "
        "CLSPD sous U-9.",
        _mediator,
        dropping("RETOUR-CONVENU", 0),
    ),
    *(
        _plain_while(
            f"L'accord refusé par la personne n'est jamais surmonté par {regle}.",
            _cited_while((regle,), echange.ACCORD_PERSONNE.parmi("refuse")),
            relaxing(regle, position, echange.ACCORD_PERSONNE.parmi("refuse")),
        )
        for regle, position in (
            ("ORIENT-PRIVE", 6),
            ("ORIENT-PUBLIC", 5),
            ("RELAIS-PRESENT", 3),
            ("RETOUR-CONVENU", 7),
            ("MED-TIERS", 5),
        )
    ),
    _plain_while(
        "Dans la rue, un hall, un lieu public, aucun partage protégé, aucune orientation, aucun retour.",
        _cited_while(
            (
                "CASF-L226-2-2",
                "CASF-L121-6-2-al5",
                *RELAIS_ET_ORIENTATION[:3],
                "RETOUR-CONVENU",
                "CSI-L132-5",
            ),
            echange.CADRE.parmi("lieu_public"),
        ),
        relaxing("RELAIS-PRESENT", 5, echange.CADRE.parmi("lieu_public")),
    ),
    _plain_while(
        "En CLSPD plénier ou restreint, on ne nomme personne sans obligation, hors à la personne même.",
        lambda w: z3.And(
            _all(w, NOMINATIF, DATE_CONNUE, echange.CADRE.parmi("clspd_pleniere", "clspd_restreint")),
            w.issue("permis"),
            w.holds(jour.depuis(date(2007, 3, 7))),
            z3.Not(w.cites("ACCES-SOI")),
        ),
        without("X-CLSPD-PLENIERE"),
    ),
    _plain_while(
        "Ce qui a été reçu dans un échange protégé ne repart pas sans obligation, hors à la personne même.",
        lambda w: z3.And(
            _all(w, NOMINATIF, contenu.ORIGINE.parmi("recu_echange_protege")),
            w.issue("permis"),
            z3.Not(w.cites("ACCES-SOI")),
        ),
        without("X-REEMPLOI"),
    ),
    _plain_while(
        "Sous la lecture prudente, qui est tenu au secret ne nomme personne en groupe du CLSPD, sauf à "
        "accuser réception d'une orientation ou par obligation.",
        lambda w: z3.And(
            _all(w, NOMINATIF, TENU_AU_SECRET, prudente("U-9"), jour.depuis(date(2007, 3, 7))),
            _all(
                w,
                echange.CADRE.parmi("clspd_groupe_travail"),
                contenu.NATURE.hors("orientation_accuse"),
            ),
            w.issue("permis"),
            z3.Not(w.cites("ACCES-SOI")),
        ),
        without("X-CLSPD-SECRET"),
    ),
    _plain_while(
        "Le retour convenu n'existe pas tant que la lecture du rapport n'est pas adoptée (U-10).",
        lambda w: z3.And(w.holds(prudente("U-10")), w.cites("RETOUR-CONVENU")),
        dropping("RETOUR-CONVENU", 0),
    ),
    _plain_while(
        "Aucune lecture ne fait d'un médiateur que nul secret ne lie un destinataire du partage en "
        "protection de l'enfance.",
        _cited_while(("CASF-L226-2-2",), DESTINATAIRE.secret.parmi("aucun")),
        relaxing("CASF-L226-2-2", 1, DESTINATAIRE.fonction.parmi("mediateur")),
    ),
    _plain_while(
        "Aucune lecture n'ouvre la tranquillité publique à qui est tenu au secret, sauf ce qui ne tient "
        "pas au but : signaler, soigner, accéder.",
        lambda w: z3.And(
            _all(w, NOMINATIF, TENU_AU_SECRET, echange.FINALITE.parmi("tranquillite_publique")),
            w.issue("permis"),
            z3.Not(
                w.cites_none_but(
                    "CASF-L226-3",
                    "CASF-L226-4-II",
                    "CP-226-14-1",
                    "CP-226-14-4",
                    "CASF-L411-3-al2",
                    "ACCES-PARENT",
                    "ACCES-SOI",
                )
            ),
        ),
        relaxing("CASF-L226-2-2", 5, echange.FINALITE.parmi("tranquillite_publique")),
    ),
    _plain_while(
        "Une charte hors CLSPD n'ouvre rien : un autre groupe nominatif ne permet ni partage protégé, ni "
        "orientation, ni retour.",
        _cited_while(
            (
                "CASF-L226-2-2",
                "CASF-L121-6-2-al5",
                *RELAIS_ET_ORIENTATION[:3],
                "RETOUR-CONVENU",
                "CSI-L132-5",
            ),
            echange.CADRE.parmi("autre_groupe_nominatif"),
        ),
        relaxing("CSI-L132-5", 0, echange.CADRE.parmi("autre_groupe_nominatif")),
    ),
    _plain_while(
        "Un refus n'est jamais présenté comme un accord qui manque, sauf quant à l'accès du parent (U-13).",
        lambda w: z3.And(
            w.holds(echange.ACCORD_PERSONNE.parmi("refuse")),
            z3.Or(
                [t for (r, c), t in w.law.manques.items() if c == "accord_personne" and r != "ACCES-PARENT"]
            ),
        ),
        changing("MED-TIERS", lambda r: replace(r, si=tuple(_repairable(c) for c in r.si))),
    ),
    _plain_while(
        "L'article L. 226-2-2 n'oblige jamais : le partage en protection de l'enfance est une faculté.",
        lambda w: z3.And(w.cites("CASF-L226-2-2"), w.issue("obligatoire")),
        changing("CASF-L226-2-2", lambda r: replace(r, effet=Effet.IMPOSE)),
    ),
    _plain_while(
        "Le maire ne reçoit jamais le contenu d'une information préoccupante.",
        lambda w: z3.And(
            _all(
                w,
                NOMINATIF,
                DESTINATAIRE.fonction.parmi("maire", "adjoint_delegue"),
                contenu.NATURE.parmi("information_preoccupante"),
                echange.CADRE.hors("clspd_groupe_travail"),
            ),
            w.issue("permis", "obligatoire"),
        ),
        relaxing("CASF-L121-6-2-al6", 5, contenu.NATURE.parmi("information_preoccupante")),
    ),
    _plain_while(
        "Le bailleur n'apprend quelque chose de quelqu'un que d'un médiateur que rien ne lie, avec accord, "
        "ou dans un groupe de travail du CLSPD.",
        lambda w: z3.And(
            _all(w, NOMINATIF, DESTINATAIRE.fonction.parmi("bailleur")),
            w.issue("permis", "obligatoire"),
            z3.Not(w.cites("CASF-L226-5")),
            z3.Not(w.cites_none_but("MED-TIERS", "CSI-L132-5")),
        ),
        adding(planted(Effet.AUTORISE, DESTINATAIRE.fonction.parmi("bailleur"), sujet.VULNERABLE.vrai)),
    ),
    _plain_while(
        "Face à un péril imminent, appeler les secours est toujours une obligation.",
        lambda w: z3.And(
            _all(
                w,
                NOMINATIF,
                DATE_CONNUE,
                situation.PERIL_IMMINENT.vrai,
                DESTINATAIRE.fonction.parmi("secours"),
            ),
            z3.Not(w.issue("obligatoire")),
        ),
        changing("CP-223-6", lambda r: replace(r, effet=Effet.AUTORISE)),
    ),
    _plain_while(
        "La police n'obtient rien par permission sans péril : seule une réquisition écrite, dans une "
        "enquête, ou un groupe de travail du CLSPD, le lui ouvre.",
        lambda w: z3.And(
            _all(
                w,
                NOMINATIF,
                DESTINATAIRE.fonction.parmi("police"),
                situation.PERIL_IMMINENT.faux,
                echange.REQUISITION_ECRITE.faux,
            ),
            w.issue("permis", "obligatoire"),
            z3.Not(w.cites("CASF-L226-5")),
            z3.Not(w.cites_none_but("CSI-L132-5")),
        ),
        dropping("CPP-60-1/77-1-1", 1),
    ),
)
