/** The TLS-terminating proxy before the server, and the faults a network has. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootOf } from './certificate.mjs';

/**
 * Each fault answers one request. All but `status` let the server see the request first: what is lost is its answer,
 * which is the case a retry has to be safe for. `refuse` and `reset` are not here, they come before any request.
 */
const FAULTS = {
  async delay(response, forward, { ms }) {
    const answer = await forward();
    await sleep(ms);
    send(response, answer);
  },
  async status(response, forward, { status = 503 }) {
    send(response, { status, headers: {}, body: '' });
  },
  async garbage(response, forward) {
    send(response, { ...(await forward()), body: '<html>not what you asked for</html>' });
  },
  async cut(response, forward) {
    const { status, headers, body } = await forward();
    response.writeHead(status, { ...endToEnd(headers), 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
  },
};

/**
 * Starts the proxy on a free loopback port. `fault` is `{kind, times}`: the first `times` requests (for `reset`:
 * connections) suffer it, the rest pass; without `times` all do. `jtis` grows by the token's jti of each request seen.
 * `onError` hears of what went wrong in the proxy itself.
 */
export async function startProxy({ p12, p12Password, serverPort, fault, onError }) {
  const kinds = [...Object.keys(FAULTS), 'refuse', 'reset'];
  if (fault && !kinds.includes(fault.kind)) throw new Error(`fault.kind is none of ${kinds.join(', ')}`);

  const jtis = [];
  const struck = (count) => count <= (fault?.times ?? Infinity);
  const exchange = async (request, response) => {
    const strike = struck(jtis.push(jtiOf(request))) && FAULTS[fault?.kind];
    const forward = () => forwarded(request, serverPort);
    if (strike) await strike(response, forward, fault);
    else send(response, await forward());
  };
  const server = https.createServer(
    { pfx: readFileSync(p12), passphrase: p12Password },
    (request, response) => exchange(request, response).catch(onError),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const ca = await rootOf(port);

  if (fault?.kind === 'refuse') server.close();
  if (fault?.kind === 'reset') {
    let connections = 0;
    server.prependListener('connection', (socket) => struck(++connections) && socket.resetAndDestroy());
  }
  return { port, ca, jtis };
}

function jtiOf({ headers }) {
  try {
    const [, payload] = headers['x-nl3-authorization-token'].split('.');
    return JSON.parse(Buffer.from(payload, 'base64url')).jti;
  } catch {
    return null; // no token that could have one
  }
}

async function forwarded(request, port) {
  const { method, url: path } = request;
  const headers = { ...request.headers, 'x-forwarded-proto': 'https' };
  try {
    const onward = http.request({ host: '127.0.0.1', port, method, path, headers });
    onward.end(await buffer(request));
    const [answer] = await once(onward, 'response');
    return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
  } catch (error) {
    const body = Buffer.from(`the proxy could not reach the server: ${error.code ?? error.message}`);
    return { status: 502, headers: {}, body };
  }
}

function send(response, { status, headers, body }) {
  response.writeHead(status, endToEnd(headers)).end(body);
}

/** What is left of an answer's headers after those that describe one connection only. */
function endToEnd({ 'transfer-encoding': coding, 'content-length': length, connection, ...headers }) {
  return headers;
}
