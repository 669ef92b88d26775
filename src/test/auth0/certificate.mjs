/** A key and a self-signed certificate for a test, in a folder that goes with the test. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PASSWORD = 'changeit';

/** The path of a new PKCS12 file for `host`; made by the JDK, so that no openssl is needed. */
export function certificateFor(host) {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const p12 = join(folder, 'server.p12');
  const keytool = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'keytool') : 'keytool';
  execFileSync(keytool, [
    '-genkeypair', '-alias', 'server', '-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '2',
    '-dname', `CN=${host}`, '-ext', `SAN=dns:${host},ip:127.0.0.1`,
    '-storetype', 'PKCS12', '-keystore', p12, '-storepass', PASSWORD,
  ], { stdio: 'pipe' });
  return p12;
}
