/**
 * Tries an Action before it is deployed, and prints what Auth0 would do:
 *
 *   node try.mjs <trigger> [--event sample.json] [--secrets secrets.json] [--secret NAME=value]…
 *                [--server http://localhost:8080] [--continue] [--action file.js] [--sample]
 *
 * The event of the file is merged into a realistic one; null takes a member away. `--server` has the calls to API_HOST
 * go to a server on this machine that speaks plain HTTP. `--continue` plays the way back from a redirect. `--sample` prints
 * the event that the trigger begins with, and does nothing else. Exits with 1 where nothing could be tried.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FLOW_LIMIT, TRIGGERS, consequences, eventFor, play, requireFor } from './runner.mjs';

const OPTIONS = {
  action: { type: 'string' },
  continue: { type: 'boolean' },
  event: { type: 'string' },
  sample: { type: 'boolean' },
  secret: { type: 'string', multiple: true, default: [] },
  secrets: { type: 'string' },
  server: { type: 'string' },
};

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const json = (file) => (file ? JSON.parse(readFileSync(file, 'utf8')) : {});

async function attempt() {
  const { values, positionals: [trigger] } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (!TRIGGERS[trigger]) throw new Error(`name one of these triggers: ${Object.keys(TRIGGERS).join(', ')}`);
  if (values.sample) return console.log(JSON.stringify(TRIGGERS[trigger].event, null, 2));

  const secrets = { ...json(values.secrets), ...Object.fromEntries(values.secret.map(pair)) };
  const event = eventFor(trigger, json(values.event), secrets);
  const result = await play({
    trigger,
    action: values.action ?? here(`${TRIGGERS[trigger].folder ?? trigger}/action.js`),
    event,
    require: room(values.server, secrets.API_HOST),
    resumed: values.continue,
    interrupted: new Promise((_, reject) => {
      setTimeout(reject, FLOW_LIMIT, new Error(`it took longer than ${FLOW_LIMIT} ms`)).unref();
    }),
  });
  for (const sentence of consequences(trigger, result, event)) console.log(`Auth0 would ${sentence}.`);
  for (const line of result.logs) console.log(`Logged: ${line}`);
  console.log(`Took ${result.ms} ms.`);
}

function pair(text) {
  const end = text.indexOf('=');
  if (end < 1) throw new Error('--secret takes NAME=value');
  return [text.slice(0, end), text.slice(end + 1)];
}

function room(server, apiHost) {
  if (!server) return createRequire(`${process.cwd()}/`);
  const { port, protocol, hostname } = new URL(server);
  if (protocol !== 'http:' || !['localhost', '127.0.0.1'].includes(hostname)) {
    throw new Error('--server is for http://localhost alone; over HTTPS, API_HOST is enough');
  }
  return requireFor({ modules: process.cwd(), apiHost: apiHost ?? hostname, port: Number(port || 80), plain: true });
}

attempt().catch((error) => {
  console.error(`try: ${error.message}`);
  process.exitCode = 1;
});
