"""The guard against over-writing: what free text should not hold, in words and rules.

The lists and the rules are data (`regles.json`, `prenoms.txt`, `ambigus.txt`, `noms.txt`), written once:
this package reads them on the server, `front/src/garde` reads the same files on the phone, and a test
holds the two readings equal. The guard shows and offers; it never blocks.
"""
