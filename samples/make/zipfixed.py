"""Archives whose bytes depend on their contents alone."""
import zipfile
from pathlib import Path


def write_zip(path, entries):
    """Write ENTRIES, pairs of a name and text or bytes, to PATH."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=9)
