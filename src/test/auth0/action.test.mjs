import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventFor, play, requireFor } from '../../main/auth0/runner.mjs';
import { certificateFor, PASSWORD, rootOf } from './certificate.mjs';

const ACTION = fileURLToPath(new URL('../../main/auth0/post-login/action.js', import.meta.url));
const MODULES = resolve(process.env.NODE_MODULES_FOLDER ?? fileURLToPath(new URL('.', import.meta.url)));
const nJwt = createRequire(join(MODULES, 'test.js'))('njwt');

const HOST = 'api.drawbridge.test';
const KEY = Buffer.from('a signing key of thirty-two bytes');
const SECRETS = { API_HOST: HOST, APP_URI: 'https://app.example.com', SIGNING_KEY: KEY.toString('base64') };
const OPEN = { FAIL_OPEN: 'true' };
const SECRET_TEXTS = [SECRETS.SIGNING_KEY, 'body-secret', 'query-secret', 'header-secret', 'ana@example.com'];

const pfx = readFileSync(certificateFor(HOST));

// What a service can do with a question.
const says = (status, body) => (response) => response.writeHead(status).end(body);
const unlocked = says(200, '{"locked":false,"sessionID":"abcXYZ","status":"UNLOCKED"}');
const locked = says(200, '{"locked":true,"sessionID":"abcXYZ","status":"LOCKED"}');
const silent = () => {};
const unavailable = says(503, '{"title":"Service Unavailable"}');
const garbage = says(200, '<html>');
const hangsUp = (response) => response.destroy();
const cut = (response) => {
  response.writeHead(200, { 'content-length': 100 }).write('{"locked":false', () => response.destroy());
};
const dripping = (response) => {
  response.writeHead(200);
  const drip = setInterval(() => response.write(' '), 100);
  response.once('close', () => clearInterval(drip));
};

