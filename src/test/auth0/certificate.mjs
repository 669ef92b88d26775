/** A key and a self-signed certificate for a test, in a folder that goes with the test. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';

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

/**
 * The root of the certificate chain that our own server at this port presents, as PEM: how one gets a certificate out of
 * a PKCS12 file with Node alone. Nothing is verified here because nothing is trusted yet, and nothing is sent.
 */
export async function rootOf(port) {
  const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  let certificate = socket.getPeerCertificate(true);
  socket.destroy();
  while (certificate.issuerCertificate && certificate.issuerCertificate !== certificate) {
    certificate = certificate.issuerCertificate;
  }
  return `-----BEGIN CERTIFICATE-----\n${certificate.raw.toString('base64')}\n-----END CERTIFICATE-----\n`;
}
