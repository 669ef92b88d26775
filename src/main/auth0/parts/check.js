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
