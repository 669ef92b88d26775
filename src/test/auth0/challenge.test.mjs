/** Challenges at Auth0: who is asked, what a session remembers of it, and what happens where no page can be shown. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { json } from 'node:stream/consumers';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TRIGGERS, eventFor, play, requireFor } from '../../main/auth0/runner.mjs';

const HOST = 'api.drawbridge.test';
const METHOD = `https://${HOST}/challenge/`;
const PAGE = `https://${HOST}/challenge/?token=t`;
const BY_RULES = {
  API_HOST: HOST, APP_URI: 'https://app.example.com', CHALLENGE_SECRET: 'a challenge secret',
  SIGNING_KEY: Buffer.from('a signing key of thirty-two bytes').toString('base64'),
};
const { CHALLENGE_SECRET: _, ...BY_ROLE } = { ...BY_RULES, CHALLENGE_ROLES: 'Admin' };
const ADMIN = { authorization: { roles: ['Admin'] } };
const SILENT = { transaction: { prompt: ['none'] }, request: { query: { prompt: 'none' } } };
const ANOTHER_APPLICATION = { client: { client_id: 'another' } };
const REFRESH = { transaction: { protocol: 'oauth2-refresh-token' } };
const ANSWER = { request: { query: { token: 'an answer' } } };
const DENIED = [{ name: 'access.deny', args: ['Login failed'] }];
const PAGE_NEEDED = [{ name: 'access.deny', args: ['interaction_required: this login has to be confirmed on a page'] }];
const SENT = [{ name: 'redirect.sendUserTo', args: [PAGE] }];
const RECORDED = [{ name: 'authentication.recordMethod', args: [METHOD] }];
const FACTOR_WANTED = [{ name: 'multifactor.enable', args: ['any', { allowRememberBrowser: false }] }];

/** What the service has been asked, by the last member of each path, and what it answers. */
let asked;
let answers;
const service = http.createServer(async (request, response) => {
  const name = request.url.split('/').at(-1);
  asked.push({ name, body: await json(request) });
  const [status, body] = answers[name];
  response.writeHead(status).end(JSON.stringify(body));
});
const challengeIs = (state) => { answers['auth0-login'] = [200, { state, url: PAGE }]; };
const names = () => asked.map(({ name }) => name);

before(async () => {
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
});
after(() => service.close());
beforeEach(() => {
  asked = [];
  answers = {
    'AccountProtectionCheck': [200, { locked: false, status: 'UNLOCKED' }],
    'validate': [200, { isValid: true, state: 'CHALLENGE_SUCCEEDED' }],
  };
  challengeIs('CHALLENGE_REQUIRED');
});

const newSession = (...methods) => ({ methods: [{ name: 'pwd', timestamp: new Date().toISOString() }, ...methods] });
const minutesAgo = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

async function run(patch, { trigger = 'post-login', secrets, session, resumed, answers: own } = {}) {
  asked = [];
  const result = await play({
    trigger,
    action: fileURLToPath(new URL(`../../main/auth0/${trigger}/action.js`, import.meta.url)),
    event: eventFor(trigger, patch, { ...BY_RULES, ...secrets }),
    require: requireFor({ modules: '.', apiHost: HOST, port: service.address().port, plain: true }),
    session,
    resumed,
    answers: own,
  });
  assert.equal(result.error, null);
  return result.calls;
}

/** A session whose person has answered a challenge. */
async function challenged(secrets) {
  const session = newSession();
  assert.deepEqual(await run({}, { session, secrets }), SENT);
  assert.deepEqual(await run(ANSWER, { session, secrets, resumed: true }), RECORDED);
  return session;
}

