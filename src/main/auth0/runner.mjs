/** Plays Auth0: events as it tells them, its `api` for each trigger, and the room an Action runs in. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { urlToHttpOptions } from 'node:url';
import { format } from 'node:util';
import { compileFunction } from 'node:vm';

/** Milliseconds after which Auth0 ends a flow. */
export const FLOW_LIMIT = 20_000;

/** Protocols by which an application, and no browser, speaks to Auth0: nobody can be sent anywhere. */
const WITHOUT_BROWSER = [
  'oauth2-password', 'oauth2-refresh-token', 'oauth2-resource-owner', 'oauth2-resource-owner-jwt-bearer', 'oauth2-token-exchange',
];

/** The state that Auth0 adds to a redirect, and wants back. */
const STATE = 'hKFo2SBzYW1wbGU';

const CLIENT = { client_id: 'test-client', name: 'Test application', metadata: {} };
const CONNECTION = {
  id: 'con_fpe5kj482KO1eOzQ', name: 'Username-Password-Authentication', strategy: 'auth0', metadata: {},
};
const REQUEST = {
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
};
const TENANT = { id: 'tenant' };
const TRANSACTION = { protocol: 'oidc-basic-profile', requested_scopes: ['openid', 'profile'], locale: 'en' };
const USER = {
  app_metadata: {}, created_at: '2024-01-01T00:00:00.000Z', email: 'ana@example.com', email_verified: true,
  user_id: 'auth0|5f7c8ec7c33c6c004bbafe82', user_metadata: {}, username: 'ana',
};
const { user_id: _, email_verified: __, created_at: ___, ...NEW_USER } = USER;
const FACTORS = [{ type: 'email' }, { type: 'otp' }];

const CACHE = ['cache.delete', 'cache.get', 'cache.set'];
const REDIRECT = ['redirect.encodeToken', 'redirect.sendUserTo', 'redirect.validateToken'];

/**
 * What each trigger is called by, a realistic event, and what its api can do. An Action that calls anything else fails, as
 * it would at Auth0.
 */
export const TRIGGERS = {
  'post-login': {
    execute: 'onExecutePostLogin',
    resume: 'onContinuePostLogin',
    event: {
      authentication: { methods: [{ name: 'pwd', timestamp: '2024-05-01T12:00:00.000Z' }] },
      authorization: { roles: [] },
      client: CLIENT, connection: CONNECTION, request: REQUEST, stats: { logins_count: 5 }, tenant: TENANT,
      transaction: TRANSACTION, user: USER,
    },
    api: [
      'access.deny', 'accessToken.addScope', 'accessToken.removeScope', 'accessToken.setCustomClaim',
      'authentication.challengeWith', 'authentication.challengeWithAny', 'authentication.enrollWith',
      'authentication.enrollWithAny', 'authentication.recordMethod', 'authentication.setPrimaryUser', ...CACHE,
      'idToken.setCustomClaim', 'multifactor.enable', 'prompt.render', 'redirect.canRedirect', ...REDIRECT,
      'rules.wasExecuted', 'samlResponse.setAttribute', 'session.revoke', 'user.setAppMetadata', 'user.setUserMetadata',
      'validation.error',
    ],
  },
  'credentials-exchange': {
    execute: 'onExecuteCredentialsExchange',
    event: {
      accessToken: { customClaims: {}, scope: ['read:shop'] },
      client: CLIENT, request: REQUEST, resource_server: { identifier: 'https://api.shop.example.com' }, tenant: TENANT,
      transaction: { requested_scopes: ['read:shop'] },
    },
    api: ['access.deny', 'accessToken.addScope', 'accessToken.removeScope', 'accessToken.setCustomClaim', ...CACHE],
  },
  'pre-user-registration': {
    execute: 'onExecutePreUserRegistration',
    event: {
      client: CLIENT, connection: CONNECTION, request: REQUEST, tenant: TENANT, transaction: TRANSACTION,
      user: { ...NEW_USER, phone_number: '+15550100' },
    },
    api: ['access.deny', ...CACHE, 'user.setAppMetadata', 'user.setUserMetadata', 'validation.error'],
  },
  'post-user-registration': {
    execute: 'onExecutePostUserRegistration',
    event: { client: CLIENT, connection: CONNECTION, request: REQUEST, tenant: TENANT, transaction: TRANSACTION, user: USER },
    api: CACHE,
  },
  'post-change-password': {
    execute: 'onExecutePostChangePassword',
    event: { client: CLIENT, connection: CONNECTION, request: REQUEST, tenant: TENANT, transaction: TRANSACTION, user: USER },
    api: CACHE,
  },
  'send-phone-message': {
    execute: 'onExecuteSendPhoneMessage',
    event: {
      client: CLIENT,
      message_options: {
        action: 'second-factor-authentication', code: '123456', message_type: 'sms', recipient: '+15550100',
        text: '123456 is your verification code for Test application',
      },
      request: REQUEST, tenant: TENANT, user: USER,
    },
    api: CACHE,
  },
  'custom-phone-provider': {
    execute: 'onExecuteCustomPhoneProvider',
    event: {
      client: CLIENT, connection: CONNECTION,
      notification: {
        as_text: '123456 is your verification code for Test application', as_voice: '1 2 3 4 5 6', code: '123456',
        delivery_method: 'text', locale: 'en', message_type: 'otp_verify', recipient: '+15550100',
      },
      request: REQUEST, tenant: TENANT, user: USER,
    },
    api: [...CACHE, 'notification.drop', 'notification.retry'],
    folder: 'send-phone-message',
  },
  'password-reset-post-challenge': {
    execute: 'onExecutePostChallenge',
    resume: 'onContinuePostChallenge',
    event: {
      authentication: { methods: [{ name: 'email', timestamp: '2024-05-01T12:00:00.000Z' }] },
      client: CLIENT, connection: CONNECTION, request: REQUEST, tenant: TENANT, transaction: TRANSACTION,
      user: { ...USER, enrolledFactors: FACTORS },
    },
    api: [
      'access.deny', 'authentication.challengeWith', 'authentication.challengeWithAny', ...CACHE, 'prompt.render',
      ...REDIRECT, 'transaction.setResultUrl',
    ],
  },
};

