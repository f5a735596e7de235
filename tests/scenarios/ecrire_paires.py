"""Write `paires.json` again, after a change of the law: python tests/scenarios/ecrire_paires.py

Read what changes in it before keeping it: each pair must make sense to a professional.
"""

import json
from pathlib import Path

from maillage.law.proofs.pairs import pairs, templates_of

HERE = Path(__file__).parent

if __name__ == "__main__":
    templates = templates_of(json.loads((HERE / "scenarios.json").read_text("utf-8")))
    lines = [json.dumps(p.to_json(), ensure_ascii=False) for p in pairs(templates)]
    (HERE / "paires.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8")