describe('A challenge that was answered', () => {
  it('is recorded in the session, once the person is back and the service says so', async () => {
    const session = await challenged();
    assert.deepEqual(names(), ['validate', 'AccountProtectionCheck']);
    assert.deepEqual(session.methods.map(({ name }) => name), ['pwd', METHOD]);
  });

  for (const [title, patch] of Object.entries({
    'another login': {}, 'silent login': SILENT, 'single sign-on to another application': ANOTHER_APPLICATION,
    'silent login to another application': { ...SILENT, ...ANOTHER_APPLICATION },
  })) {
    it(`spares the session another one: ${title}`, async () => {
      const session = await challenged();
      assert.deepEqual(await run(patch, { session }), []);
      assert.deepEqual(names(), ['auth0-login', 'AccountProtectionCheck'], 'tracked and checked all the same');
      assert.equal(asked[1].body.integrationType, 'auth0');
    });

    it(`lets in nobody whom a rule blocks: ${title}`, async () => {
      const session = await challenged();
      for (const state of ['BLOCK', 'REVIEW_REQUIRED', 'CHALLENGE_FAILED']) {
        challengeIs(state);
        assert.deepEqual(await run(patch, { session }), DENIED);
        assert.equal(asked[1].body.integrationType, 'auth0-challenge-denied');
      }
    });

    it(`lets in nobody whose account is locked: ${title}`, async () => {
      const session = await challenged();
      answers.AccountProtectionCheck = [200, { locked: true, status: 'LOCKED' }];
      assert.deepEqual(await run(patch, { session }), DENIED);
    });
  }

  it('lets in nobody of whom the service says nothing, but where FAIL_OPEN says so', async () => {
    const session = await challenged();
    answers['auth0-login'] = [401, {}];
    assert.deepEqual(await run(SILENT, { session }), DENIED);
    assert.deepEqual(await run(SILENT, { session, secrets: { FAIL_OPEN: 'true' } }), []);
  });

  it('stays answered where the account is locked, for the login after the unlock', async () => {
    const session = newSession();
    answers.AccountProtectionCheck = [200, { locked: true, status: 'LOCKED' }];
    assert.deepEqual(await run(ANSWER, { session, resumed: true }), [...RECORDED, ...DENIED]);
    answers.AccountProtectionCheck = [200, { locked: false, status: 'UNLOCKED' }];
    assert.deepEqual(await run({}, { session }), []);
  });

  it('lets the login go on where a version of the trigger records nothing', async () => {
    const own = { 'authentication.recordMethod': undefined };
    assert.deepEqual(await run(ANSWER, { session: newSession(), resumed: true, answers: own }), []);
  });

  it('counts for its own session, and by its own name', async () => {
    await challenged();
    for (const name of ['pwd', 'mfa', `https://${HOST}/`, 'https://other.example/challenge/']) {
      const session = newSession({ name, timestamp: minutesAgo(0) });
      assert.deepEqual(await run({}, { session }), SENT, name);
    }
  });

  it('counts for as long as CHALLENGE_AGAIN_AFTER says, of silent logins, too', async () => {
    const session = (minutes) => newSession({ name: METHOD, timestamp: minutesAgo(minutes) });
    const secrets = { CHALLENGE_AGAIN_AFTER: '30' };
    assert.deepEqual(await run({}, { session: session(29), secrets }), []);
    assert.deepEqual(await run(SILENT, { session: session(29), secrets }), []);
    assert.deepEqual(await run({}, { session: session(31), secrets }), SENT);
    assert.deepEqual(await run(SILENT, { session: session(31), secrets }), PAGE_NEEDED);
    assert.deepEqual(await run({}, { session: session(60 * 24 * 30) }), [], 'for the whole session unless it is set');
    for (const wrong of ['0', '30 minutes', '-1']) {
      assert.deepEqual(await run({}, { session: session(1), secrets: { CHALLENGE_AGAIN_AFTER: wrong } }), SENT, wrong);
    }
    const undated = newSession({ name: METHOD });
    assert.deepEqual(await run({}, { session: undated, secrets }), SENT);
  });
});

describe('A challenge that was not answered', () => {
  it('is not recorded, and asked again', async () => {
    for (const answer of [{ isValid: false }, { isValid: true, state: 'CHALLENGE_FAILED' }]) {
      answers.validate = [200, answer];
      const session = newSession();
      assert.deepEqual(await run(ANSWER, { session, resumed: true }), DENIED);
      assert.deepEqual(await run({}, { session }), SENT);
    }
  });

  it('is not recorded where FAIL_OPEN lets the login go on', async () => {
    answers.validate = [401, {}];
    assert.deepEqual(await run(ANSWER, { session: newSession(), resumed: true, secrets: { FAIL_OPEN: 'true' } }), []);
  });

  it('is not recorded where no rule wants one', async () => {
    challengeIs('ALLOW');
    assert.deepEqual(await run({}, { session: newSession() }), []);
    assert.deepEqual(await run({}, { session: newSession(), resumed: true }), []);
  });

  it('is not answered by a token in the address that a login begins with', async () => {
    assert.deepEqual(await run(ANSWER, { session: newSession() }), SENT);
    assert.deepEqual(names(), ['auth0-login']);
  });
});

