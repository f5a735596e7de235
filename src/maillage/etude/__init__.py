"""The study, alive: the report as data, six cities side by side, and «Et chez vous ?»."""
