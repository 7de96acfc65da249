/*
 * tools/size.mjs -- what the first page costs: everything that index.html pulls in at once, gzipped.
 * Prints it, and fails above the limit.
 */
import { readFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 700 * 1024;
const dist = new URL('../dist/', import.meta.url);
const read = (name) => readFileSync(new URL(name, dist));

const html = read('index.html').toString();
if (/<script(?![^>]*\ssrc=)/.test(html)) throw new Error('index.html has an inline script, which the CSP forbids');
const manifest = JSON.parse(read('.vite/manifest.json').toString());

const files = new Set(['index.html', 'favicon.svg']);
const visit = (key) => {
  const chunk = manifest[key];
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) visit(next);
};
for (const [key, chunk] of Object.entries(manifest)) {
  // the page that one lands on after signing in counts too
  if (chunk.isEntry || key.endsWith('duty/office-page.tsx')) visit(key);
}

rmSync(new URL('.vite', dist), { recursive: true }); // not to be served

let total = 0;
for (const name of files) {
  const size = gzipSync(read(name), { level: 9 }).byteLength;
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(8)} KB  ${name}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(8)} KB  first load, gzip (limit ${LIMIT / 1024} KB)`);
if (total > LIMIT) process.exit(1);
