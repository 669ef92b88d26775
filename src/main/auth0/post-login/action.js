/**
 * Drawbridge's Action for Auth0's post-login trigger: asks whether this login may go on, denies it while the account is
 * locked or sends the person to unlock it, asks for more than the password where that is wanted, and tells applications
 * how the account stands. README.md beside this file tells the set-up, the secrets and the log lines.
 */
exports.onExecutePostLogin = (event, api) => login(event, api, { isBack: false });

/** The person is back from a page. */
exports.onContinuePostLogin = (event, api) => login(event, api, { isBack: true });

/** What an application is told at a silent login that needs a page: the words of OpenID Connect for it. */
const PAGE_NEEDED = 'interaction_required: this login has to be confirmed on a page';

/** Protocols by which an application, and no browser, speaks to Auth0. */
const WITHOUT_BROWSER = [
  'oauth2-password', 'oauth2-refresh-token', 'oauth2-resource-owner', 'oauth2-resource-owner-jwt-bearer', 'oauth2-token-exchange',
];

async function login(event, api, { isBack }) {
  const run = begin(event);
  if (!isProtected(run)) return;

  const isInteractive = canShowPages(run, api);
  const challenged = await challengedByRole(run, api, { isBack, isInteractive });
  if (challenged === 'sent') return;
  // As with those who are sent, this login is not over: the check waits for the one that the application begins now.
  if (challenged === 'unasked') {
    api.access.deny(PAGE_NEEDED);
    return;
  }
  // Even where the login is denied below, the person has answered: the next one need not ask again. Older versions of the
  // trigger record nothing.
  if (challenged === 'answered') api.authentication?.recordMethod?.(challengePage(run));

  // Asked last, and once for a login: an unlock may be for one login only. Of a login that has failed the challenge,
  // too, so that it is on record, but not as a successful one, which an unlock may be for.
  const integrationType = challenged === 'denied' ? 'auth0-challenge-denied' : 'auth0';
  const { answer, denied } = await check(run, { account: accountOf, about: 'login', integrationType });
  // Whoever is back and still locked has not unlocked, and is not sent there again.
  const page = denied && answer?.status === 'LOCKED' && isInteractive && !isBack && unlockPage(run);
  if (page) {
    api.redirect.sendUserTo(page, { query: { continue: `https://${textAt(event, 'request', 'hostname')}/continue` } });
    return;
  }
  if (denied || challenged === 'denied') {
    api.access.deny(run.secret('ERROR_MESSAGE') || 'Login failed');
    return;
  }
  // Without an answer a second question would only keep the person waiting.
  if (answer) await claim(run, accountOf, [api.idToken, api.accessToken]);
}

/**
 * Whether there is a browser that may show a page. Auth0 answers a redirect where there is none with an error, or, to
 * Actions of older versions of the trigger, by leaving it out: then the login would go on.
 */
function canShowPages({ event }, api) {
  const prompts = [].concat(at(event, 'transaction', 'prompt') ?? [], at(event, 'request', 'query', 'prompt') ?? []);
  return !prompts.includes('none')
    && !WITHOUT_BROWSER.includes(textAt(event, 'transaction', 'protocol'))
    && (typeof api.redirect?.canRedirect !== 'function' || api.redirect.canRedirect());
}

/** Where people unlock their own accounts; undefined to deny. */
function unlockPage(run) {
  const page = run.secret('UNLOCK_PAGE');
  return /^https:\/\//.test(page) ? page : undefined;
}

/** By this name the session remembers a challenge that was answered. */
function challengePage(run) {
  return `https://${run.secret('API_HOST')}/challenge/`;
}

/**
 * Whether the person has shown it in this session, and not longer ago than CHALLENGE_AGAIN_AFTER says. That holds for
 * silent logins, too: who could get round it with prompt=none would.
 */
function hasShown({ event, secret }, method) {
  const minutes = secret('CHALLENGE_AGAIN_AFTER');
  const isRecent = (time) => !minutes || Date.now() - Date.parse(time) < Number(minutes) * 60_000;
  return [].concat(at(event, 'authentication', 'methods') ?? [])
    .some((shown) => textAt(shown, 'name') === method && isRecent(textAt(shown, 'timestamp')));
}

/**
 * A refresh token is a session's that was challenged when it began, and the call that exchanges it need not come from
 * where the person is.
 */
