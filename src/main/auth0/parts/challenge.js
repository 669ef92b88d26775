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
