"""The three papers as documents: what is known is written, what only people know is left to complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph, Table
from maillage.law.catalogue import question
from maillage.law.verdict import say_date
from maillage.pilotage.dpo.etat import Etat, Traitement, clause_said, traitements
from maillage.pilotage.dpo.mots import PASSAGES

Words = Mapping[str, str]
MEASURES = (
    "Double authentification ; un poste qui finit ferme l'accès le soir même.",
    "Textes et coordonnées scellés (AES-256-GCM) par la clé du service, du partenariat ou de la personne ; "
    "les clés sont gardées hors de la base.",
    "Effacer une personne détruit sa clé ; les clés des sauvegardes vivent trente jours.",
    "Ni l'autre service ni un autre partenariat ne voit ce qui n'est pas à lui ; absent et interdit se "
    "ressemblent.",
    "Un journal chaîné et signé, sous pseudonymes, que seul le délégué lit et qu'un autre programme vérifie.",
    "Aucun champ pour la santé, l'origine, les croyances ou les infractions ; les textes libres sont relus.",
    "Aucune requête vers un tiers, aucun traceur ; sauvegardes chiffrées, restauration prouvée.",
)
# What could happen, to whom it would matter, what the product does against it (CNIL's three feared events).
RISKS = (
    (
        "Quelqu'un lit ce qui ne le regarde pas",
        "Un jeune perd confiance, est montré du doigt, ou mis en danger par un proche",
        "Droits par poste et par acte, scellement par clé, journal, masquage sous cinq",
    ),
    (
        "Une information fausse ou changée circule",
        "Une décision prise sur une erreur",
        "Corrections gardées, journal chaîné, désaccord noté, droit de rectification",
    ),
    (
        "Une information disparaît",
        "Un relais perdu, une adhésion oubliée",
        "Sauvegardes vérifiées, envois hors réseau rejoués sans double",
    ),
    (
        "L'échange devient un fichage partagé",
        "La libre adhésion n'a plus de sens",
        "Pas de rapprochement entre services, pas de fichier central, effacement à la clôture",
    ),
)
# Who answers for each duty of RGPD 26, when nothing else was agreed.
DUTIES = (
    ("Informer les personnes (13 et 14)", "chaque service, pour qui il reçoit"),
    (
        "Répondre aux demandes d'accès, de rectification, d'opposition",
        "le service saisi ; il prévient l'autre",
    ),
    ("Retirer un accord", "le service saisi ; l'arrêt est immédiat des deux côtés"),
    ("Sécurité et habilitations (32)", "chaque service pour ses postes ; l'hébergeur pour la machine"),
    (
        "Violation de données (33 et 34)",
        "le service qui la constate prévient l'autre et les délégués sans tarder",
    ),
    ("Registre (30) et analyse d'impact (35)", "le délégué, à partir de ces papiers"),
)


def register_document(state: Etat, words: Words, *, mention: str = "") -> Document:
    """Return the register of processing (RGPD 30)."""
    blocks: list[Block] = [
        Paragraph(
            "Ce registre s'écrit à partir des services, des clauses, des lectures et des usages inscrits ce "
            "jour-là. Demandez-le de nouveau quand quelque chose change."
        ),
        Heading("Qui est responsable"),
        _services(state),
        *_word(words, "registre.contact"),
        Heading("Les traitements"),
    ]
    for one in traitements():
        blocks += _processing(state, one)
    blocks += [Heading("Durées"), *_word(words, "registre.durees")]
    blocks += [Heading("Sécurité"), Bullets(MEASURES), *_lacking(state)]
    return _document("Registre des traitements", state, blocks, mention)


def impact_document(state: Etat, words: Words, *, mention: str = "") -> Document:
    """Return the impact assessment (RGPD 35)."""
    used = [one for one in traitements() if state.usages[one.cle]]
    blocks: list[Block] = [
        Heading("Pourquoi une analyse d'impact"),
        Paragraph(
            "Deux métiers suivent des personnes vulnérables, souvent mineures, et se parlent de certaines "
            "d'entre elles : l'analyse se fait avant de commencer, et se revoit quand une clause ou une "
            "lecture change."
        ),
        Heading("Ce qui est fait"),
        _services(state),
        Table(
            caption="Traitements en usage ce jour-là",
            headers=("Traitement", "Personnes", "Destinataires", "Durée"),
            rows=[
                (one.nom, " ; ".join(one.personnes), " ; ".join(one.destinataires), one.duree) for one in used
            ],
            widths=(2, 2, 2, 2),
        ),
        *_flows(state),
        Heading("Nécessité et proportion"),
        Bullets([f"{one.nom} : {one.base}." for one in used]),
        *_written(state),
        *_word(words, "aipd.necessite"),
        Heading("Risques"),
        Table(
            caption="Ce qui est craint, ce que cela ferait, ce qui l'empêche",
            headers=("Ce qui est craint", "Pour la personne", "Ce que fait Maillage"),
            rows=RISKS,
        ),
        Bullets(MEASURES),
        *_word(words, "aipd.risques"),
        *_lacking(state),
        Heading("Avis"),
        *_word(words, "aipd.personnes"),
        *_word(words, "aipd.avis"),
        _signatures(state),
    ]
    return _document("Analyse d'impact relative à la protection des données", state, blocks, mention)


def agreement_document(state: Etat, words: Words, *, mention: str = "") -> Document:
    """Return the agreement between joint controllers (RGPD 26), to be signed by both directions."""
    shared, own = _split([one for one in traitements() if state.usages[one.cle]])
    blocks: list[Block] = [
        Heading("Les parties"),
        _services(state),
        Heading("Ce qui est décidé ensemble, ce qui reste à chacun"),
        Paragraph("Décidé ensemble :", strong=True),
        Bullets([one.nom for one in shared] or ["Rien encore."]),
        Paragraph("Chaque service pour lui seul :", strong=True),
        Bullets([f"{one.nom} ({', '.join(state.responsables(one))})" for one in own]),
        Heading("Qui répond de quoi"),
        Table(caption="Répartition des obligations", headers=("Obligation", "Qui en répond"), rows=DUTIES),
        *_word(words, "accord.repartition"),
        Heading("Ce que les clauses ajoutent"),
        *_written(state),
        Heading("Ce qui en est dit aux personnes"),
        Paragraph(
            "Les grandes lignes de cet accord sont dites et remises aux personnes. Elles s'adressent à "
            "l'un ou l'autre service, quel que soit celui qui a écrit."
        ),
        *_word(words, "accord.contact"),
        Heading("Durée"),
        Paragraph(
            f"Celle de la {state.convention}."
            if state.convention
            else "Aucune convention n'est en vigueur : fixez ici un terme."
        ),
        *_lacking(state),
        _signatures(state),
    ]
    return _document("Accord entre responsables conjoints", state, blocks, mention)


Made = Callable[..., Document]
PAPERS: Mapping[str, tuple[str, Made]] = {
    "registre": ("Registre des traitements", register_document),
    "aipd": ("Analyse d'impact (AIPD)", impact_document),
    "accord": ("Accord entre responsables conjoints (RGPD 26)", agreement_document),
}


def _document(title: str, state: Etat, blocks: Sequence[Block], mention: str) -> Document:
    return Document(
        title=title,
        subtitle=f"{state.partenariat.nom}, au {say_date(state.le)}",
        blocks=blocks,
        mention=mention,
        keywords=("protection des données",),
    )


def _services(state: Etat) -> Table:
    rows = [
        (
            str(one.service.structure.nom),
            f"{one.service} ({one.service.get_metier_display()})",
            one.siret or "à compléter",
            one.titre or "aucun",
            " ; ".join(f"{label} : {count}" for label, count in one.postes.items()) or "aucun",
        )
        for one in state.equipes
    ]
    headers = ("Responsable", "Service", "SIRET", "Titre", "Postes qui ouvrent une fiche")
    return Table(caption="Services membres", headers=headers, rows=rows, widths=(3, 2, 2, 2, 3))


def _processing(state: Etat, one: Traitement) -> Iterator[Block]:
    yield Heading(one.nom, level=2)
    used = "en usage" if state.usages[one.cle] else "pas encore en usage ici"
    yield Table(
        caption=f"{one.nom}, {used}",
        headers=("Point", "Réponse"),
        rows=[
            ("Responsables", ", ".join(state.responsables(one)) + (", ensemble" if one.commun else "")),
            ("Finalités", " ; ".join(one.finalites)),
            ("Fondement", one.base),
            ("Personnes", " ; ".join(one.personnes)),
            ("Données", " ; ".join(one.donnees)),
            ("Destinataires", " ; ".join(one.destinataires)),
            ("Durée", one.duree),
            ("Qui efface", one.efface),
            ("Hors de l'Union européenne", "aucun transfert"),
        ],
        widths=(1, 3),
    )


def _flows(state: Etat) -> Iterator[Block]:
    if state.echanges:
        yield Paragraph("Entre ces services, le droit a laissé partir une information sur une personne :")
        yield Bullets([f"{sender} vers {receiver}" for sender, receiver in state.echanges])
    if state.associes:
        yield Paragraph("Associés, sans accès aux personnes hors des actes que la loi leur donne :")
        yield Bullets(state.associes)


def _written(state: Etat) -> Iterator[Block]:
    if state.clauses:
        rows = [(one.titre, clause_said(one), say_date(one.debut)) for one in state.clauses]
        yield Table(caption="Clauses en vigueur", headers=("Clause", "Fait établi", "Depuis"), rows=rows)
    else:
        yield Paragraph("Aucune clause n'est en vigueur.")
    adopted = [(one.question, question(one.question).titre, say_date(one.debut)) for one in state.lectures]
    if adopted:
        yield Table(caption="Lectures adoptées", headers=("Question", "Objet", "Depuis"), rows=adopted)
    else:
        yield Paragraph("Aucune lecture n'est adoptée : la lecture prudente vaut partout.")


def _word(words: Words, key: str) -> Iterator[Block]:
    text = words.get(key, "")
    if not text:
        yield Paragraph(f"[À compléter : {PASSAGES[key].lower()}]")
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(line.strip())


def _lacking(state: Etat) -> Iterator[Block]:
    if state.manques:
        yield Heading("Ce qui appelle une décision")
        yield Bullets(state.manques)


def _split(rows: Sequence[Traitement]) -> tuple[list[Traitement], list[Traitement]]:
    return [one for one in rows if one.commun], [one for one in rows if not one.commun]


def _signatures(state: Etat) -> Table:
    who = [f"Direction, {one.service}" for one in state.equipes]
    rows = [(one, "", "") for one in (*who, "Délégué·e à la protection des données")]
    return Table(
        caption="Signatures",
        headers=("Qui", "Date", "Signature"),
        rows=rows,
        widths=(2, 1, 2),
        to_sign=True,
    )
