/**
 * Drawbridge's Action for Auth0's pre-user-registration trigger: nobody registers whom the company's rules deny. That the
 * rules were asked is recorded in the user's metadata, so that registrations which FAIL_OPEN let through can be found.
 */
exports.onExecutePreUserRegistration = async (event, api) => {
  const run = begin(event);
  if (!isProtected(run)) return;

  const names = ['email', 'phone_number', 'username'].map((name) => textAt(event, 'user', name));
  const question = () => applicationCall(run, {
    path: '/nl3/api/v1/sdk/registrationDecision',
    sub: named(names),
    body: {},
    read: (answer) => jsonOf(answer, [200], (json) => typeof json?.allowed === 'boolean'),
  });
  const words = { asks: 'registration', about: 'registration' };
  const { answer, denied } = await decide(run, words, question, ({ allowed }) => !allowed);
  if (denied) {
    const reason = textAt(answer, 'reason') || 'drawbridge_unavailable';
    api.access.deny(reason, run.secret('ERROR_MESSAGE') || 'Registration failed');
    return;
  }
  api.user.setAppMetadata('drawbridge', { registration: answer ? 'ALLOWED' : 'UNCHECKED' });
};

// ---- parts: service (below is a copy; change parts/*.js and run bundle.mjs) ----

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
