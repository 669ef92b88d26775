// Plays Auth0 around the helpers of the oldest client in use, 0.0.48, which verifies tokens by itself. Reads
// {phase: 'execute' | 'continue' | 'enrol', secret, apiUrl, redirectUrl, event}; prints {redirect, denied, recorded, error, result}.
import * as old from 'authsignal-0.0.48';
import jwt from 'jsonwebtoken';
import {readFileSync} from 'node:fs';

const {phase, secret, apiUrl: apiBaseUrl, redirectUrl, event, request} = JSON.parse(readFileSync(0, 'utf8'));
const done = {redirect: null, denied: null, recorded: null, error: null, result: null};
const client = new old.Authsignal({secret, apiBaseUrl});
const api = {
  redirect: {
    sendUserTo: (url) => { done.redirect = url; },
    // As Auth0 documents it: signed with the secret, not expired, of this user, for this redirect.
    validateToken: ({secret: key, tokenParameterName}) => {
      const payload = jwt.verify(event.request.query[tokenParameterName], key, {algorithms: ['HS256']});
      if (payload.state !== event.request.query.state || payload.sub !== event.user.user_id || !payload.iss) {
        throw new Error('The token is for another redirect');
      }
      return payload;
    },
  },
  access: {deny: (reason) => { done.denied = reason; }},
  authentication: {recordMethod: (url) => { done.recorded = url; }},
};
try {
  if (phase === 'enrol') {
    done.result = await client.enrollVerifiedAuthenticator(request);
  } else {
    event.secrets = {AUTHSIGNAL_SECRET: secret};
    event.request = {hostname: 'acme.eu.auth0.com', ip: '192.0.2.1', user_agent: 'Auth0 test', query: {}, ...event.request};
    if (phase === 'execute') {
      await old.handleAuth0ExecutePostLogin(event, api, {apiBaseUrl, redirectUrl});
    } else {
      await old.handleAuth0ContinuePostLogin(event, api, {apiBaseUrl});
      done.result = await client.validateChallenge({token: event.request.query.token, userId: event.user.user_id});
    }
  }
} catch (error) {
  done.error = error.message;
}
console.log(JSON.stringify(done));
