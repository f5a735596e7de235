"""The readings of the law: one definition of each rule, read four ways."""