/** An event as Auth0 tells it. `overrides` is a merge patch (RFC 7396): null takes a member away. */
export function eventFor(trigger, overrides, secrets) {
  const event = merged(structuredClone(TRIGGERS[trigger].event), overrides ?? {});
  // What Auth0 calls a database user who gave no name.
  if (isObject(event.user)) event.user.name ??= event.user.email;
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

/** Whether Auth0 can show the person a page, or send them to one: there is a browser, and the application allows it. */
export function isInteractive(event) {
  const prompts = [event?.transaction?.prompt, event?.request?.query?.prompt].flat();
  return !prompts.includes('none') && !WITHOUT_BROWSER.includes(event?.transaction?.protocol);
}

/**
 * Runs an Action once. `error` is what the Action threw, or what `interrupted` (a promise that never resolves) was rejected
 * with; Auth0 fails a flow on either. A file that is no Action for the trigger is the caller's error.
 *
 * A `session` is what Auth0 keeps of a browser, and hands to the next run that is given it: the methods by which the person
 * has shown who they are. It keeps those that were recorded even where the login is denied, as Auth0's does, and whoever is
 * asked for a second factor has it.
 *
 * @param {{trigger: string, action: string, event: object, require: Function, resumed?: boolean, cache?: Map,
 *     answers?: Record<string, Function | undefined>, session?: {methods: {name: string, timestamp: string}[]}}} run `answers`: of the api,
 *     by name, in the place of the runner's; undefined where a version of the trigger has no such call
 */
export async function play(run) {
  const { trigger, action, require, resumed, cache, answers, session, interrupted = new Promise(() => {}) } = run;
  const event = session
    ? { ...run.event, authentication: { ...run.event.authentication, methods: structuredClone(session.methods) } } : run.event;
  const calls = [];
  const logs = [];
  const { execute, resume, api } = TRIGGERS[trigger];
  const name = resumed ? resume : execute;
  const handler = load(action, require, logs)[name];
  if (!handler) throw new Error(`${action} exports no ${name}`);

  const start = performance.now();
  let error = null;
  try {
    await Promise.race([handler(event, apiOf(api, { calls, event, cache, resumed, answers })), interrupted]);
  } catch (thrown) {
    error = String(thrown?.message ?? thrown);
  }
  const ms = Math.round(performance.now() - start);
  const denial = calls.find((call) => call.name === 'access.deny');
  if (session && error === null) session.methods.push(...shown(calls, event, denial));
  return { denied: denial !== undefined, reason: denial?.args.at(-1) ?? null, calls, logs, ms, error };
}

/** What the session of the browser has of a run. */
function shown(calls, event, denial) {
  const timestamp = new Date().toISOString();
  const recorded = calls.filter(({ name }) => name === 'authentication.recordMethod')
    .map(({ args: [name] }) => ({ name, timestamp }));
  const isAsked = !denial && isInteractive(event) && calls.some(({ name }) => name === 'multifactor.enable');
  return isAsked ? [...recorded, { name: 'mfa', type: 'otp', timestamp }] : recorded;
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

/** Auth0's `api` of a trigger: every call is written down; those that answer something do. */
function apiOf(names, { calls, event, cache = new Map(), resumed, answers: own = {} }) {
  const answers = {
    'authentication.recordMethod': (url) => {
      if (!resumed) throw new Error('recordMethod is there only when the person is back from a redirect');
      if (!/^https?:\/\//.test(url)) throw new Error('recordMethod takes an address: http: or https:');
      return api;
    },
    'cache.delete': (key) => (cache.delete(key) ? { type: 'success' } : { type: 'error', code: 'ItemNotFound' }),
    'cache.get': (key) => {
      const record = cache.get(key);
      return record && record.expires_at > Date.now() ? record : undefined;
    },
    'cache.set': (key, value, { ttl = 15 * 60_000, expires_at = Date.now() + ttl } = {}) => {
      const record = { value: String(value), expires_at };
      cache.set(key, record);
      return { type: 'success', record };
    },
    'redirect.canRedirect': () => isInteractive(event),
    'redirect.encodeToken': ({ secret, payload, expiresInSeconds = 900 }) => encoded(payload, secret, expiresInSeconds, event),
    'redirect.validateToken': ({ secret, tokenParameterName = 'session_token' }) =>
      validated(event?.request?.query?.[tokenParameterName] ?? event?.request?.body?.[tokenParameterName], secret, event),
    'rules.wasExecuted': () => false,
    ...own,
  };
  const api = {};
  for (const name of names.filter((name) => !(name in own) || own[name])) {
    const [group, member] = name.split('.');
    api[group] ??= {};
    api[group][member] = (...args) => {
      if (!/^(cache\.|redirect\.(can|encode|validate)|rules)/.test(name)) calls.push({ name, args });
      return name in answers ? answers[name](...args) : api;
    };
  }
  return api;
}

const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');
const signatureOf = (signed, secret) => createHmac('sha256', secret).update(signed).digest();

function encoded(payload, secret, expiresInSeconds, event) {
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    iat, exp: iat + expiresInSeconds, iss: event?.request?.hostname, sub: event?.user?.user_id, ip: event?.request?.ip,
    ...payload,
  };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${signatureOf(signed, secret).toString('base64url')}`;
}

/** As Auth0 does: signature, expiry, and the state of the redirect. */
function validated(token, secret, event) {
  const [header, payload, signature] = String(token).split('.');
  const expected = signatureOf(`${header}.${payload}`, secret);
  const given = Buffer.from(String(signature), 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Error('The session token is invalid: invalid signature');
  }
  const claims = JSON.parse(Buffer.from(payload, 'base64url'));
  if (claims.exp * 1000 < Date.now()) throw new Error('The session token is invalid: jwt expired');
  if (claims.state !== event?.request?.query?.state) {
    throw new Error('The session token is invalid: State in the token does not match the /continue state.');
  }
  return claims;
}

/** What Auth0 makes of a run, a sentence each. */
export function consequences(trigger, { calls, error }, event) {
  if (error) return [`fail the flow, because the Action failed: ${error}`];
  const sentences = calls.flatMap(({ name, args }) => {
    switch (name) {
      case 'access.deny': return [`deny, with ${args.map((arg) => JSON.stringify(arg)).join(' and ')}`];
      case 'redirect.sendUserTo':
        return [isInteractive(event) ? `send the person to ${addressOf(args)}` : 'fail the flow with interaction_required'];
      case 'authentication.recordMethod': return [`remember in the session: ${args[0]}`];
      case 'multifactor.enable': return [`ask for a second factor: ${args[0]}`];
      case 'authentication.challengeWith': return [`challenge with ${JSON.stringify(args[0])}`];
      case 'idToken.setCustomClaim': case 'accessToken.setCustomClaim':
        return [`put ${JSON.stringify(args[0])}: ${JSON.stringify(args[1])} into the ${name.split('.')[0]}`];
      case 'user.setAppMetadata': case 'user.setUserMetadata':
        return [`keep ${JSON.stringify(args[0])}: ${JSON.stringify(args[1])} as ${name.slice('user.set'.length)}`];
      case 'notification.retry': return ['have the message tried again'];
      case 'notification.drop': return ['drop the message'];
      default: return [`${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`];
    }
  });
  return calls.some(({ name }) => /^(access|redirect|notification)\./.test(name)) ? sentences : [...sentences, 'go on'];
}

function addressOf([page, { query = {} } = {}]) {
  const url = new URL(page);
  for (const [name, value] of Object.entries({ ...query, state: STATE })) url.searchParams.set(name, value);
  return url.href;
}

/**
 * An Action's `require`: everything is real; `https` finds `apiHost`, and nothing else, at a port of this machine.
 * `onError` hears of a call to anywhere else.
 *
 * @param {{modules: string, apiHost: string, port: number, ca?: string, plain?: boolean, onError?: Function}} room `plain`:
 *     what answers at the port speaks no TLS
 */
export function requireFor({ modules, ...route }) {
  const require = createRequire(join(resolve(modules), 'action.js'));
  const routed = { ...https, request: routedRequest(route) };
  return (name) => (/^(node:)?https$/.test(name) ? routed : require(name));
}

/** Only the lookup of the name, the port and the trusted root differ from a call across the internet. */
function routedRequest({ apiHost, port, ca, plain, onError = () => {} }) {
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
    if (plain) return http.request({ ...options, protocol: 'http:', port, lookup: loopback }, callback);
    // A defaultPort keeps the stand-in port out of the Host header.
    return https.request({ ...options, port, defaultPort: port, ca, lookup: loopback }, callback);
  };
}

function loopback(host, { all }, found) {
  if (all) found(null, [{ address: '127.0.0.1', family: 4 }]);
  else found(null, '127.0.0.1', 4);
}
