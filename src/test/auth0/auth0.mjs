/** Plays Auth0: the event of a login, an `api` that remembers what was asked of it, and the room an Action runs in. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import tls from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import { format } from 'node:util';
import { compileFunction } from 'node:vm';

const LOGIN = {
  authentication: { methods: [{ name: 'pwd', timestamp: '2024-05-01T12:00:00.000Z' }] },
  authorization: { roles: [] },
  client: { client_id: 'test-client', name: 'Test application', metadata: {} },
  connection: { id: 'con_fpe5kj482KO1eOzQ', name: 'Username-Password-Authentication', strategy: 'auth0', metadata: {} },
  request: {
    asn: '64496',
    body: { password: 'body-secret' },
    geoip: {
      cityName: 'Bellevue', continentCode: 'NA', countryCode: 'US', countryCode3: 'USA', countryName: 'United States',
      latitude: 47.61793, longitude: -122.19584, subdivisionCode: 'WA', subdivisionName: 'Washington',
      timeZone: 'America/Los_Angeles',
    },
    hostname: 'tenant.auth0.example',
    ip: '203.0.113.7',
    language: 'en',
    method: 'GET',
    query: {
      client_id: 'test-client', connection: 'Username-Password-Authentication', id_token_hint: 'query-secret',
      protocol: 'oauth2', redirect_uri: 'https://app.example.com/callback?ticket=query-secret', response_type: 'code',
      scope: 'openid profile', state: 'query-secret',
    },
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0',
  },
  stats: { logins_count: 5 },
  tenant: { id: 'tenant' },
  transaction: { protocol: 'oidc-basic-profile', requested_scopes: ['openid', 'profile'] },
  user: {
    app_metadata: {}, created_at: '2024-01-01T00:00:00.000Z', email: 'ana@example.com', email_verified: true,
    user_id: 'auth0|5f7c8ec7c33c6c004bbafe82', user_metadata: {}, username: 'ana',
  },
};

/** A login as Auth0 tells it. `overrides` is a merge patch (RFC 7396): null takes a member away. */
export function loginEvent(overrides, secrets) {
  const event = merged(structuredClone(LOGIN), overrides ?? {});
  event.user.name ??= event.user.email; // what Auth0 calls a database user who gave no name
  return { ...event, secrets };
}

function merged(target, patch) {
  if (!isObject(patch)) return patch;
  const result = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Runs the Action's `onExecutePostLogin` once. `error` is what the Action threw, or what `interrupted` (a promise that
 * never resolves) was rejected with; Auth0 fails a login on either. A file that is no Action is the caller's error.
 */
export async function playLogin({ action, event, require, interrupted = new Promise(() => {}) }) {
  const calls = [];
  const logs = [];
  const { onExecutePostLogin } = load(action, require, logs);
  if (!onExecutePostLogin) throw new Error(`${action} exports no onExecutePostLogin`);

  const start = performance.now();
  let error = null;
  try {
    await Promise.race([onExecutePostLogin(event, recording(calls)), interrupted]);
  } catch (thrown) {
    error = String(thrown?.message ?? thrown);
  }
  const denial = calls.find(({ name }) => name === 'access.deny');
  const ms = Math.round(performance.now() - start);
  return { denied: denial !== undefined, reason: denial?.args[0] ?? null, calls, logs, ms, error };
}

function load(file, require, logs) {
  const write = (...values) => logs.push(format(...values));
  const console = { log: write, info: write, warn: write, error: write, debug: write };
  const module = { exports: {} };
  const code = readFileSync(file, 'utf8');
  const run = compileFunction(code, ['exports', 'require', 'module', 'console'], { filename: file });
  run(module.exports, require, module, console);
  return module.exports;
}

/** Auth0's `api`: whatever is called on it, however deep, is written down. */
function recording(calls, path = []) {
  return new Proxy(() => {}, {
    get: (_, name) => recording(calls, [...path, name]),
    apply: (_, self, args) => void calls.push({ name: path.join('.'), args }),
  });
}

/**
 * An Action's `require`: everything is real; `https` finds `apiHost`, and nothing else, at a port of this machine.
 * `onError` hears of a call to anywhere else.
 */
export function requireFor({ modules, apiHost, port, ca, onError }) {
  const require = createRequire(join(resolve(modules), 'action.js'));
  const routed = { ...https, request: routedRequest({ apiHost, port, ca, onError }) };
  return (name) => (/^(node:)?https$/.test(name) ? routed : require(name));
}

/** Only the lookup of the name, the port and the trusted root differ from a call across the internet: TLS is in force. */
function routedRequest({ apiHost, port, ca, onError = () => {} }) {
  const wanted = new URL(`https://${apiHost}`);
  return (first, ...rest) => {
    const callback = typeof rest.at(-1) === 'function' ? rest.pop() : undefined;
    const isUrl = typeof first === 'string' || first instanceof URL;
    const options = isUrl ? { ...urlToHttpOptions(new URL(first)), ...rest[0] } : first;
    const host = options.hostname ?? options.host;
    if (host !== wanted.hostname || Number(options.port || 443) !== Number(wanted.port || 443)) {
      const stray = new Error(`the Action called ${host}:${options.port || 443}, not ${apiHost}`);
      onError(stray);
      throw stray;
    }
    // A defaultPort keeps the stand-in port out of the Host header.
    return https.request({ ...options, port, defaultPort: port, ca, lookup: loopback }, callback);
  };
}

function loopback(host, { all }, found) {
  if (all) found(null, [{ address: '127.0.0.1', family: 4 }]);
  else found(null, '127.0.0.1', 4);
}

/**
 * The root of the certificate chain that our own server at this port presents, as PEM: how one gets a certificate out of
 * a PKCS12 file with Node alone. Nothing is verified here because nothing is trusted yet, and nothing is sent.
 */
export async function rootOf(port) {
  const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  let certificate = socket.getPeerCertificate(true);
  socket.destroy();
  while (certificate.issuerCertificate && certificate.issuerCertificate !== certificate) {
    certificate = certificate.issuerCertificate;
  }
  return `-----BEGIN CERTIFICATE-----\n${certificate.raw.toString('base64')}\n-----END CERTIFICATE-----\n`;
}
