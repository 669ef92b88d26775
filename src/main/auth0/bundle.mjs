/**
 * Copies what the Actions share into each of them, because Auth0 takes one file: below the line `---- parts: … ----` of
 * an action.js stand the parts/*.js that it names. `node bundle.mjs` writes them, `--check` only tells which are stale.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MARKER = /^\/\/ ---- parts: ([\w ]+) \(.*\) ----\n/m;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The text of an Action with its parts as they are now. */
function bundled(action) {
  const marker = MARKER.exec(action);
  if (!marker) throw new Error('an Action has no line that names its parts');
  const parts = marker[1].trim().split(' ').map((part) => readFileSync(here(`parts/${part}.js`), 'utf8'));
  return action.slice(0, marker.index) + marker[0] + parts.map((part) => `\n${part}`).join('');
}

const triggers = readdirSync(here('.'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(here(entry.name)).includes('action.js'))
  .map(({ name }) => name);
const stale = triggers.filter((name) => {
  const file = here(`${name}/action.js`);
  const action = readFileSync(file, 'utf8');
  const fresh = bundled(action);
  if (fresh !== action && process.argv[2] !== '--check') writeFileSync(file, fresh);
  return fresh !== action;
});
console.log(stale.map((name) => `${name}/action.js`).join('\n') || 'Every Action has its parts as they are.');
if (process.argv[2] === '--check' && stale.length > 0) process.exitCode = 1;