async function challengedByRole(run, api, { isBack, isInteractive }) {
  const roles = listed(run.secret('CHALLENGE_ROLES'));
  const has = [].concat(at(run.event, 'authorization', 'roles') ?? []);
  const isRenewal = at(run.event, 'transaction', 'protocol') === 'oauth2-refresh-token';
  if (isRenewal || (roles.length > 0 && !roles.some((role) => has.includes(role)))) return 'passed';

  if (run.secret('CHALLENGE_SECRET')) {
    const hasAnswered = hasShown(run, challengePage(run));
    return challenge(run, api, { action: 'auth0-login', about: 'login', isBack, hasAnswered, isInteractive });
  }
  if (roles.length > 0 && !hasShown(run, 'mfa')) api.multifactor.enable('any', { allowRememberBrowser: false });
  return 'passed';
}

// ---- parts: service check challenge (below is a copy; change parts/*.js and run bundle.mjs) ----

const https = require('https');
const { createHmac, randomUUID } = require('crypto');

/** Milliseconds for one question, the retry included: a person is waiting. */
const DEADLINE = 5000;

/** Milliseconds for all questions of a run: Auth0 ends a flow after 20 s, and other Actions want their share. */
const LONGEST_RUN = 10_000;

/** Milliseconds for the first try: the service answers or gives up within 2 s, so longer silence is a lost message. */
const FIRST_TRY = 2500;

/** Seconds of a token's validity, as the guide has it; valid from a minute ago, because clocks differ. */
const EXPIRY = 5 * 60;
const CLOCK_SKEW = 60;

/** No answer of the service comes near this many bytes. */
const LONGEST_ANSWER = 64 * 1024;

/** What people are known by at Auth0, in the order in which the service's accounts are usually named. */
const ACCOUNT_IDS = ['email', 'username', 'user_id'];

/**
 * What one run of an Action has: the event, its secrets by name, blank where they are not set, and the end of its time.
 * @typedef {{event: object, secret: (name: string) => string, end: number}} Run
 *
 * A call to make, and how to read its answer.
 * @typedef {{url: URL, method: string, headers: object, body?: string, read: (answer: {status: number, text: string}) => object}} Question
 */

/** Why there is no answer: a word for the log, and whether it is final, that is, asking again could not help. */
class NoAnswer extends Error {
  constructor(code, { final }) {
    super(code);
    this.code = code;
    this.final = final;
  }
}

/** @returns {Run} */
function begin(event) {
  const secret = (name) => textAt(event, 'secrets', name).trim();
  return { event, secret, end: performance.now() + LONGEST_RUN };
}

/** What stands at the end of the path; undefined where a member on the way is none. Events differ, and may change. */
function at(object, ...path) {
  return path.reduce((value, name) => (Object(value) === value ? value[name] : undefined), object);
}

/** The same, '' for what is no text. */
function textAt(object, ...path) {
  const value = at(object, ...path);
  return typeof value === 'string' ? value : '';
}

/** The parts of a list that is written with commas. */
function listed(text) {
  return text.split(',').map((part) => part.trim()).filter(Boolean);
}

/** Whether this run is about a client that CLIENT_ID names. Where Auth0 does not tell the client, it is. */
function isProtected({ event, secret }) {
  const clients = listed(secret('CLIENT_ID'));
  const client = textAt(event, 'client', 'client_id');
  return clients.length === 0 || !client || clients.includes(client);
}

/** The name under which the service knows the user's account. A misspelt choice must not quietly ask about another. */
function accountOf({ event, secret }) {
  const choice = secret('ACCOUNT_ID');
  if (choice && !ACCOUNT_IDS.includes(choice)) throw new NoAnswer('unknown:ACCOUNT_ID', { final: true });
  return named((choice ? [choice] : ACCOUNT_IDS).map((name) => textAt(event, 'user', name)));
}

/** The first name that is one. */
function named(names) {
  const account = names.find(Boolean);
  if (!account) throw new NoAnswer('no-account', { final: true });
  return account;
}

/**
 * A call for which the application answers with its signing key.
 * @param {Run} run
 * @param {{method?: string, path: string, sub: string, body?: object, read: Question['read']}} call
 * @returns {Question}
 */
