#!/usr/bin/python3
"""pictures/: drawings that returns and findings of the played city show (play/); of nobody, of no place (needs chromium and
fonts-wqy-zenhei)."""
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

from chromium import COMMAND

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 800, 600
TEXT = 'font-family="WenQuanYi Zen Hei, sans-serif" text-anchor="middle"'


def words(x, y, text, size=24, fill="#333"):
    return f'<text x="{x}" y="{y}" {TEXT} font-size="{size}" fill="{fill}">{text}</text>'


def box(x, y, w, h, fill, extra=""):
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{fill}" {extra}/>'


def disc(x, y, r, fill):
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"/>'


def line(x1, y1, x2, y2, stroke, width):
    return f'<path d="M{x1} {y1}L{x2} {y2}" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round"/>'


def sites():
    """Where things were built: a plan of a town with numbered places."""
    out = [box(0, 0, WIDTH, HEIGHT, "#eef3ea"), '<path d="M-20 430C180 330 300 520 480 400S700 330 840 380" fill="none" stroke="#b9d7ea" stroke-width="46"/>']
    out += [line(x, 0, x, HEIGHT, "#fff", 14) for x in (140, 400, 640)] + [line(0, y, WIDTH, y, "#fff", 14) for y in (150, 300, 520)]
    spots = [(90, 90), (230, 210), (330, 95), (500, 220), (560, 90), (720, 230), (250, 560), (470, 470), (720, 470)]
    for no, (x, y) in enumerate(spots, 1):
        done = no <= 6
        out += [disc(x, y, 20, "#2f7d4f" if done else "#c9a227"), words(x, y + 8, no, 22, "#fff")]
    out += [box(20, 540, 190, 48, "#fff", 'opacity="0.9"'), disc(42, 564, 10, "#2f7d4f"), words(82, 571, "已建", 18), disc(126, 564, 10, "#c9a227"),
            words(170, 571, "在建", 18), words(400, 40, "布点示意图", 26)]
    return out


def lecture():
    """A lecture seen from the last row: a board, a desk, rows of chairs."""
    out = [box(0, 0, WIDTH, HEIGHT, "#e9e4da"), box(0, 430, WIDTH, 170, "#cbbfa9"), box(180, 60, 440, 230, "#fff", 'stroke="#777" stroke-width="6"'),
           words(400, 150, "健康讲座", 54, "#1f4e79"), words(400, 215, "少盐　少油　多走路", 28, "#555"), box(340, 330, 120, 80, "#8a6f4d")]
    for row in range(3):
        for seat in range(9):
            x, y = 60 + seat * 80 - row * 6, 430 + row * 58
            out += [box(x, y, 52, 34, "#3f6a8a"), box(x + 6, y + 34, 6, 18, "#555"), box(x + 40, y + 34, 6, 18, "#555")]
    return out


def park():
    """Broken equipment in a park, no sign."""
    out = [box(0, 0, WIDTH, HEIGHT, "#dfeaf2"), box(0, 400, WIDTH, 200, "#b8cda0"), box(120, 470, 560, 60, "#c98f6b")]
    out += [line(200, 480, 200, 220, "#2c6e9e", 16), line(360, 480, 360, 220, "#2c6e9e", 16), line(200, 225, 360, 225, "#2c6e9e", 16)]
    out += [line(250, 230, 250, 400, "#777", 6), line(310, 230, 330, 330, "#777", 6), box(225, 400, 50, 12, "#444")]
    out += [line(345, 470, 395, 500, "#444", 12), line(520, 480, 520, 300, "#d08b2b", 16), line(470, 300, 540, 290, "#d08b2b", 14),
            line(590, 480, 640, 455, "#d08b2b", 14)]
    out += ['<circle cx="350" cy="440" r="80" fill="none" stroke="#c0392b" stroke-width="6"/>',
            '<circle cx="590" cy="400" r="92" fill="none" stroke="#c0392b" stroke-width="6"/>', words(335, 570, "①绳断座落"), words(590, 570, "②踏板脱落")]
    return out


