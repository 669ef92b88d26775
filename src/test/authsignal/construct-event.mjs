// Reads {secret, payload, signature, tolerance?}; prints the event that the client makes of it, or its error.
import {Authsignal} from '@authsignal/node';
import {readFileSync} from 'node:fs';

const {secret, payload, signature, tolerance} = JSON.parse(readFileSync(0, 'utf8'));
const client = new Authsignal({apiSecretKey: secret, apiUrl: 'https://drawbridge.example.com/authsignal/v1'});
try {
  console.log(JSON.stringify(client.webhook.constructEvent(payload, signature, tolerance)));
} catch (error) {
  console.log(JSON.stringify({error: error.message}));
}