function applicationCall({ secret }, { method = 'POST', path, sub, body, read }) {
  const missing = ['API_HOST', 'APP_URI', 'SIGNING_KEY'].filter((name) => !secret(name));
  if (missing.length > 0) throw new NoAnswer(`missing:${missing}`, { final: true });
  return {
    url: new URL(path, `https://${secret('API_HOST')}`),
    method,
    headers: { 'x-nl3-authorization-token': domainToken(secret, sub) },
    body: body && JSON.stringify(body),
    read,
  };
}

/** RFC 7519, signed HS256 (RFC 7515): made here, so that the Action needs no dependency. */
function domainToken(secret, sub) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: secret('APP_URI'), aud: secret('API_HOST'), sub, jti: randomUUID(), nbf: now - CLOCK_SKEW, exp: now + EXPIRY,
  };
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const key = Buffer.from(secret('SIGNING_KEY'), 'base64');
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

/**
 * Asks, logs, and decides: by the answer, and without one by FAIL_OPEN.
 * @param {Run} run
 * @param {{asks: string, about: string}} words for the log
 * @param {() => Question} question
 * @param {(answer: object) => boolean} isDenied
 */
async function decide(run, { asks, about }, question, isDenied) {
  const { answer, failures, ms } = await asked(run, question);
  const denied = answer ? isDenied(answer) : run.secret('FAIL_OPEN') !== 'true';
  const outcome = denied ? 'denied' : 'allowed';
  if (answer) {
    const session = textAt(answer, 'sessionID').replace(/[^\w-]/g, '').slice(0, 64);
    log(`${asks} ${outcome}${session && ` session=${session}`} ms=${ms}`, failures, 'retried');
  } else {
    log(`${asks} failed, ${about} ${outcome}${denied ? '' : ' by FAIL_OPEN'}`, failures, 'cause', ms);
  }
  return { answer, denied };
}

/**
 * Has something done that decides nothing.
 * @returns {Promise<{outcome: 'done' | 'refused' | 'unanswered', causes: string}>} `refused`: asking again could not help
 */
async function done(run, what, question) {
  const { answer, failures, ms } = await asked(run, question);
  if (answer) log(`${what} done ms=${ms}`, failures, 'retried');
  else log(`${what} failed`, failures, 'cause', ms);
  const outcome = failures.at(-1)?.final ? 'refused' : 'unanswered';
  return { outcome: answer ? 'done' : outcome, causes: codesOf(failures) };
}

/** One line and codes only: Auth0 keeps 256 characters, and the message of an error could quote anything. */
function log(line, failures, label, ms) {
  const codes = codesOf(failures);
  const why = codes ? ` ${label}=${codes}` : '';
  console.log(`drawbridge: ${line}${why}${ms === undefined ? '' : ` ms=${ms}`}`.slice(0, 256));
}

function codesOf(failures) {
  return failures.map((failure) => String(failure?.code || failure?.name || 'error').replace(/[^\w:,-]/g, '')).join(',');
}

/** The answer, undefined where there is none; `failures` say what went wrong. Never throws. */
async function asked(run, question) {
  const start = performance.now();
  const failures = [];
  const answer = await answered(question, Math.min(start + DEADLINE, run.end), failures);
  return { answer, failures, ms: Math.round(performance.now() - start) };
}

async function answered(question, deadline, failures) {
  try {
    const one = question();
    try {
      return one.read(await ask(one, Math.min(FIRST_TRY, deadline - performance.now())));
    } catch (failure) {
      if (failure instanceof NoAnswer && failure.final) throw failure;
      failures.push(failure);
      // The very same token: by its jti the service knows the retry, and does once what it is asked twice.
      return one.read(await ask(one, deadline - performance.now()));
    }
  } catch (failure) {
    failures.push(failure);
    return undefined;
  }
}

/** Asks once and waits `patience` milliseconds for the last byte, however busily the bytes before it drip in. */
function ask({ url, method, headers, body }, patience) {
  const content = body === undefined
    ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    if (patience <= 0) throw new NoAnswer('timeout', { final: true });
    const options = { method, headers: { Accept: 'application/json', ...content, ...headers } };
    const request = https.request(url, options, (response) => {
      const chunks = [];
      let bytes = 0;
      response.on('data', (chunk) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > LONGEST_ANSWER) giveUp('too-long', { final: true });
      });
      response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    const giveUp = (code, options) => {
      reject(new NoAnswer(code, options));
      request.destroy();
    };
    const timer = setTimeout(giveUp, patience, 'timeout', { final: false });
    request.on('error', reject);
    request.on('close', () => {
      clearTimeout(timer);
      // Not every end is an error: a switch to another protocol closes the connection without one. Errors come first.
      setImmediate(reject, new NoAnswer('closed', { final: false }));
    });
    request.end(body);
  });
}

