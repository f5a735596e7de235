"""The guard finds what a note should not hold, leaves places alone, and reads the same on the phone."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from maillage.bench.guard import CORPUS, HALVES, corpus
from maillage.main_courante.garde.lecture import fold, read
from maillage.main_courante.garde.lexique import lexique, with_names

ROOT = Path(__file__).parents[2]
HARD = [
    "",
    "🙂 Karim 🙂 et Fatoumata-Zahra d’Oran",
    "Vu Ame\u0301lie et I\u0307brahim\u2009!",
    "KARIM EST LA\nrien",
    "M.\nDupont - mme\u00a0lopez… M. B. et K.B. au R.A.S.",
    "jean\u2011pierre du 3e\u202fgauche",
    "œuvre Œdipe ŒUVRE straße İstanbul Ǆ",
    "rue du Docteur Roux, place Pierre, Saint-Malo, chez Pierre",
    "\ud7ff\ue000 0639981234 +33639981234 zéro six douze",
]


def _found(text: str, **options: Any) -> list[tuple[str, str]]:
    return [(one.genre, one.mots) for one in read(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vu Karim Benzerti au city.", [("nom", "Karim Benzerti")]),
        ("vu karim au city", [("nom", "karim")]),
        ("On a croisé Rose.", [("nom", "Rose")]),
        ("La rose du square est coupée.", []),
        ("Rue Jean Jaurès, collège Rosa Parks : calme.", []),
        ("Mme Zrbiek se plaint.", [("nom", "Zrbiek")]),
        ("vu karim et Mme Zrbiek", [("nom", "karim"), ("nom", "Zrbiek")]),
        ("Une madame se plaint, un monsieur aussi.", []),
        ("Le 06.07.2026 à 21 h 30, 12 halls.", []),
        ("Appeler le 06 39 98 12 34.", [("telephone", "06 39 98 12 34")]),
        ("Voiture AB-123-CD", [("plaque", "AB-123-CD")]),
        ("Au 3e étage gauche", [("adresse", "Au 3e étage gauche")]),
        ("Ascenseur bloqué au 3e étage", []),
        ("Enceinte bluetooth sur le banc", []),
        ("Elle est enceinte", [("sante", "enceinte")]),
        ("Place handicapé occupée", []),
        ("Voiture noire, restaurant turc", []),
        ("Deux jeunes noirs", [("origine", "noirs")]),
        ("Il est musulman et dealer", [("croyance", "musulman"), ("infraction", "dealer")]),
    ],
)
def test_what_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert _found(text) == expected


def test_the_names_of_our_places_are_not_names_of_people() -> None:
    said = "Hier soir Kervénanec est calme, Karim aussi."
    assert _found(said) == [("nom", "Kervénanec"), ("nom", "Karim")]
    assert _found(said, lieux=["Quartier de Kervénanec", "Square Karim"]) == [("nom", "Karim")]


def test_a_replacement_takes_the_words_that_go_with_the_name() -> None:
    (one,) = read("Vu le jeune Karim hier.")
    assert (one.mots, one.large) == ("Karim", 3)


def test_first_names_of_the_installer_are_weak() -> None:
    words = with_names({"xylophane", "mairie"})
    assert _found("La mairie et Xylophane.", words=words) == [("nom", "Xylophane")]
    assert _found("La mairie et Xylophane.") == []


def test_every_kind_says_why_and_offers_a_neutral_wording() -> None:
    assert {
        code for code, kind in lexique().genres.items() if not kind.pourquoi or not kind.propositions
    } == set()
    assert {motif.genre for motif in lexique().motifs} == set(lexique().genres)


def test_folding_keeps_every_place() -> None:
    for text in HARD:
        assert len(fold(text)) == len(text)


@pytest.fixture(scope="module")
def on_the_phone(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a function that calls the phone's own guard, under node: `call("lire", [[text, places]])`."""
    bundle = tmp_path_factory.mktemp("garde") / "garde.mjs"
    entry = ROOT / "front/src/garde/index.ts"
    esbuild = ROOT / "front/node_modules/.bin/esbuild"
    made = [esbuild, entry, "--bundle", "--format=esm", f"--outfile={bundle}", "--log-level=error"]
    subprocess.run([*map(str, made)], check=True)

    def call(function: str, inputs: list[list[Any]]) -> Any:
        script = (
            f"import * as garde from {json.dumps(bundle.as_uri())};"
            "const all = JSON.parse(await new Response(process.stdin).text());"
            f"process.stdout.write(JSON.stringify(all.map((given) => garde.{function}(...given))));"
        )
        command = ["node", "--input-type=module", "-e", script]
        done = subprocess.run(command, input=json.dumps(inputs), capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return call


def test_the_phone_reads_as_the_server_does(on_the_phone: Any) -> None:
    texts = [note.texte for name in HALVES.values() for note in corpus(CORPUS / name)]
    texts += HARD + [text.upper() for text in texts[:60]]
    places = ["Square Jean Macé", "Mireuil"]
    answers = on_the_phone("lire", [[text, places] for text in texts])
    seen = [[(one["genre"], one["mots"]) for one in answer] for answer in answers]
    assert seen == [_found(text, lieux=places) for text in texts]


def test_neutral_wordings_fit_the_sentence(on_the_phone: Any) -> None:
    wanted = {
        ("Vu le jeune Karim hier.", "un jeune"): "Vu un jeune hier.",
        ("Karim est là.", "un jeune"): "Un jeune est là.",
        ("On dit que Karim dort.", "un jeune"): "On dit qu'un jeune dort.",
        ("Le sac de Karim.", "un jeune"): "Le sac d'un jeune.",
        ("Mme Benali appelle.", "une habitante"): "Une habitante appelle.",
    }
    given = []
    for text, wording in wanted:
        (one,) = read(text)
        given.append([text, asdict(one), wording])
    assert on_the_phone("remplacer", given) == list(wanted.values())
    offered = on_the_phone("propositions", [[text, found] for text, found, _ in given])
    assert [wordings[0] for wordings in offered] == [
        "un jeune",
        "un jeune",
        "un jeune",
        "un jeune",
        "une habitante",
    ]
