/**
 * Plays one run of an Action at Auth0 against a running server: node harness.mjs [scenario.json], the scenario else from
 * stdin.
 *
 *   {
 *     "trigger": "post-login",             optional, the one of those in runner.mjs that it is
 *     "resumed": false,                    optional, whether the person is back from a redirect
 *     "action": "…/action.js",             the Action to run
 *     "serverPort": 8080,                  plain HTTP port of the server on this machine
 *     "p12": "…", "p12Password": "…",      certificate and key for apiHost
 *     "apiHost": "api.example.com",        the only host the Action can reach; also the secret API_HOST unless given
 *     "njwtFolder": "…",                   the folder that holds node_modules/njwt
 *     "secrets": {"SIGNING_KEY": "…"},
 *     "event": {"request": {"geoip": null}},         optional, merged into a realistic event; null takes away
 *     "session": [{"name": "pwd", "timestamp": "…"}],  optional, the methods of the browser's session so far
 *     "fault": {"kind": "delay", "ms": 3000, "times": 1},  optional; kinds: refuse, reset, delay (ms), status (status,
 *                                          503 by default), garbage, cut; times: how often, always by default
 *     "repeat": 1                          optional, number of runs one after the other
 *   }
 *
 * Prints one line of JSON about the (last) run: {denied, reason, calls, logs, ms, error, requests, jtis, sameJti},
 * with `repeat` all of them in `runs`, and with `session` what it holds afterwards. A list of scenarios is answered by the list of what each would print. Exits with 1
 * and one line on stderr when the harness itself could not do its work.
 */
import { readFileSync } from 'node:fs';
import { FLOW_LIMIT, eventFor, play, requireFor } from '../../main/auth0/runner.mjs';
import { startProxy } from './proxy.mjs';

const AT_A_TIME = 8;

async function played(scenario) {
  for (const name of ['action', 'serverPort', 'p12', 'p12Password', 'apiHost', 'njwtFolder']) {
    if (!scenario[name]) throw new Error(`the scenario has no ${name}`);
  }
  const { trigger = 'post-login', action, apiHost, njwtFolder, resumed, repeat = 1 } = scenario;
  const session = scenario.session && { methods: [...scenario.session] };
  const errors = []; // ours, which must not be taken for the Action's
  const onError = (error) => errors.push(error);
  const proxy = await startProxy({ ...scenario, onError });
  const require = requireFor({ ...proxy, modules: njwtFolder, apiHost, onError });
  require('njwt'); // fails here when it is not there, not in the Action

  const runs = [];
  while (runs.length < repeat) {
    const seen = proxy.jtis.length;
    const event = eventFor(trigger, scenario.event, { API_HOST: apiHost, ...scenario.secrets });
    const result = await play({ trigger, action, event, require, resumed, session, interrupted: crashOrLimit() });
    const jtis = proxy.jtis.slice(seen);
    runs.push({ ...result, requests: jtis.length, jtis, sameJti: new Set(jtis).size <= 1 });
  }
  if (errors.length > 0) throw errors[0];
  const result = { ...runs.at(-1), session: session?.methods };
  return repeat > 1 ? { ...result, runs } : result;
}

/** Many scenarios, a few at a time; answers their results in the same order. */
async function sideBySide(scenarios) {
  const results = [];
  const waiting = scenarios.map((scenario, i) => async () => { results[i] = await played(scenario); });
  const worker = async () => { while (waiting.length > 0) await waiting.shift()(); };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return results;
}

/** Rejected when the Action brings its process down or goes on for too long: the two ways Auth0 ends one from outside. */
function crashOrLimit() {
  return new Promise((resolve, reject) => {
    process.removeAllListeners('uncaughtException').on('uncaughtException', reject);
    setTimeout(reject, FLOW_LIMIT, new Error(`the Action took longer than ${FLOW_LIMIT} ms`)).unref();
  });
}

try {
  const scenario = JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8'));
  const result = Array.isArray(scenario) ? await sideBySide(scenario) : await played(scenario);
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
} catch (error) {
  process.stderr.write(`harness: ${error.message}\n`, () => process.exit(1));
}