/** The JSON of an answer that has one of these statuses and is what it should be. */
function jsonOf({ status, text }, statuses, isComplete) {
  if (!statuses.includes(status)) throw new NoAnswer(`http-${status}`, { final: status < 500 });
  const json = parsed(text);
  if (!isComplete(json)) throw new NoAnswer('no-decision', { final: true });
  return json;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new NoAnswer('no-json', { final: false });
  }
}

/** Longest text passed on about a login: nobody gets their check refused as too large by an endless User-Agent. */
const LONGEST_TEXT = 512;

/** What is passed on of a request. Named one by one, so that a secret Auth0 may add tomorrow stays where it is. */
const REQUEST_MEMBERS = ['asn', 'geoip', 'hostname', 'ip', 'language', 'method', 'user_agent'];
const QUERY_MEMBERS = ['acr_values', 'audience', 'client_id', 'connection', 'organization', 'prompt', 'protocol',
  'response_type', 'scope', 'ui_locales'];

/**
 * The protection check: may this account log in now?
 * @param {Run} run
 * @param {{account: (run: Run) => string, about: string, integrationType?: string}} subject
 */
function check(run, { account, about, integrationType = 'auth0' }) {
  return decide(run, { asks: 'check', about }, () => applicationCall(run, {
    path: run.secret('API_PATH') || '/v1/AccountProtectionCheck',
    sub: account(run),
    body: shortened({ ...factsOf(at(run.event, 'request')), integrationType }),
    // Only a boolean decides: of a string, even "false" is true.
    read: (answer) => jsonOf(answer, [200], (json) => typeof json?.locked === 'boolean'),
  }), ({ locked }) => locked);
}

function factsOf(request) {
  const [latitude, longitude] = ['latitude', 'longitude'].map((name) => at(request, 'geoip', name));
  return {
    userIP: at(request, 'ip'),
    userDevice: at(request, 'user_agent'),
    userLocation: at(request, 'geoip', 'cityName'),
    userGeo: [latitude, longitude].every(Number.isFinite) ? `${latitude},${longitude}` : undefined,
    integrationData: { ...only(REQUEST_MEMBERS, request), query: only(QUERY_MEMBERS, at(request, 'query')) },
  };
}

function only(names, object) {
  return Object.fromEntries(names.map((name) => [name, at(object, name)]).filter(([, value]) => value !== undefined));
}

/** With every text cut by code points: half a surrogate pair would be no text. */
function shortened(facts) {
  return JSON.parse(JSON.stringify(facts, (name, value) =>
    (typeof value === 'string' ? [...value].slice(0, LONGEST_TEXT).join('') : value)));
}

/**
 * Puts how the account stands into tokens, below the namespace CLAIMS. Without an answer the tokens go without: an
 * application must not take the absence of a claim for a lock or for its absence.
 * @param {Run} run
 * @param {(run: Run) => string} account
 * @param {{setCustomClaim: (name: string, value: unknown) => unknown}[]} tokens
 */
async function claim(run, account, tokens) {
  const namespace = run.secret('CLAIMS').replace(/\/?$/, '/');
  if (namespace === '/') return;
  const { answer, failures, ms } = await asked(run, () => applicationCall(run, {
    method: 'GET',
    path: '/nl3/api/v1/sdk/accountState',
    sub: account(run),
    read: (json) => jsonOf(json, [200], (state) => textAt(state, 'status') && textAt(state, 'assurance')),
  }));
  if (!answer) return log('claims left out', failures, 'cause', ms);
  log(`claims added ms=${ms}`, failures, 'retried');
  for (const token of tokens) {
    token.setCustomClaim(`${namespace}lock_state`, answer.status);
    token.setCustomClaim(`${namespace}last_unlock`, textAt(answer, 'lastUnlock') || null);
    token.setCustomClaim(`${namespace}assurance`, answer.assurance);
  }
}

/** How Drawbridge's challenge API says that somebody may go on. */
const PASSED = ['ALLOW', 'CHALLENGE_SUCCEEDED', 'REVIEW_SUCCEEDED'];
const STATES = [...PASSED, 'BLOCK', 'CHALLENGE_REQUIRED', 'CHALLENGE_FAILED', 'REVIEW_REQUIRED', 'REVIEW_FAILED'];

