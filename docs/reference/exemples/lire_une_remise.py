"""Lit une remise de Maillage, vérifie qu'elle est entière, et en fait une base SQLite ordinaire.

    python3 lire_une_remise.py ville.remise ville.sqlite3

Les pièces jointes vont dans la table « fichiers ». N'utilise que la bibliothèque standard de Python, et rien
de Maillage.
"""

import base64
import hashlib
import json
import pathlib
import sqlite3
import sys


def lire(remise, base):
    tables, table, fin, fichiers = {}, None, None, 0
    base.execute("CREATE TABLE fichiers (chemin, contenu)")
    for ligne in remise:
        lu = json.loads(ligne)
        if isinstance(lu, list):
            tables[table]["lignes"] += 1
            tables[table]["somme"] += int.from_bytes(hashlib.sha256(ligne.rstrip(b"\n")).digest(), "big")
            valeurs = [json.dumps(v, ensure_ascii=False) if isinstance(v, (list, dict)) else v for v in lu]
            base.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(valeurs))})', valeurs)
        elif lu["genre"] == "table":
            table = lu["nom"]
            tables[table] = {"lignes": 0, "somme": 0}
            base.execute(f'CREATE TABLE "{table}" ({", ".join(chr(34) + c["nom"] + chr(34) for c in lu["colonnes"])})')
        elif lu["genre"] == "fichier":
            fichiers += 1
            base.execute("INSERT INTO fichiers VALUES (?, ?)", (lu["chemin"], base64.b64decode(lu["contenu"])))
        elif lu["genre"] == "fin":
            fin = lu
    lues = {t: {"lignes": v["lignes"], "empreinte": f"{v['somme'] % 2**256:064x}"} for t, v in tables.items()}
    if fin is None or fin["tables"] != lues or fin["fichiers"] != fichiers:
        raise ValueError
    base.commit()
    print(f"{len(lues)} tables, {sum(v['lignes'] for v in lues.values())} lignes, {fichiers} fichiers")


if __name__ == "__main__":
    if len(sys.argv) != 3 or not pathlib.Path(sys.argv[1]).is_file() or pathlib.Path(sys.argv[2]).exists():
        sys.exit("Donnez deux noms : celui de la remise, et celui d'une base qui n'existe pas encore.")
    try:
        with open(sys.argv[1], "rb") as fichier:
            lire(fichier, sqlite3.connect(sys.argv[2]))
    except (ValueError, KeyError):
        pathlib.Path(sys.argv[2]).unlink()
        sys.exit("Cette remise n'est pas entière.")
