// Reads {apiUrl, secret, calls: [[method, request], …]}; prints, for each call, {result} or {error} as the client gives it.
import {Authsignal} from '@authsignal/node';
import {readFileSync} from 'node:fs';

const {apiUrl, secret, calls} = JSON.parse(readFileSync(0, 'utf8'));
const client = new Authsignal({apiSecretKey: secret, apiUrl, retries: 0});
const answers = [];
for (const [method, request] of calls) {
  try {
    answers.push({result: (await client[method](request)) ?? null});
  } catch ({name, statusCode, errorCode, errorDescription}) {
    answers.push({error: {name, statusCode, errorCode, errorDescription: errorDescription ?? null}});
  }
}
console.log(JSON.stringify(answers));
