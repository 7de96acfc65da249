/* A zip container with some of its parts changed, as Excel would save it; enough for our own workbooks. */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** The parts of BYTES: name → text. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const parts = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i += 1) {
    const method = bytes.readUInt16LE(at + 10), packed = bytes.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((o) => bytes.readUInt16LE(at + o));
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(from, from + packed);
    parts.set(bytes.toString('utf8', at + 46, at + 46 + name), (method === 8 ? inflateRawSync(data) : data).toString());
    at += 46 + name + extra + comment;
  }
  return parts;
}

/** PARTS as a zip container. */
export function zip(parts) {
  const files = [], directory = [];
  let offset = 0;
  for (const [name, text] of parts) {
    const data = Buffer.from(text), packed = deflateRawSync(data), label = Buffer.from(name);
    const head = Buffer.alloc(30), entry = Buffer.alloc(46);
    head.write('PK\x03\x04', 'latin1');
    entry.write('PK\x01\x02', 'latin1');
    for (const [to, at] of [[head, 4], [entry, 6]]) {
      to.writeUInt16LE(20, at);
      to.writeUInt16LE(8, at + 4);
      to.writeUInt32LE(crc32(data), at + 10);
      to.writeUInt32LE(packed.length, at + 14);
      to.writeUInt32LE(data.length, at + 18);
      to.writeUInt16LE(label.length, at + 22);
    }
    entry.writeUInt32LE(offset, 42);
    files.push(head, label, packed);
    directory.push(entry, label);
    offset += head.length + label.length + packed.length;
  }
  const central = Buffer.concat(directory), end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, central, end]);
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The workbook BYTES with CELLS (E4 → text, or a number) written into its first sheet. */
export function fill(bytes, cells) {
  const parts = unzip(bytes), name = 'xl/worksheets/sheet1.xml';
  let sheet = parts.get(name);
  for (const [ref, value] of Object.entries(cells)) {
    const cell = new RegExp(`<c r="${ref}"( s="\\d+")?[^>]*?(/>|>.*?</c>)`);
    if (!cell.test(sheet)) throw new Error(`the sheet has no cell ${ref}`);
    sheet = sheet.replace(cell, (_, style = '') => (typeof value === 'number' ? `<c r="${ref}"${style}><v>${value}</v></c>`
      : `<c r="${ref}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`));
  }
  parts.set(name, sheet);
  return zip(parts);
}

/** The workbook BYTES with rows of its first sheet put in another order: ORDER names the old row of each new one, from FIRST. */
export function reorder(bytes, first, order) {
  const parts = unzip(bytes), name = 'xl/worksheets/sheet1.xml';
  const rows = new Map([...parts.get(name).matchAll(/<row r="(\d+)".*?<\/row>/g)].map(([all, r]) => [Number(r), all]));
  const moved = (old, now) => rows.get(old).replaceAll(new RegExp(`r="([A-Z]*)${old}"`, 'g'), `r="$1${now}"`);
  const body = [...rows].filter(([r]) => r < first).map(([, all]) => all).concat(order.map((old, i) => moved(old, first + i)));
  parts.set(name, parts.get(name).replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${body.join('')}</sheetData>`));
  return zip(parts);
}
