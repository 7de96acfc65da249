/*
 * tools/gen.mjs -- writes what the client takes from elsewhere in the tree: the types of the API and
 * the largest bodies it takes (api/openapi.yaml), and the union of error codes (src/base/errors.def).  Generated files are not
 * committed; a changed reply breaks the build, not the user.
 */
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const root = new URL('../../', import.meta.url);
const out = new URL('../src/api/', import.meta.url);

/** Writes TEXT to NAME unless it stands there already (watchers see no change). */
function put(name, text) {
  const file = fileURLToPath(new URL(name, out));
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

/** The wire names in TEXT, the contents of errors.def, in their order. */
export function errorCodes(text) {
  const limits = [];
for (const path of Object.values(parse(readFileSync(new URL('api/openapi.yaml', root), 'utf8')).paths)) {
  for (const call of Object.values(path)) {
    if (call['x-body-max']) limits.push(`  ${call.operationId}: ${call['x-body-max']},\n`);
  }
}
put('limits.gen.ts', `// Written by tools/gen.mjs: x-body-max in api/openapi.yaml.\nexport const LIMITS = {\n${limits.join('')}} as const;\n`);

const codes = [...text.matchAll(/^X\(\w+,\s*(\d+),\s*"([a-z0-9_]+)",/gm)].map((m) => m[2]);
  const lines = text.match(/^X\(/gm)?.length ?? 0;
  if (codes.length === 0 || codes.length !== lines) throw new Error('errors.def has lines other than X(NAME, status, "wire_name", …)');
  return codes;
}

const types = astToString(await openapiTS(new URL('api/openapi.yaml', root)));
put('schema.gen.ts', `// Written by tools/gen.mjs from api/openapi.yaml.\n${types}`);

const codes = errorCodes(readFileSync(new URL('src/base/errors.def', root), 'utf8'));
put(
  'errors.gen.ts',
  `// Written by tools/gen.mjs from src/base/errors.def.\nexport const ERROR_CODES = [\n${codes
    .map((c) => `  '${c}',\n`)
    .join('')}] as const;\nexport type ErrorCode = (typeof ERROR_CODES)[number];\n`,
);
