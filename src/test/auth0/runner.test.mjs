/** Auth0 as the runner plays it, for Actions of customers' own, too. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { TRIGGERS, consequences, eventFor, play } from '../../main/auth0/runner.mjs';

const folder = mkdtempSync(join(tmpdir(), 'drawbridge-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;

/** Runs the statements as an Action of the trigger. */
async function run(trigger, statements, { patch, resumed, cache, session } = {}) {
  const { execute, resume } = TRIGGERS[trigger];
  const action = join(folder, `action-${files++}.js`);
  writeFileSync(action, `exports.${resumed ? resume : execute} = async (event, api) => { ${statements} };`);
  const event = eventFor(trigger, patch, { SECRET: 'shared' });
  return play({ trigger, action, event, require: createRequire(action), resumed, cache, session });
}

describe('The runner', () => {
  it("asks for a second factor by role, as Auth0's own example does", async () => {
    const byRole = 'if (event.authorization?.roles.includes("Admin")) api.multifactor.enable("any");';
    const admin = await run('post-login', byRole, { patch: { authorization: { roles: ['Admin'] } } });
    assert.deepEqual(consequences('post-login', admin), ['ask for a second factor: any', 'go on']);
    assert.deepEqual(consequences('post-login', await run('post-login', byRole)), ['go on']);
  });

  it('has each trigger call what its api has, and nothing else', async () => {
    for (const trigger of Object.keys(TRIGGERS)) {
      const all = TRIGGERS[trigger].api.filter((name) => !/^(redirect|cache)|recordMethod$/.test(name)).map((name) => `api.${name}('x', 'y');`);
      assert.equal((await run(trigger, all.join(' '))).error, null);
      assert.match((await run(trigger, 'api.multifactor.disable();')).error, /not a function|undefined/);
    }
    assert.match((await run('post-change-password', 'api.access.deny("x");')).error, /undefined/);
  });

  it('keeps what is cached from one run to the next, for as long as was said', async () => {
    const cache = new Map();
    await run('post-login', 'api.cache.set("a", "1"); api.cache.set("b", "2", { ttl: -1 });', { cache });
    const read = 'console.log(api.cache.get("a").value, api.cache.get("b"), api.cache.delete("a").type, api.cache.get("a"));';
    assert.deepEqual((await run('post-login', read, { cache })).logs, ['1 undefined success undefined']);
  });

  it('sends a person away with a token and the state, and takes back only a token that belongs to it', async () => {
    const sends = 'const token = api.redirect.encodeToken({ secret: event.secrets.SECRET, payload: { a: 1, state: "abc" } });'
      + ' console.log(token); api.redirect.sendUserTo("https://app.example.com/more?x=1", { query: { session_token: token } });';
    const sent = await run('post-login', sends);
    assert.match(consequences('post-login', sent)[0], /^send the person to https:\/\/app\.example\.com\/more\?x=1&session_token=[\w.-]+&state=\w+$/);
    const takes = 'console.log(api.redirect.validateToken({ secret: event.secrets.SECRET }).a);';
    const back = (query) => run('post-login', takes, { patch: { request: { query } }, resumed: true });
    const [session_token] = sent.logs;
    assert.deepEqual((await back({ session_token, state: 'abc' })).logs, ['1']);
    assert.match((await back({ session_token, state: 'other' })).error, /State in the token/);
    assert.match((await back({ session_token: `${session_token}x`, state: 'abc' })).error, /invalid/);
    assert.match((await back({ state: 'abc' })).error, /invalid/);
  });

  it('remembers in the session what was recorded, for a run of another application, too', async () => {
    const session = { methods: [{ name: 'pwd', timestamp: '2024-05-01T12:00:00.000Z' }] };
    const records = 'api.authentication.recordMethod("https://api.example.com/challenge/"); api.access.deny("no");';
    const recorded = await run('post-login', records, { session, resumed: true });
    assert.deepEqual(consequences('post-login', recorded), ['remember in the session: https://api.example.com/challenge/', 'deny, with "no"']);
    const tells = 'console.log(event.authentication.methods.map(({ name }) => name).join());';
    const patch = { client: { client_id: 'another' }, request: { query: { prompt: 'none' } } };
    assert.deepEqual((await run('post-login', tells, { session, patch })).logs, ['pwd,https://api.example.com/challenge/']);
    assert.ok(Date.now() - Date.parse(session.methods[1].timestamp) < 5000);
  });

  it('records only of who is back from a redirect, and only an address', async () => {
    const records = (method) => `api.authentication.recordMethod("${method}");`;
    assert.match((await run('post-login', records('https://api.example.com/'))).error, /back from a redirect/);
    assert.match((await run('post-login', records('passkey'), { resumed: true })).error, /takes an address/);
  });

  it('remembers a second factor that was asked for, where there is a page to ask on', async () => {
    const asks = 'api.multifactor.enable("any");';
    const names = async (transaction, statements = asks) => {
      const session = { methods: [] };
      await run('post-login', statements, { session, patch: { transaction } });
      return session.methods.map(({ name }) => name);
    };
    assert.deepEqual(await names({}), ['mfa']);
    assert.deepEqual(await names({ prompt: ['none'] }), []);
    assert.deepEqual(await names({ protocol: 'oauth2-password' }), []);
    assert.deepEqual(await names({}, `${asks} api.access.deny("no");`), []);
  });

  it('sends nobody anywhere from a flow without a page', async () => {
    const sends = 'console.log(api.redirect.canRedirect()); api.redirect.sendUserTo("https://app.example.com/");';
    for (const patch of [
      { transaction: { prompt: ['none'] } }, { request: { query: { prompt: 'none' } } }, { transaction: { protocol: 'oauth2-refresh-token' } },
    ]) {
      const sent = await run('post-login', sends, { patch });
      assert.deepEqual(sent.logs, ['false']);
      assert.deepEqual(consequences('post-login', sent, eventFor('post-login', patch)), ['fail the flow with interaction_required']);
    }
  });

  it('fails a flow whose Action fails, and tells why', async () => {
    const failed = await run('post-login', 'event.absent.member;');
    assert.match(consequences('post-login', failed)[0], /^fail the flow, because the Action failed: .*absent|undefined/);
  });

  it('tells the consequences of claims, metadata, denials and messages', async () => {
    const calls = 'api.idToken.setCustomClaim("a", 1); api.user.setAppMetadata("b", true); api.access.deny("no");';
    assert.deepEqual(consequences('post-login', await run('post-login', calls)), [
      'put "a": 1 into the idToken', 'keep "b": true as AppMetadata', 'deny, with "no"',
    ]);
    const retried = await run('custom-phone-provider', 'api.notification.retry("x");');
    assert.deepEqual(consequences('custom-phone-provider', retried), ['have the message tried again']);
  });
});
