"""Lit une remise de Maillage, vérifie qu'elle est entière, et en fait une base SQLite ordinaire.

    python3 lire_une_remise.py ville.remise ville.sqlite3

N'utilise que la bibliothèque standard de Python, et rien de Maillage.
"""

import hashlib
import json
import sqlite3
import sys


def lire(remise, base):
    tables, table, fin = {}, None, None
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
        elif lu["genre"] == "fin":
            fin = lu
    lues = {t: {"lignes": v["lignes"], "empreinte": f"{v['somme'] % 2**256:064x}"} for t, v in tables.items()}
    if fin is None or fin["tables"] != lues:
        sys.exit("Cette remise n'est pas entière.")
    base.commit()
    print(f"{len(lues)} tables, {sum(v['lignes'] for v in lues.values())} lignes")


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as fichier:
        lire(fichier, sqlite3.connect(sys.argv[2]))
