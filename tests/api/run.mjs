#!/usr/bin/env node
/*
 * run.mjs -- all API tests on one database, then: was every operation of the contract hit?
 *
 * usage: run.mjs sqlite|postgresql [FILE...]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { operations } from './contract.mjs';

const [database, ...chosen] = process.argv.slice(2);
if (database !== 'sqlite' && database !== 'postgresql') {
  console.error('usage: run.mjs sqlite|postgresql [FILE...]');
  process.exit(2);
}
const here = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => chosen.length === 0 || chosen.some((c) => basename(c) === name))
  .sort().map((name) => join(here, name));
const scratch = mkdtempSync(join(tmpdir(), 'xj-api-run-'));
const hits = join(scratch, 'hits');
const done = spawnSync(process.execPath,
  ['--test', '--test-reporter=tap', '--test-concurrency=2', ...files],
  { stdio: 'inherit', env: { ...process.env, XJ_API_DATABASE: database, XJ_API_HITS: hits } });
const hit = new Set(existsSync(hits) ? readFileSync(hits, 'utf8').split('\n') : []);
rmSync(scratch, { recursive: true, force: true });

let status = done.status ?? 1;
if (chosen.length === 0) {
  const missed = operations.map((o) => o.id).filter((id) => !hit.has(id));
  for (const id of missed) console.log(`not ok - the operation ${id} was never answered`);
  console.log(`# ${operations.length - missed.length} of ${operations.length} operations hit`);
  console.log(`# pass ${operations.length - missed.length}`);
  console.log(`# fail ${missed.length}`);
  if (missed.length > 0) status = 1;
}
process.exit(status);
