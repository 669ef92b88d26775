/**
 * Imports a folder with Auth0's own tool into a tenant that is not there:
 * node deploy.mjs import|round-trip <folder> [mappings as JSON].
 * Answers Auth0's Management API on loopback, runs `a0deploy import`, for a round trip once more and `a0deploy export`
 * into another folder, and prints what the tenant holds afterwards, with a hash of each code, and what was exported:
 * {actions, bindings, exported}. Exits with 1 where the tool fails, or sends what Auth0 would refuse.
 * NODE_MODULES_FOLDER holds the tool. It takes about ten seconds of a processor each time.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { PASSWORD, certificateFor, rootOf } from '../auth0/certificate.mjs';

const TRIGGERS = {
  'post-login': 'v3', 'credentials-exchange': 'v2', 'pre-user-registration': 'v2', 'post-user-registration': 'v2',
  'post-change-password': 'v2', 'send-phone-message': 'v2', 'password-reset-post-challenge': 'v1',
};

const actions = [];
const bindings = {};
const refusals = [];

/** What of the Management API the tool calls for actions and triggers. */
const CALLS = [
  ['GET', /^actions\/actions$/, () => ({ actions, total: actions.length, page: 0, per_page: 100 })],
  ['POST', /^actions\/actions$/, (_, body) => {
    const action = { id: `action-${actions.length}`, all_changes_deployed: false, status: 'built', ...checked(body) };
    actions.push(action);
    return action;
  }],
  ['PATCH', /^actions\/actions\/([\w-]+)$/, ([id], body) => Object.assign(found(id), body)],
  ['POST', /^actions\/actions\/([\w-]+)\/deploy$/, ([id]) => Object.assign(found(id), { all_changes_deployed: true })],
  ['GET', /^actions\/modules$/, () => ({ modules: [], total: 0, page: 0, per_page: 100 })],
  ['GET', /^actions\/triggers$/, () =>
    ({ triggers: Object.entries(TRIGGERS).map(([id, version]) => ({ id, version, status: 'CURRENT' })) })],
  ['GET', /^actions\/triggers\/([\w-]+)\/bindings$/, ([id]) => ({
    bindings: (bindings[id] ?? []).map((binding) =>
      ({ display_name: binding.display_name, action: { name: binding.ref.value } })),
    total: bindings[id]?.length ?? 0, page: 0, per_page: 100,
  })],
  ['PATCH', /^actions\/triggers\/([\w-]+)\/bindings$/, ([id], body) => {
    for (const { ref } of body.bindings) {
      if (!actions.some(({ name }) => name === ref.value)) refusals.push(`no action ${ref.value} to bind`);
    }
    bindings[id] = body.bindings;
    return body;
  }],
];

const found = (id) => actions.find((action) => action.id === id);

/** Auth0 refuses these. */
function checked(action) {
  const { name, supported_triggers: [trigger], secrets, code, runtime } = action;
  if (!/^[A-Za-z0-9][A-Za-z0-9 -]*$/.test(name)) refusals.push(`the name ${name}`);
  if (TRIGGERS[trigger.id] !== trigger.version) refusals.push(`the trigger ${trigger.id} ${trigger.version}`);
  if (secrets.some(({ value }) => !value || value.includes('##'))) refusals.push(`a secret of ${name} is not filled in`);
  if (!code.includes('exports.on')) refusals.push(`the code of ${name}`);
  if (runtime !== 'node22') refusals.push(`the runtime ${runtime}`);
  return action;
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'https://tenant');
  const path = pathname.replace(/^\/api\/v2\//, '');
  const body = ['POST', 'PATCH'].includes(request.method) ? await json(request).catch(() => ({})) : undefined;
  for (const [method, pattern, call] of CALLS) {
    const match = pattern.exec(path);
    if (method === request.method && match) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(call(match.slice(1), body)));
      return;
    }
  }
  response.writeHead(404, { 'content-type': 'application/json' }).end('{"statusCode":404,"error":"Not Found","message":"x"}');
}

const [extent, folder, mappings = '{}'] = process.argv.slice(2);
const room = mkdtempSync(join(tmpdir(), 'drawbridge-'));
process.once('exit', () => rmSync(room, { recursive: true }));

const pfx = readFileSync(certificateFor('localhost'));
const tenant = https.createServer({ pfx, passphrase: PASSWORD }, answer);
tenant.listen(0, '127.0.0.1');
await once(tenant, 'listening');
const { port } = tenant.address();
const ca = join(room, 'ca.pem');
writeFileSync(ca, await rootOf(port));

const exported = join(room, 'exported');
const config = join(room, 'config.json');
writeFileSync(config, JSON.stringify({
  AUTH0_DOMAIN: `localhost:${port}`, AUTH0_ACCESS_TOKEN: 'token-of-a-test', AUTH0_INCLUDED_ONLY: ['actions', 'triggers'],
  AUTH0_KEYWORD_REPLACE_MAPPINGS: JSON.parse(mappings),
}));
const tool = join(resolve(process.env.NODE_MODULES_FOLDER), 'node_modules/auth0-deploy-cli/lib/index.js');
const env = { PATH: process.env.PATH, HOME: room, NODE_EXTRA_CA_CERTS: ca };
try {
  const run = (...command) => promisify(execFile)('node', [tool, ...command, '-c', config], { env });
  await run('import', '-i', folder);
  if (extent === 'round-trip') {
    const first = actions.length;
    await run('import', '-i', folder);
    if (actions.length !== first) refusals.push('a second import added actions again');
    await run('export', '-f', 'directory', '-o', exported);
  }
  if (refusals.length > 0) throw new Error(`Auth0 would refuse: ${refusals.join('; ')}`);
  console.log(JSON.stringify({
    actions: actions.map(({ code, ...action }) => ({ ...action, sha256: createHash('sha256').update(code).digest('hex') })),
    bindings,
    exported: extent === 'round-trip' ? readdirSync(join(exported, 'actions')) : [],
  }));
  process.exit();
} catch (error) {
  console.error(`deploy: ${error.message}\n${error.stdout ?? ''}`);
  process.exit(1);
}
