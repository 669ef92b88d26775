// Plays Auth0 around the client's own helpers. Reads {phase: 'execute' | 'continue', secret, apiUrl, redirectUrl, event};
// prints what the helper had Auth0 do: {redirect, denied, recorded}.
import {handleAuth0ContinuePostLogin, handleAuth0ExecutePostLogin} from '@authsignal/node';
import {readFileSync} from 'node:fs';

const {phase, secret, apiUrl, redirectUrl, event} = JSON.parse(readFileSync(0, 'utf8'));
const done = {redirect: null, denied: null, recorded: null};
const api = {
  redirect: {sendUserTo: (url) => { done.redirect = url; }},
  access: {deny: (reason) => { done.denied = reason; }},
  authentication: {recordMethod: (url) => { done.recorded = url; }},
};
event.secrets = {AUTHSIGNAL_SECRET: secret};
event.request = {hostname: 'acme.eu.auth0.com', ip: '192.0.2.1', user_agent: 'Auth0 test', query: {}, ...event.request};
await (phase === 'execute'
  ? handleAuth0ExecutePostLogin(event, api, {apiUrl, redirectUrl})
  : handleAuth0ContinuePostLogin(event, api, {apiUrl}));
console.log(JSON.stringify(done));