/**
 * Has the person show more than the password on Drawbridge's challenge page, where its rules want that. Who comes back
 * brings a token; who comes back without one is asked again, so that nobody gets round the page.
 *
 * Who has answered in this session is tracked all the same, and only the challenge is spared: a rule that blocks has to
 * stop a session that was opened before somebody stole it, or took it abroad.
 * @param {Run} run
 * @param {object} api Auth0's
 * @param {{action: string, about: string, isBack: boolean, hasAnswered?: boolean, isInteractive?: boolean}} attempt
 *     `isBack`: from a page; `hasAnswered`: in this session, lately; `isInteractive`: there is a browser to show a page in
 * @returns {Promise<'passed' | 'answered' | 'denied' | 'unasked' | 'sent'>} `answered`: passed, by a challenge just now;
 *     `unasked`: a page would have to be shown where none can be; `sent`: the person is on the way to the page
 */
async function challenge(run, api, { action, about, isBack, hasAnswered = false, isInteractive = true }) {
  // A token in the address that a login begins with is nobody's answer to this login.
  const token = isBack && (textAt(run.event, 'request', 'query', 'token') || textAt(run.event, 'request', 'body', 'token'));
  const question = token ? () => validation(run, action, token) : () => tracking(run, action);
  const isPassed = ({ passed, url }) => passed || Boolean(url && hasAnswered);
  const isDenied = (answer) => !isPassed(answer) && !(answer.url && isInteractive);
  const { answer, denied } = await decide(run, { asks: 'challenge', about }, question, isDenied);
  if (denied) return answer?.url ? 'unasked' : 'denied';
  if (!answer) return 'passed';
  if (isPassed(answer)) return token ? 'answered' : 'passed';
  api.redirect.sendUserTo(answer.url);
  return 'sent';
}

function tracking(run, action) {
  const { event } = run;
  const account = accountOf(run);
  return challengeCall(run, {
    path: `/authsignal/v1/users/${encodeURIComponent(account)}/actions/${action}`,
    body: {
      idempotencyKey: randomUUID(), // the same at the retry, which is then the same attempt
      redirectUrl: `https://${textAt(event, 'request', 'hostname')}/continue`,
      ipAddress: textAt(event, 'request', 'ip') || undefined,
      userAgent: textAt(event, 'request', 'user_agent') || undefined,
      deviceId: textAt(event, 'request', 'query', 'device_id') || undefined,
      email: textAt(event, 'user', 'email') || undefined,
      custom: placeOf(event),
    },
    read: (answer) => {
      const { state, url } = jsonOf(answer, [200], (json) => STATES.includes(json?.state));
      return { passed: PASSED.includes(state), url: state === 'CHALLENGE_REQUIRED' && pageAt(url) };
    },
  });
}

/** Where the person is, for the rules; what Auth0 does not tell is left out. */
function placeOf(event) {
  const [latitude, longitude] = ['latitude', 'longitude'].map((name) => at(event, 'request', 'geoip', name));
  const country = textAt(event, 'request', 'geoip', 'countryCode');
  return {
    countryCode: /^[A-Z]{2}$/i.test(country) ? country : undefined,
    ...([latitude, longitude].every(Number.isFinite) ? { latitude, longitude } : {}),
  };
}

/** People are sent nowhere but to a page. */
function pageAt(url) {
  if (!/^https?:\/\//.test(url)) throw new NoAnswer('no-page', { final: true });
  return url;
}

function validation(run, action, token) {
  return challengeCall(run, {
    path: '/authsignal/v1/validate',
    body: { token, action, userId: accountOf(run) },
    read: (answer) => {
      const { isValid, state } = jsonOf(answer, [200], (json) => typeof json?.isValid === 'boolean');
      return { passed: isValid && PASSED.includes(state) };
    },
  });
}

/** A call for which the company answers with its challenge secret. */
function challengeCall({ secret }, { path, body, read }) {
  if (!secret('API_HOST')) throw new NoAnswer('missing:API_HOST', { final: true });
  return {
    url: new URL(path, `https://${secret('API_HOST')}`),
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${secret('CHALLENGE_SECRET')}:`).toString('base64')}` },
    body: JSON.stringify(body),
    read,
  };
}
