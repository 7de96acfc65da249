#!/usr/bin/python3
"""pdf/: three of the Word plans as born-digital PDF (needs libreoffice-writer-nogui and
fonts-wqy-zenhei)."""
from pathlib import Path

import docx_01_automatic_numbers as numbers
import docx_02_merged_table as table
import docx_03_unit_lines as lines
from office import to_pdf

FILES = (("01-running-heads", lambda: numbers.build(final=True)), ("02-two-columns", lambda: lines.build(columns=2)),
         ("03-table", lambda: table.build(merged=False)))

if __name__ == "__main__":
    folder = Path(__file__).resolve().parents[1] / "pdf"
    for name, build in FILES:
        path = folder / f"{name}.pdf"
        register, document = build()
        to_pdf(document, path)
        register.write(path)
