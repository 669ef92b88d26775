/**
 * Drawbridge's Action for Auth0's post-login trigger: asks whether this login may go on, and denies it while the
 * account is locked. README.md beside this file tells the set-up, the secrets and the log lines.
 */
const https = require('https');
const nJwt = require('njwt');

/** Milliseconds for the whole check, the retry included: a person is waiting, and Auth0 ends a flow after 20 s. */
const DEADLINE = 5000;

/** Milliseconds for the first try: the service answers or gives up within 2 s, so longer silence is a lost message. */
const FIRST_TRY = 2500;

/** Five minutes of validity, as the guide has it; valid from a minute ago, because clocks differ. */
const EXPIRY = 5 * 60 * 1000;
const CLOCK_SKEW = 60 * 1000;

/** Longest text passed on about a login: nobody gets their check refused as too large by an endless User-Agent. */
const LONGEST_TEXT = 512;

/** What is passed on of a request. Named one by one, so that a secret Auth0 may add tomorrow stays where it is. */
const REQUEST_MEMBERS = ['asn', 'geoip', 'hostname', 'ip', 'language', 'method', 'user_agent'];
const QUERY_MEMBERS = ['acr_values', 'audience', 'client_id', 'connection', 'organization', 'prompt', 'protocol',
  'response_type', 'scope', 'ui_locales'];

exports.onExecutePostLogin = async (event, api) => {
  const secret = (name) => (event.secrets[name] || '').trim();
  const clients = secret('CLIENT_ID').split(',').map((id) => id.trim()).filter(Boolean);
  if (clients.length > 0 && !clients.includes(event.client.client_id)) return;

  const start = performance.now();
  const failures = [];
  const answer = await check(event, secret, failures);
  const denied = answer ? answer.locked : secret('FAIL_OPEN') !== 'true';
  log(answer, denied, failures, Math.round(performance.now() - start));
  if (denied) api.access.deny(secret('ERROR_MESSAGE') || 'Login failed');
};

/** Why there is no answer: a word for the log, and whether it is final, that is, asking again could not help. */
class NoAnswer extends Error {
  constructor(code, { final }) {
    super(code);
    Object.assign(this, { code, final });
  }
}

/** The service's answer, `locked` being a boolean; undefined when it gave none, and `failures` then say why. */
async function check(event, secret, failures) {
  const deadline = performance.now() + DEADLINE;
  try {
    const question = questionAbout(event, secret);
    try {
      return await ask(question, FIRST_TRY);
    } catch (failure) {
      if (failure.final) throw failure;
      failures.push(failure);
      // The very same token: by its jti the service knows the retry and counts one check, not two.
      return await ask(question, deadline - performance.now());
    }
  } catch (failure) {
    failures.push(failure);
    return undefined;
  }
}

function questionAbout(event, secret) {
  const missing = ['API_HOST', 'APP_URI', 'SIGNING_KEY'].filter((name) => !secret(name));
  if (missing.length > 0) throw new NoAnswer(`missing:${missing}`, { final: true });

  return {
    url: new URL(secret('API_PATH') || '/v1/AccountProtectionCheck', `https://${secret('API_HOST')}`),
    token: domainToken(secret, accountOf(event.user, secret('ACCOUNT_ID'))),
    body: JSON.stringify(factsOf(event.request || {}), shortened),
  };
}

function domainToken(secret, sub) {
  const claims = { iss: secret('APP_URI'), aud: secret('API_HOST'), sub };
  const jwt = nJwt.create(claims, Buffer.from(secret('SIGNING_KEY'), 'base64'));
  jwt.setExpiration(Date.now() + EXPIRY);
  jwt.setNotBefore(Date.now() - CLOCK_SKEW);
  return jwt.compact();
}

/** The name under which the service knows the account. A misspelt choice must not quietly ask about another one. */
function accountOf(user, choice) {
  const names = choice ? [choice] : ['email', 'username', 'user_id'];
  if (!names.every((name) => ['email', 'username', 'user_id'].includes(name))) {
    throw new NoAnswer('unknown:ACCOUNT_ID', { final: true });
  }
  const account = names.map((name) => user[name]).find(Boolean);
  if (!account) throw new NoAnswer('no-account', { final: true });
  return account;
}

function factsOf(request) {
  const { cityName, latitude, longitude } = request.geoip || {};
  return {
    userIP: request.ip,
    userDevice: request.user_agent,
    userLocation: cityName,
    userGeo: [latitude, longitude].every(Number.isFinite) ? `${latitude},${longitude}` : undefined,
    integrationType: 'auth0',
    integrationData: { ...only(REQUEST_MEMBERS, request), query: only(QUERY_MEMBERS, request.query || {}) },
  };
}

function only(names, object) {
  return Object.fromEntries(names.filter((name) => name in object).map((name) => [name, object[name]]));
}

/** By code points: half a surrogate pair would be no text. */
function shortened(name, value) {
  return typeof value === 'string' ? [...value].slice(0, LONGEST_TEXT).join('') : value;
}

/** Asks once and waits `patience` milliseconds for the last byte, however busily the bytes before it drip in. */
function ask({ url, token, body }, patience) {
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Accept: 'application/json',
    'x-nl3-authorization-token': token,
  };
  return new Promise((resolve, reject) => {
    const request = https.request(url, { method: 'POST', headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    const timer = setTimeout(() => {
      reject(new NoAnswer('timeout', { final: false }));
      request.destroy();
    }, patience);
    request.on('error', reject);
    request.on('close', () => clearTimeout(timer));
    request.end(body);
  }).then(answerIn);
}

/** Only a boolean decides: of a string, even "false" is true. */
function answerIn({ status, text }) {
  if (status !== 200) throw new NoAnswer(`http-${status}`, { final: status < 500 });
  const answer = parsed(text);
  if (typeof answer?.locked !== 'boolean') throw new NoAnswer('no-decision', { final: true });
  return answer;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new NoAnswer('no-json', { final: false });
  }
}

/** One line a check and codes only: Auth0 keeps 256 characters, and the message of an error could quote anything. */
function log(answer, denied, failures, ms) {
  const outcome = denied ? 'denied' : 'allowed';
  const causes = failures.map((failure) => failure.code || failure.name).join();
  if (answer) {
    const session = String(answer.sessionID ?? 'none').replace(/[^\w-]/g, '').slice(0, 64);
    console.log(`drawbridge: check ${outcome} session=${session} ms=${ms}${causes && ` retried=${causes}`}`);
  } else {
    console.log(`drawbridge: check failed, login ${outcome}${denied ? '' : ' by FAIL_OPEN'} cause=${causes} ms=${ms}`);
  }
}
