"""Word files turned into PDF and pictures by LibreOffice and poppler's tools."""
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image


def to_pdf(document, path):
    """Write DOCUMENT (a Docx) as the PDF PATH."""
    document.font = "WenQuanYi Zen Hei"
    path.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.docx"
        document.write(source)
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
                        "--outdir", folder, str(source)], check=True, capture_output=True, timeout=180)
        shutil.copyfile(source.with_suffix(".pdf"), path)


def to_picture(document, path, dpi=200):
    """Write the first page of DOCUMENT as the grey picture PATH."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.pdf"
        to_pdf(document, page)
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", "-singlefile", str(page), str(path.with_suffix(""))], check=True)
    with Image.open(path) as picture:
        sixteen = picture.convert("L").point(lambda grey: grey // 17 * 17)
    sixteen.save(path, optimize=True, dpi=(dpi, dpi))
