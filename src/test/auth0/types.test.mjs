/** The types that the Actions' JSDoc tells: TypeScript finds them to hold, as an editor would. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TRIGGERS } from '../../main/auth0/runner.mjs';

const modules = join(process.env.NODE_MODULES_FOLDER ?? fileURLToPath(new URL('.', import.meta.url)), 'node_modules');

it('holds what the Actions say of their types', () => {
  const folders = new Set(Object.keys(TRIGGERS).map((trigger) => trigger.replace('custom-phone-provider', 'send-phone-message')));
  const { status, stdout } = spawnSync(process.execPath, [
    join(modules, 'typescript/bin/tsc'), '--noEmit', '--allowJs', '--checkJs', '--strict', '--noImplicitAny', 'false',
    '--target', 'es2022', '--module', 'commonjs', '--moduleDetection', 'force',
    '--types', 'node', '--typeRoots', join(modules, '@types'),
    ...[...folders].map((folder) => fileURLToPath(new URL(`../../main/auth0/${folder}/action.js`, import.meta.url))),
  ], { encoding: 'utf8' });
  assert.equal(stdout, '');
  assert.equal(status, 0);
});
