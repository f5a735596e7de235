"""The numbers to call, which need neither account nor network: number, who answers, when to call."""

NUMBERS = [
    ("119", "Enfance en danger", "jour et nuit, pour un enfant ou un adolescent"),
    ("17", "Police ou gendarmerie", "quelqu'un est menacé maintenant"),
    ("15", "SAMU", "quelqu'un est malade ou blessé"),
    ("18", "Pompiers", "accident, malaise, feu"),
    ("112", "Toutes les urgences", "si vous ne savez pas qui appeler"),
]