def board():
    """A board with a menu that is three months old."""
    out = [box(0, 0, WIDTH, HEIGHT, "#e4e1dc"), box(110, 70, 580, 430, "#6b4f35"), box(130, 90, 540, 390, "#fbfaf4"), words(400, 150, "一周食谱", 44, "#7a2e1f")]
    for at, day in enumerate(("周一", "周二", "周三", "周四", "周五")):
        y = 205 + at * 42
        out += [words(190, y, day, 24), line(240, y - 8, 600, y - 8, "#b9b2a3", 10)]
    out += [box(440, 410, 210, 50, "none", 'stroke="#c0392b" stroke-width="5"'), words(545, 444, "三个月前更新", 28, "#555"), box(380, 500, 40, 100, "#6b4f35")]
    return out


def stairs():
    """Stairs with cigarette ends, a wall without a sign."""
    out = [box(0, 0, WIDTH, HEIGHT, "#ecebe7")]
    out += [box(i * 110, 520 - i * 70, WIDTH - i * 110, 70, ("#c3c0b8", "#d2cfc7")[i % 2]) for i in range(6)]
    for x, y in ((150, 508), (260, 438), (298, 440), (520, 298)):
        out += [line(x, y, x + 30, y - 3, "#fff", 9), line(x, y, x + 9, y - 1, "#c77b30", 9)]
        out += [f'<circle cx="{x + 14}" cy="{y - 2}" r="34" fill="none" stroke="#c0392b" stroke-width="4"/>']
    out += [box(90, 90, 150, 190, "none", 'stroke="#999" stroke-width="4" stroke-dasharray="12 10"'), words(165, 195, "未设标识", 26, "#c0392b")]
    return out


def classroom():
    """A classroom's lamps from above, with a grid of places where nothing was measured."""
    out = [box(0, 0, WIDTH, HEIGHT, "#f6f4ee"), box(60, 60, 680, 480, "#fff", 'stroke="#555" stroke-width="6"'), box(250, 72, 300, 16, "#2f4f3a"),
           words(400, 120, "黑板", 22)]
    for x in (190, 400, 610):
        out += [box(x - 60, y, 120, 16, "#f2c94c") for y in (180, 320, 460)]
    for x in (130, 295, 505, 670):
        out += [disc(x, y, 7, "#c0392b") + words(x, y + 32, "—— lx", 18, "#777") for y in (215, 350, 490)]
    return out


def paletted(png):
    """The bytes of PNG (true colour, from the browser) with at most 64 colours a channel step, and nothing but pixels."""
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", png[at + 8:at + 18])
        elif kind == b"IDAT":
            data += png[at + 8:at + 8 + length]
        at += 12 + length
    channels = {2: 3, 6: 4}[colour]
    rows, before = zlib.decompress(data), bytearray(width * channels)
    stride, colours, out = width * channels, {}, bytearray()
    for y in range(height):
        kind, row = rows[y * (stride + 1)], bytearray(rows[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            left = row[x - channels] if x >= channels else 0
            up, corner = before[x], before[x - channels] if x >= channels else 0
            guess = left + up - corner
            far = [abs(guess - left), abs(guess - up), abs(guess - corner)]
            row[x] = (row[x] + (0, left, up, (left + up) // 2, (left, up, corner)[far.index(min(far))])[kind]) & 255
        before = row
        out.append(0)
        for x in range(0, stride, channels):
            key = bytes(v // 17 * 17 for v in row[x:x + 3])
            out.append(colours.setdefault(key, len(colours) if len(colours) < 256 else min(
                range(256), key=lambda i, k=key: sum((a - b) ** 2 for a, b in zip(list(colours)[i], k)))))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    plte = b"".join(list(colours)[:256])
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)) + chunk(b"PLTE", plte)
            + chunk(b"IDAT", zlib.compress(bytes(out), 9)) + chunk(b"IEND", b""))


def main():
    for draw in (sites, lecture, park, board, stairs, classroom):
        with tempfile.TemporaryDirectory() as folder:
            page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
            page.write_text(f'<meta charset="utf-8"><body style="margin:0"><svg width="{WIDTH}" height="{HEIGHT}" xmlns="http://www.w3.org/2000/svg">'
                            f'{"".join(draw())}</svg>', encoding="utf-8")
            subprocess.run([*COMMAND, f"--user-data-dir={folder}/profile", f"--window-size={WIDTH},{HEIGHT}", "--hide-scrollbars",
                            "--force-device-scale-factor=1", f"--screenshot={shot}", page.as_uri()], check=True, capture_output=True, timeout=120)
            path = ROOT / "samples/pictures" / f"{draw.__name__}.png"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(paletted(shot.read_bytes()))


if __name__ == "__main__":
    main()
