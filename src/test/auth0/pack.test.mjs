/** What holds for the Action of every trigger, whatever Auth0 tells it and whatever it is answered. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TRIGGERS, eventFor, play, requireFor } from '../../main/auth0/runner.mjs';

const HOST = 'api.drawbridge.test';
const SECRETS = {
  API_HOST: HOST, APP_URI: 'https://app.example.com',
  SIGNING_KEY: Buffer.from('a signing key of thirty-two bytes').toString('base64'),
};
const PRIVATE = [SECRETS.SIGNING_KEY, 'body-secret', 'query-secret', 'ana@example.com', '+15550100', '123456', 'auth0|5f7c'];

const LOCKED = { locked: true, sessionID: 'abc', status: 'LOCKED' };
const UNLOCKED = { locked: false, sessionID: 'abc', status: 'UNLOCKED' };
const NOTHING = () => [];
const denies = (...args) => [{ name: 'access.deny', args }];
const keeps = (registration) => [{ name: 'user.setAppMetadata', args: ['drawbridge', { registration }] }];

/** For each trigger the answers that say yes and no, and what the Action does then, and without an answer. */
const DECISIONS = {
  'post-login': { yes: UNLOCKED, no: LOCKED, allowed: NOTHING, denied: () => denies('Login failed') },
  'credentials-exchange': {
    yes: UNLOCKED, no: LOCKED, allowed: NOTHING, denied: () => denies('invalid_request', 'Token denied'),
    closed: () => denies('server_error', 'Token denied'),
  },
  'password-reset-post-challenge': {
    yes: UNLOCKED, no: LOCKED, allowed: NOTHING, denied: () => denies('Password reset failed'),
  },
  'pre-user-registration': {
    yes: { allowed: true, reason: 'ALLOWED' }, no: { allowed: false, reason: 'DOMAIN_DENIED' },
    allowed: () => keeps('ALLOWED'), open: () => keeps('UNCHECKED'),
    denied: () => denies('DOMAIN_DENIED', 'Registration failed'),
    closed: () => denies('drawbridge_unavailable', 'Registration failed'),
  },
};

/** These decide nothing; the answer only says that it is done. */
const TASKS = {
  'post-user-registration': { status: 201, answer: { mailed: true } },
  'post-change-password': { status: 200, answer: { status: 'LOCKED' } },
  'send-phone-message': { status: 202, answer: { accepted: true } },
  'custom-phone-provider': { status: 202, answer: { accepted: true } },
};

let answer;
let asked; // the body of the latest question
const sockets = new Set();
const service = http.createServer(async (request, response) => {
  asked = await text(request);
  answer(response, request);
});
service.on('connection', (socket) => sockets.add(socket));
const says = (status, body) => (response) => response.writeHead(status).end(body);
const json = (status, body) => says(status, JSON.stringify(body));

before(async () => {
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
});
after(() => {
  service.close();
  sockets.forEach((socket) => socket.destroy());
});

async function run(trigger, { event, patch, secrets, resumed } = {}) {
  const { port } = service.address();
  const result = await play({
    trigger,
    action: fileURLToPath(new URL(`../../main/auth0/${TRIGGERS[trigger].folder ?? trigger}/action.js`, import.meta.url)),
    event: event ?? eventFor(trigger, patch, { ...SECRETS, ...secrets }),
    require: requireFor({ modules: '.', apiHost: HOST, port, plain: true }),
    resumed,
  });
  if (trigger !== 'send-phone-message') assert.equal(result.error, null);
  assert.ok(result.logs.every((line) => line.length <= 256), `a long line: ${result.logs}`);
  const told = [...result.logs, result.error ?? ''].join();
  for (const secret of PRIVATE) assert.ok(!told.includes(secret), `${secret} is told: ${told}`);
  return result;
}

const open = { FAIL_OPEN: 'true' };
const of = ({ allowed, denied, open: opened = allowed, closed = denied }) => ({ opened, closed });

/** Every path to a member of a value. */
function pathsOf(value, path = []) {
  if (Object(value) !== value) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))];
}

/** The event with something else at the path. */
function changed(event, path, value) {
  if (path.length === 0) return value;
  const copy = structuredClone(event);
  const holder = path.slice(0, -1).reduce((object, name) => object[name], copy);
  if (value === undefined) delete holder[path.at(-1)];
  else holder[path.at(-1)] = value;
  return copy;
}

const OTHER_TYPES = [undefined, null, 42, '', true, ['x'], { toJSON: 1 }, 10n];

