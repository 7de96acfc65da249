/*
 * small-png.mjs -- a screenshot as a PNG of at most 256 colours, which is all that a page needs, in a third of the bytes.
 *
 * Colours are rounded to 32 steps a channel; those seen most often stay, the others become the nearest of them.
 */
import assert from 'node:assert/strict';
import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const COLOURS = 256;

function* chunksOf(png) {
  assert.ok(png.subarray(0, 8).equals(SIGNATURE), 'a PNG');
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

/* The bytes of PNG's lines with its filters undone; 8 bits a channel, as browsers write them. */
function pixelsOf(png) {
  const chunks = [...chunksOf(png)];
  const head = chunks.find((c) => c.type === 'IHDR').data;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[head[9]];
  assert.ok(head[8] === 8 && channels && head[12] === 0, 'true colour, 8 bits, not interlaced');
  const packed = inflateSync(Buffer.concat(chunks.filter((c) => c.type === 'IDAT').map((c) => c.data)));
  const stride = width * channels;
  const bytes = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x >= channels ? bytes[y * stride + x - channels] : 0;
      const up = y > 0 ? bytes[(y - 1) * stride + x] : 0;
      const corner = x >= channels && y > 0 ? bytes[(y - 1) * stride + x - channels] : 0;
      bytes[y * stride + x] = packed[y * (stride + 1) + 1 + x] + [0, left, up, (left + up) >> 1, nearestOf(left, up, corner)][filter];
    }
  }
  return { width, height, channels, bytes };
}

/* The fifth filter of PNG: whichever of the three lies nearest to left + up - corner. */
function nearestOf(left, up, corner) {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const made = Buffer.alloc(12 + data.length);
  made.writeUInt32BE(data.length, 0);
  made.write(type, 4, 'latin1');
  data.copy(made, 8);
  made.writeUInt32BE(crcOf(made.subarray(4, 8 + data.length)), 8 + data.length);
  return made;
}

/* Which of PALETTE is nearest to COLOUR (rounded, 5 bits a channel). */
function nearestColour(palette, colour) {
  const parts = (c) => [c >> 10, (c >> 5) & 31, c & 31];
  const [r, g, b] = parts(colour);
  let best = 0;
  let least = Infinity;
  palette.forEach((other, i) => {
    const [r2, g2, b2] = parts(other);
    const far = (r - r2) ** 2 + (g - g2) ** 2 + (b - b2) ** 2;
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

export function smallPng(png) {
  const { width, height, channels, bytes } = pixelsOf(png);
  const rounded = new Uint16Array(width * height);
  const seen = new Uint32Array(1 << 15);
  const sums = [0, 1, 2].map(() => new Float64Array(1 << 15));
  for (let i = 0; i < rounded.length; i += 1) {
    const rgb = [0, 1, 2].map((c) => bytes[i * channels + c]);
    const colour = ((rgb[0] >> 3) << 10) | ((rgb[1] >> 3) << 5) | (rgb[2] >> 3);
    rounded[i] = colour;
    seen[colour] += 1;
    rgb.forEach((value, c) => { sums[c][colour] += value; });
  }
  const palette = [...seen.keys()].filter((c) => seen[c] > 0).sort((a, b) => seen[b] - seen[a]).slice(0, COLOURS);
  const places = new Map(palette.map((colour, i) => [colour, i]));
  const lines = Buffer.alloc((width + 1) * height);
  for (let i = 0; i < rounded.length; i += 1) {
    const colour = rounded[i];
    if (!places.has(colour)) places.set(colour, nearestColour(palette, colour));
    lines[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = places.get(colour);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  // a place of the palette is the mean of the colours that were rounded to it
  const colours = Buffer.from(palette.flatMap((colour) => sums.map((sum) => Math.round(sum[colour] / seen[colour]))));
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
