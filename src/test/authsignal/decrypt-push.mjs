// Reads {body, privateKey, auth, authorization, endpoint}, binary in base64url; prints what the browser would show, and whose it is.
import {createECDH, createPublicKey, verify} from 'node:crypto';
import {readFileSync} from 'node:fs';
import ece from 'http_ece';

const {body, privateKey, auth, authorization} = JSON.parse(readFileSync(0, 'utf8'));
const own = createECDH('prime256v1');
own.setPrivateKey(privateKey, 'base64url');
const text = ece.decrypt(Buffer.from(body, 'base64url'), {version: 'aes128gcm', privateKey: own, authSecret: auth}).toString('utf8');

// RFC 8292 section 3: vapid t=<JWT>,k=<public key>
const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization);
const point = Buffer.from(key, 'base64url');
const jwk = {kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url')};
const [header, claims, signature] = token.split('.');
const isSigned = verify('sha256', Buffer.from(`${header}.${claims}`),
  {key: createPublicKey({key: jwk, format: 'jwk'}), dsaEncoding: 'ieee-p1363'}, Buffer.from(signature, 'base64url'));
console.log(JSON.stringify({notice: JSON.parse(text), claims: JSON.parse(Buffer.from(claims, 'base64url')), isSigned, key}));
