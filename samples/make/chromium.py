"""Pages printed as PDF by Chromium, with a fixed date."""
import re
import subprocess
import tempfile
from pathlib import Path

COMMAND = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]


def to_pdf(html, path):
    """Write the page HTML as the PDF PATH."""
    path.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        subprocess.run([*COMMAND, f"--user-data-dir={folder}/profile", f"--print-to-pdf={path}", page.as_uri()],
                       check=True, capture_output=True, timeout=120)
    fixed = re.sub(rb"\(D:\d{14}\+00'00'\)", b"(D:20250101000000+00'00')", path.read_bytes())
    path.write_bytes(fixed)
