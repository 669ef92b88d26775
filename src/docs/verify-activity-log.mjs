// Verifies a company's activity log without trusting the server: node verify-activity-log.mjs
// Environment: SERVER, TOKEN (an administrator's), COMPANY (its id).
// Prints how many entries are chained, and the hash of the last; ends with 1 at the first fault.
import { createHash } from 'node:crypto';

const { SERVER, TOKEN, COMPANY } = process.env;

// RFC 8785, for the strings, whole numbers and objects that entries are made of.
const canonical = (value) =>
  value !== null && typeof value === 'object'
    ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
    : JSON.stringify(value);

const hashOf = (link) => createHash('sha256').update(canonical(link)).digest('hex');

const pageFrom = async (number) => {
  const address = `${SERVER}/api/v1/companies/${COMPANY}/activity/chain?from=${number}&pageSize=200`;
  const answer = await fetch(address, { headers: { Authorization: `Bearer ${TOKEN}` } });
  if (!answer.ok) throw new Error(`${answer.status} from ${address}`);
  return answer.json();
};

let expected = 1;
let previousHash = '0'.repeat(64);
for (let page = await pageFrom(1); page.items.length > 0; page = await pageFrom(expected)) {
  for (const { number, hash, entry } of page.items) {
    if (number !== expected || hash !== hashOf({ entry, number, previousHash })) {
      console.error(`Entry ${expected} is missing or altered.`);
      process.exit(1);
    }
    expected++;
    previousHash = hash;
  }
}
console.log(`${expected - 1} ${previousHash}`);