/** Every event with one member absent or of another type. */
function* strangeEvents(trigger) {
  const event = eventFor(trigger, {}, SECRETS);
  for (const path of pathsOf(event)) {
    for (const value of OTHER_TYPES) yield { path, event: changed(event, path, value) };
  }
}

describe('Every Action of the pack', () => {
  it('has the parts that it shares with others as they are', () => {
    execFileSync(process.execPath, [fileURLToPath(new URL('../../main/auth0/bundle.mjs', import.meta.url)), '--check']);
  });
});

for (const [trigger, decision] of Object.entries(DECISIONS)) {
  const { opened, closed } = of(decision);

  describe(`The Action for ${trigger}`, () => {
    it('does what the answer says', async () => {
      for (const secrets of [{}, open]) {
        answer = json(200, decision.yes);
        assert.deepEqual((await run(trigger, { secrets })).calls, decision.allowed());
        answer = json(200, decision.no);
        assert.deepEqual((await run(trigger, { secrets })).calls, decision.denied());
      }
    });

    it('denies what was denied, whatever the event is like', async () => {
      answer = json(200, decision.no);
      for (const { path, event } of strangeEvents(trigger)) {
        const { calls } = await run(trigger, { event });
        assert.equal(calls.filter(({ name }) => name === 'access.deny').length, 1, `${path} ${JSON.stringify(calls)}`);
      }
    });

    it('lets go on what was allowed, whatever the event is like, where it fails open', async () => {
      answer = json(200, decision.yes);
      for (const { path, event } of strangeEvents(trigger)) {
        if (path[0] === 'secrets' || path.length === 0) continue;
        const { calls } = await run(trigger, { event: { ...event, secrets: { ...SECRETS, ...open } } });
        assert.ok(calls.every(({ name }) => name !== 'access.deny'), `${path} ${JSON.stringify(calls)}`);
      }
    });

    it('is decided by a 200 alone', async () => {
      for (const status of statuses()) {
        answer = says(status, [204, 304].includes(status) ? undefined : JSON.stringify(decision.yes));
        const { calls, logs } = await run(trigger);
        assert.deepEqual(calls, status === 200 ? decision.allowed() : closed(), `${status} ${logs}`);
        assert.deepEqual((await run(trigger, { secrets: open })).calls, status === 200 ? decision.allowed() : opened());
      }
    });

    for (const [title, body] of Object.entries(badBodies(decision.yes))) {
      it(`takes ${title} for no answer`, async () => {
        answer = says(200, body);
        assert.deepEqual((await run(trigger)).calls, closed());
        assert.deepEqual((await run(trigger, { secrets: open })).calls, opened());
      });
    }

    it('does not mind a 404 in the answer', async () => {
      answer = json(200, { ...decision.no, sessionID: '404', note: '404' });
      assert.equal((await run(trigger, { secrets: open })).denied, true);
      answer = json(200, { ...decision.yes, sessionID: '404', note: '404' });
      assert.equal((await run(trigger)).denied, false);
    });

    it('asks about a client that Auth0 does not tell, and not about those it is not for', async () => {
      answer = json(200, decision.no);
      const secrets = { CLIENT_ID: 'other' };
      assert.equal((await run(trigger, { secrets })).denied, false);
      if (trigger !== 'credentials-exchange') {
        assert.equal((await run(trigger, { secrets, patch: { client: null } })).denied, true);
      }
    });
  });
}

for (const [trigger, { status: good, answer: body }] of Object.entries(TASKS)) {
  const failed = ({ calls, error, logs }) => calls.every(({ name }) => /^notification\.(retry|drop)$/.test(name))
    && (trigger !== 'send-phone-message' || (error !== null) === logs.join().includes(' failed '));

  describe(`The Action for ${trigger}`, () => {
    it('has it done, and says so', async () => {
      answer = json(good, body);
      const { calls, logs, error } = await run(trigger);
      assert.deepEqual(calls, []);
      assert.equal(error, null);
      assert.match(logs.join('|'), /^drawbridge: [a-z-]+ done ms=\d+$/);
    });

    it('does what it can, whatever the event is like', async () => {
      answer = json(good, body);
      for (const { path, event } of strangeEvents(trigger)) {
        assert.ok(failed(await run(trigger, { event })), String(path));
      }
    });

    it('says so where it was not done, whatever was answered', async () => {
      for (const status of statuses().filter((s) => ![200, 201, 202].includes(s))) {
        answer = says(status, [204, 304].includes(status) ? undefined : JSON.stringify(body));
        const result = await run(trigger);
        assert.ok(failed(result));
        assert.match(result.logs.join('|'), new RegExp(`^drawbridge: [a-z-]+ failed cause=http-${status}(,http-${status})? ms=\\d+$`));
      }
      for (const [title, bad] of Object.entries(badBodies(body))) {
        // The status says that it is done; what else an object tells is of no use here.
        if (['an empty object', 'an array', 'texts for booleans'].includes(title)) continue;
        answer = says(good, bad);
        const result = await run(trigger);
        assert.ok(failed(result), title);
        assert.match(result.logs.join('|'), / failed cause=/);
      }
    });
  });
}

