import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { certificateFor, PASSWORD } from './certificate.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ACTION = here('../../main/auth0/post-login/action.js');
const GUIDE = here('guide-action.js');
const HOST = 'api.drawbridge.test';
const SECRETS = {
  API_PATH: '/v1/AccountProtectionCheck', APP_URI: 'app.example.com', CLIENT_ID: 'test-client',
  ERROR_MESSAGE: 'Login failed',
  SIGNING_KEY: Buffer.from('a signing key of thirty-two bytes').toString('base64'),
};

const p12 = certificateFor(HOST);

/** The harness as a Java test calls it, before a server that gives the same answer to everyone. */
async function harness(answer, scenario) {
  const seen = [];
  const server = http.createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const child = spawn(process.execPath, [here('harness.mjs')]);
  child.stdin.end(JSON.stringify({
    action: ACTION, serverPort: server.address().port, p12, p12Password: PASSWORD, apiHost: HOST,
    njwtFolder: process.env.NODE_MODULES_FOLDER ?? here('.'), secrets: SECRETS, ...scenario,
  }));
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  server.close();
  return { code, err, seen, result: out && JSON.parse(out) };
}

const LOCKED = '{"locked":true,"sessionID":"abc"}';
const UNLOCKED = '{"locked":false,"sessionID":"abc"}';

describe('The harness', { concurrency: 4 }, () => {
  for (const [name, action] of [['our Action', ACTION], ["the guide's Action", GUIDE]]) {
    it(`shows ${name} denying a locked account and allowing an unlocked one`, async () => {
      const [locked, unlocked] = [await harness(LOCKED, { action }), await harness(UNLOCKED, { action })];
      assert.equal(locked.code, 0, locked.err);
      assert.equal(locked.result.denied, true);
      assert.equal(locked.result.reason, 'Login failed');
      assert.deepEqual(locked.result.calls, [{ name: 'access.deny', args: ['Login failed'] }]);
      assert.equal(unlocked.result.denied, false);
      assert.equal(unlocked.result.error, null);
      assert.equal(unlocked.result.requests, 1);
      assert.equal(unlocked.seen[0]['x-forwarded-proto'], 'https');
      assert.equal(unlocked.seen[0].host, HOST);
    });
  }

  it("shows the guide's Action letting a locked account in for a 404 in the answer", async () => {
    const { result } = await harness('{"locked":true,"sessionID":"a404"}', { action: GUIDE });
    assert.equal(result.denied, false);
    assert.equal(result.error, null);
  });

  it("tells of the guide's Action's crash, without a geoip and without a server", async () => {
    const noGeoip = await harness(LOCKED, { action: GUIDE, event: { request: { geoip: null } } });
    assert.match(noGeoip.result.error, /cityName/);
    const refused = await harness(LOCKED, { action: GUIDE, fault: { kind: 'refuse' } });
    assert.match(refused.result.error, /ECONNREFUSED/);
    assert.equal(refused.code, 0);
  });

  for (const [fault, seenByServer, requests] of [
    [{ kind: 'status', times: 1 }, 1, 2],
    [{ kind: 'garbage', times: 1 }, 2, 2],
    [{ kind: 'cut', times: 1 }, 2, 2],
    [{ kind: 'delay', ms: 2800, times: 1 }, 2, 2],
    [{ kind: 'reset', times: 1 }, 1, 1],
  ]) {
    it(`injects a ${fault.kind} and passes the retry through`, async () => {
      const { result, seen } = await harness(LOCKED, { fault });
      assert.equal(result.denied, true);
      assert.match(result.logs[0], /^drawbridge: check denied session=abc ms=\d+ retried=/);
      assert.equal(result.requests, requests);
      assert.equal(result.sameJti, true);
      assert.equal(seen.length, seenByServer);
    });
  }

  it('injects a refused connection', async () => {
    const { result } = await harness(UNLOCKED, { fault: { kind: 'refuse' } });
    assert.equal(result.denied, true);
    assert.match(result.logs[0], /cause=ECONNREFUSED,ECONNREFUSED/);
    assert.equal(result.requests, 0);
  });

  it('plays several logins, each with its own jti', async () => {
    const { result } = await harness(UNLOCKED, { repeat: 3 });
    assert.equal(result.runs.length, 3);
    assert.equal(new Set(result.runs.flatMap(({ jtis }) => jtis)).size, 3);
  });

  for (const [title, scenario, message] of [
    ['no action', { action: undefined }, /no action/],
    ['an action that is no file', { action: here('nowhere.js') }, /ENOENT/],
    ['an action that exports nothing', { action: here('package.json') }, /./],
    ['no njwt', { njwtFolder: '/' }, /njwt/],
    ['a wrong password', { p12Password: 'wrong' }, /mac verify/],
    ['an unknown fault', { fault: { kind: 'earthquake' } }, /fault\.kind/],
    ['an Action that calls elsewhere', { secrets: { ...SECRETS, API_HOST: 'else.example' } }, /else\.example:443/],
  ]) {
    it(`fails for ${title}`, async () => {
      const { code, err, result } = await harness(LOCKED, scenario);
      assert.equal(code, 1);
      assert.match(err, message);
      assert.equal(result, '');
    });
  }
});