describe('A login for which no page can be shown', () => {
  const pageless = {
    'prompt=none': { transaction: { prompt: ['none'] } },
    'prompt=none in the request alone': { request: { query: { prompt: 'none' } } },
    'a password grant': { transaction: { protocol: 'oauth2-password' } },
  };
  for (const [title, patch] of Object.entries(pageless)) {
    it(`is denied where a challenge is wanted, and told why: ${title}`, async () => {
      for (const secrets of [{}, { FAIL_OPEN: 'true' }]) {
        assert.deepEqual(await run(patch, { session: newSession(), secrets }), PAGE_NEEDED);
        assert.deepEqual(names(), ['auth0-login'], 'an unlock for one login is left for the one to come');
      }
    });

    it(`goes on where none is wanted: ${title}`, async () => {
      challengeIs('ALLOW');
      assert.deepEqual(await run(patch, { session: newSession() }), []);
    });

    it(`sends nobody to unlock: ${title}`, async () => {
      challengeIs('ALLOW');
      answers.AccountProtectionCheck = [200, { locked: true, status: 'LOCKED' }];
      const secrets = { UNLOCK_PAGE: `https://${HOST}/requests/` };
      assert.deepEqual(await run(patch, { session: newSession(), secrets }), DENIED);
      assert.equal((await run({}, { session: newSession(), secrets }))[0].name, 'redirect.sendUserTo');
    });
  }

  it('is one of which Auth0 says so', async () => {
    assert.deepEqual(await run({}, { answers: { 'redirect.canRedirect': () => false } }), PAGE_NEEDED);
    const withoutCanRedirect = { 'redirect.canRedirect': undefined }; // a version of the trigger that has none
    assert.deepEqual(await run({}, { answers: withoutCanRedirect }), SENT);
    assert.deepEqual(await run(SILENT, { answers: withoutCanRedirect }), PAGE_NEEDED);
  });

  it('is not challenged where a refresh token is exchanged, but checked', async () => {
    assert.deepEqual(await run(REFRESH, {}), []);
    assert.deepEqual(names(), ['AccountProtectionCheck']);
    assert.deepEqual(await run({ ...REFRESH, ...ADMIN }, { secrets: { ...BY_ROLE, CHALLENGE_SECRET: '' } }), []);
    answers.AccountProtectionCheck = [200, { locked: true, status: 'LOCKED' }];
    const secrets = { UNLOCK_PAGE: `https://${HOST}/requests/` };
    assert.deepEqual(await run(REFRESH, { secrets }), DENIED);
  });
});

describe("A second factor of Auth0's own", () => {
  const secrets = { ...BY_ROLE, CHALLENGE_SECRET: '' };

  it('is asked for once in a session, of who has the role', async () => {
    const session = newSession();
    assert.deepEqual(await run({}, { session, secrets }), []);
    assert.deepEqual(await run(ADMIN, { session, secrets }), FACTOR_WANTED);
    assert.equal(session.methods.at(-1).name, 'mfa');
    for (const patch of [{}, SILENT, ANOTHER_APPLICATION]) {
      assert.deepEqual(await run({ ...ADMIN, ...patch }, { session, secrets }), []);
      assert.deepEqual(names(), ['AccountProtectionCheck']);
    }
  });

  it('is asked for again after CHALLENGE_AGAIN_AFTER', async () => {
    const session = () => newSession({ name: 'mfa', type: 'otp', timestamp: minutesAgo(31) });
    assert.deepEqual(await run(ADMIN, { session: session(), secrets }), []);
    assert.deepEqual(await run(ADMIN, { session: session(), secrets: { ...secrets, CHALLENGE_AGAIN_AFTER: '30' } }), FACTOR_WANTED);
  });
});

describe('What is tracked', () => {
  it('is the device that the application names, as the npm client tells it', async () => {
    await run({ request: { query: { device_id: 'phone-1' } } });
    assert.equal(asked[0].body.deviceId, 'phone-1');
    await run({});
    assert.ok(!('deviceId' in asked[0].body));
  });
});

describe('A challenge at the reset of a password', () => {
  it('is asked for, and records nothing, for there is no session', async () => {
    answers['auth0-password-reset'] = [200, { state: 'CHALLENGE_REQUIRED', url: PAGE }];
    const trigger = 'password-reset-post-challenge';
    assert.ok(TRIGGERS[trigger].api.every((name) => !name.endsWith('recordMethod')));
    assert.deepEqual(await run({}, { trigger }), SENT);
    assert.deepEqual(await run(ANSWER, { trigger }), SENT);
    assert.deepEqual(await run(ANSWER, { trigger, resumed: true }), []);
  });
});