describe('The Action for post-change-password', () => {
  const time = '2026-03-01T08:00:00.000Z';
  for (const [app_metadata, told] of [
    [null, { breached: false }],
    [{ password_breached: false }, { breached: false }],
    [{ password_breached: 'true' }, { breached: false }],
    [{ password_breached: true }, { breached: true }],
    [{ password_breached_at: time }, { breached: true, breachedAt: time }],
    [{ password_breached: true, password_breached_at: '2026-03-01T09:00+01:00' }, { breached: true, breachedAt: time }],
    [{ password_breached_at: Date.parse(time) }, { breached: true, breachedAt: time }],
    [{ password_breached_at: 'last week' }, { breached: true }],
    [{ password_breached_at: 9e15 }, { breached: true }],
    [{ password_breached_at: '' }, { breached: false }],
  ]) {
    it(`passes on what the tenant knows of a breach: ${JSON.stringify(app_metadata)}`, async () => {
      answer = json(200, { status: 'LOCKED' });
      await run('post-change-password', { patch: { user: { app_metadata } } });
      assert.deepEqual(JSON.parse(asked), told);
    });
  }
});

describe('The Action for send-phone-message', () => {
  const causes = {
    'too many messages': [says(429, '{}'), {}, 'http-429'],
    'a wrong key': [says(401, '{}'), {}, 'http-401'],
    'a service that is out of order': [says(503, '{}'), {}, 'http-503,http-503'],
    'a call, which Drawbridge cannot make': [json(202, {}), { message_options: { message_type: 'voice' } }, 'voice'],
    'no text': [json(202, {}), { message_options: { text: null } }, 'no-text'],
  };
  for (const [title, [given, patch, cause]] of Object.entries(causes)) {
    it(`has Auth0 know that no code is on its way: ${title}`, async () => {
      answer = given;
      const { error, logs } = await run('send-phone-message', { patch });
      assert.equal(error, `drawbridge: the message was not sent (${cause})`);
      assert.match(logs.join('|'), new RegExp(`^drawbridge: phone-message failed cause=${cause} ms=\\d+$`));
    });
  }
});

function statuses() {
  return [...range(200, 208), 226, ...range(300, 308), ...range(400, 418), ...range(421, 431), 451, ...range(500, 511), 599];
}

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function badBodies(good) {
  const whole = JSON.stringify(good);
  return {
    'HTML': '<!doctype html><title>404 Not Found</title>',
    'nothing': '',
    'half of it': whole.slice(0, whole.length / 2),
    'JSON of another type': '"locked"',
    'null': 'null',
    'an empty object': '{}',
    'an array': '[]',
    'bytes that are no text': Buffer.from([0xff, 0xfe, 0x00]),
    'texts for booleans': JSON.stringify(Object.fromEntries(Object.entries(good).map(([name, v]) => [name, String(v)]))),
    'an endless answer': `${whole}${' '.repeat(200_000)}`,
  };
}

describe('An Action whose service says nothing', () => {
  const silences = {
    'is silent': () => {},
    'drips': (response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 100);
      response.once('close', () => clearInterval(drip));
    },
    'switches protocols': ({ socket }) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
  };
  for (const [title, silence] of Object.entries(silences)) {
    it(`ends within its time, and as configured, where the service ${title}`, async () => {
      answer = silence;
      const runs = Object.keys(TRIGGERS).flatMap((trigger) => [{}, open].map(async (secrets) => {
        const { calls, ms } = await run(trigger, { secrets });
        assert.ok(ms < 6000, `${trigger} took ${ms} ms`);
        const decision = DECISIONS[trigger];
        if (decision) assert.deepEqual(calls, secrets === open ? of(decision).opened() : of(decision).closed());
      }));
      await Promise.all(runs);
    });
  }
});
