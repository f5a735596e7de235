"""Documents that leave the product: PDF/UA, editable DOCX, spreadsheets, CSV, charts.

A room describes what to say with `content.Document`; `pdf`, `docx` and `spreadsheet` say it.
"""