/** One login; `answers` are the service's to the first, second … question, the last one to all that follow. */
async function login(answers, { secrets, event, apiHost = HOST, trusted = true, up = true } = {}) {
  const asked = [];
  const service = https.createServer({ pfx, passphrase: PASSWORD }, async (request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    const { url, headers } = request;
    const question = { url, headers, token: headers['x-nl3-authorization-token'] };
    asked.push(question);
    question.text = await text(request);
    answer(response);
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const { port } = service.address();
  const ca = trusted ? await rootOf(port) : undefined;
  if (!up) service.close();

  const result = await play({
    trigger: 'post-login',
    action: ACTION,
    event: eventFor('post-login', event, { ...SECRETS, ...secrets }),
    require: requireFor({ modules: MODULES, apiHost, port, ca }),
    interrupted: after(10_000),
  });
  service.close();
  service.closeAllConnections();

  assert.equal(result.error, null);
  for (const secret of [...SECRET_TEXTS, ...asked.map(({ token }) => token)]) {
    assert.ok(!result.logs.join().includes(secret), `a secret in the log: ${result.logs}`);
  }
  assert.ok(result.logs.every((line) => line.length <= 256), 'Auth0 would cut the log line');
  return { ...result, asked };
}

/** Fails a run that would not end by itself. */
async function after(ms) {
  await sleep(ms, undefined, { ref: false });
  throw new Error(`no end after ${ms} ms`);
}

function assertAllowed({ calls }) {
  assert.deepEqual(calls, []);
}

function assertDenied({ calls }, reason = 'Login failed') {
  assert.deepEqual(calls, [{ name: 'access.deny', args: [reason] }]);
}

/** No answer: the login is denied, or goes on where the tenant chose FAIL_OPEN; the log says which and why. */
async function assertUnanswered(answers, cause, questions, options = {}) {
  const [closed, open] = await Promise.all([
    login(answers, options),
    login(answers, { ...options, secrets: { ...options.secrets, ...OPEN } }),
  ]);
  assertDenied(closed);
  assertAllowed(open);
  const line = (outcome) => new RegExp(`^drawbridge: check failed, login ${outcome} cause=${cause} ms=\\d+$`);
  assert.match(closed.logs.join('|'), line('denied'));
  assert.match(open.logs.join('|'), line('allowed by FAIL_OPEN'));
  for (const { asked } of [closed, open]) assert.equal(asked.length, questions);
  return closed;
}

describe('The post-login Action', { concurrency: 16 }, () => {
  it('lets the login of an unlocked account go on', async () => {
    const run = await login([unlocked]);
    assertAllowed(run);
    assert.match(run.logs.join('|'), /^drawbridge: check allowed session=abcXYZ ms=\d+$/);
  });

  it('denies the login of a locked account, whatever FAIL_OPEN says', async () => {
    const run = await login([locked], { secrets: OPEN });
    assertDenied(run);
    assert.match(run.logs.join('|'), /^drawbridge: check denied session=abcXYZ ms=\d+$/);
  });

  it('tells the person what ERROR_MESSAGE says', async () => {
    assertDenied(await login([locked], { secrets: { ERROR_MESSAGE: 'Not now' } }), 'Not now');
  });

  it('prints no more of a session than letters and digits', async () => {
    const { logs } = await login([says(200, '{"locked":false,"sessionID":"a\\nforged: line"}')]);
    assert.match(logs.join('|'), /^drawbridge: check allowed session=aforgedline ms=\d+$/);
  });
});

describe('The question', { concurrency: 16 }, () => {
  it('carries a token by which the service knows the application and the account', async () => {
    const { asked: [{ token }] } = await login([unlocked]);
    const { header, body } = nJwt.verify(token, KEY);
    const now = Date.now() / 1000;
    assert.equal(header.alg, 'HS256');
    assert.equal(body.iss, SECRETS.APP_URI);
    assert.equal(body.aud, HOST);
    assert.equal(body.sub, 'ana@example.com');
    assert.ok(Math.abs(body.exp - now - 300) < 3, 'valid for five minutes');
    assert.ok(Math.abs(body.nbf - now + 60) < 3, 'valid since a minute ago');
    assert.match(body.jti, /^[0-9a-f-]{36}$/);
  });

  it('carries another jti at the next login', async () => {
    const runs = [await login([unlocked]), await login([unlocked])];
    const [first, second] = runs.map(({ asked: [{ token }] }) => nJwt.verify(token, KEY).body.jti);
    assert.notEqual(first, second);
  });

  it('tells the facts of the login and nothing secret', async () => {
    const headers = { cookie: 'header-secret', authorization: 'header-secret' };
    const { asked: [question] } = await login([unlocked], { event: { request: { headers } } });
    const { request } = eventFor('post-login');
    assert.equal(question.url, '/v1/AccountProtectionCheck');
    assert.equal(question.headers.host, HOST);
    assert.deepEqual(JSON.parse(question.text), {
      userIP: '203.0.113.7',
      userDevice: request.user_agent,
      userLocation: 'Bellevue',
      userGeo: '47.61793,-122.19584',
      integrationType: 'auth0',
      integrationData: {
        asn: '64496', geoip: request.geoip, hostname: 'tenant.auth0.example', ip: '203.0.113.7', language: 'en',
        method: 'GET', user_agent: request.user_agent,
        query: {
          client_id: 'test-client', connection: 'Username-Password-Authentication', protocol: 'oauth2',
          response_type: 'code', scope: 'openid profile',
        },
      },
    });
    assert.ok(!/-secret/.test(question.text));
  });

  for (const [title, request] of Object.entries({
    'no geoip': { geoip: null },
    'an empty geoip': { geoip: { cityName: null, latitude: null, longitude: null } },
    'half a position': { geoip: { cityName: null, longitude: null } },
    'a geoip of null members': { geoip: { cityName: null, latitude: 'x', longitude: 'y' } },
    'no query and no user agent': { query: null, user_agent: null },
  })) {
    it(`is asked for a request with ${title}`, async () => {
      const run = await login([locked], { event: { request } });
      assertDenied(run);
      const body = JSON.parse(run.asked[0].text);
      assert.equal(body.userGeo, 'geoip' in request ? undefined : '47.61793,-122.19584');
    });
  }

  it('is asked for a login without any request', async () => {
    assertAllowed(await login([unlocked], { event: { request: null } }));
  });

  it('stays small, and text, whatever the person sends along', async () => {
    const long = '🔒'.repeat(100_000);
    const request = { user_agent: long, query: { scope: long } };
    const { asked: [question] } = await login([unlocked], { event: { request } });
    assert.ok(question.text.length < 8192);
    assert.equal(JSON.parse(question.text).userDevice, '🔒'.repeat(512));
  });

  it('goes to another port and path where the secrets say so', async () => {
    const apiHost = `${HOST}:8443`;
    const secrets = { API_HOST: apiHost, API_PATH: '/nl3/api/v1/accountProtectionCheck' };
    const { asked: [{ url, token }] } = await login([unlocked], { secrets, apiHost });
    assert.equal(url, '/nl3/api/v1/accountProtectionCheck');
    assert.equal(nJwt.verify(token, KEY).body.aud, apiHost);
  });

  for (const [id, clients, asks] of [
    ['test-client', 'test-client', 1], ['test-client', 'other, test-client', 1], ['test-client', ' ', 1],
    ['test-client', 'other', 0], ['test-client', 'test-client-2,test', 0],
  ]) {
    it(`is ${asks ? '' : 'not '}asked for client ${id} where CLIENT_ID is '${clients}'`, async () => {
      const run = await login([locked], { secrets: { CLIENT_ID: clients } });
      assert.equal(run.asked.length, asks);
      if (asks) assertDenied(run);
      else assertAllowed(run);
    });
  }

  for (const [choice, user, sub] of [
    ['', {}, 'ana@example.com'],
    ['', { email: null }, 'ana'],
    ['', { email: null, username: null }, 'auth0|5f7c8ec7c33c6c004bbafe82'],
    ['email', {}, 'ana@example.com'],
    ['username', {}, 'ana'],
    ['user_id', {}, 'auth0|5f7c8ec7c33c6c004bbafe82'],
  ]) {
    it(`is about ${sub} where ACCOUNT_ID is '${choice}'`, async () => {
      const { asked: [{ token }] } = await login([unlocked], { secrets: { ACCOUNT_ID: choice }, event: { user } });
      assert.equal(nJwt.verify(token, KEY).body.sub, sub);
    });
  }
});

describe('A question without an answer', { concurrency: 16 }, () => {
  for (const [title, fault, cause] of [
    ['a 503', unavailable, 'http-503'],
    ['a body that is no JSON', garbage, 'no-json'],
    ['a connection closed before the answer', hangsUp, 'ECONNRESET'],
    ['a connection closed in the middle of the answer', cut, 'ECONNRESET'],
    ['silence', silent, 'timeout'],
    ['an answer that drips without end', dripping, 'timeout'],
  ]) {
    it(`is asked once more, with the same token, after ${title}`, async () => {
      const run = await login([fault, locked], { secrets: OPEN });
      assertDenied(run);
      assert.equal(run.asked.length, 2);
      assert.equal(run.asked[0].token, run.asked[1].token);
      assert.equal(run.asked[0].text, run.asked[1].text);
      assert.match(run.logs.join('|'), new RegExp(`^drawbridge: check denied session=abcXYZ ms=\\d+ retried=${cause}$`));
    });

    it(`is given up after ${title}, twice`, async () => {
      const { ms } = await assertUnanswered([fault], `${cause},${cause}`, 2);
      if (cause === 'timeout') assert.ok(ms > 4900 && ms < 6000, `five seconds in all, not ${ms} ms`);
      else assert.ok(ms < 2500, `no waiting for nothing: ${ms} ms`);
    });
  }

  it('gives the rest of the five seconds to the retry', async () => {
    const late = (response) => setTimeout(locked, 3000, response);
    assertDenied(await login([unavailable, late], { secrets: OPEN }));
  });

  for (const status of [301, 400, 401, 403, 404, 413, 429]) {
    it(`is not asked again after a ${status}, and its body decides nothing`, async () => {
      await assertUnanswered([says(status, '{"locked":false}'), unlocked], `http-${status}`, 1);
      await assertUnanswered([says(status, 'no JSON'), unlocked], `http-${status}`, 1);
    });
  }

  for (const body of [
    '{"locked":"true"}', '{"locked":"false"}', '{"locked":0}', '{"locked":null}', '{}', '[]', 'null', '"x"',
  ]) {
    it(`is one that was answered ${body}: only a boolean decides`, async () => {
      await assertUnanswered([says(200, body)], 'no-decision', 1);
    });
  }

  it('is one that nobody listened to', async () => {
    await assertUnanswered([locked], 'ECONNREFUSED,ECONNREFUSED', 0, { up: false });
  });

  it('is one that a stranger would have answered', async () => {
    await assertUnanswered([locked], '(\\w+_CERT\\w*),\\1', 0, { trusted: false });
  });

  const blank = { SIGNING_KEY: '', API_HOST: ' ', APP_URI: '' };
  for (const [title, cause, options] of [
    ['without the secret SIGNING_KEY', 'missing:SIGNING_KEY', { secrets: { SIGNING_KEY: undefined } }],
    ['without any secret', 'missing:API_HOST,APP_URI,SIGNING_KEY', { secrets: blank }],
    ['with a misspelt ACCOUNT_ID', 'unknown:ACCOUNT_ID', { secrets: { ACCOUNT_ID: 'userid' } }],
    ['with a misspelt API_HOST', 'ERR_INVALID_URL', { secrets: { API_HOST: 'api host' } }],
    ['about nobody', 'no-account', { secrets: { ACCOUNT_ID: 'username' }, event: { user: { username: null } } }],
  ]) {
    it(`is one that cannot be asked ${title}`, async () => {
      await assertUnanswered([locked], cause, 0, options);
    });
  }

  it('lets the login go on for FAIL_OPEN "true" alone', async () => {
    for (const FAIL_OPEN of ['false', '1', 'yes', 'TRUE']) {
      assertDenied(await login([says(401)], { secrets: { FAIL_OPEN } }));
    }
  });
});
