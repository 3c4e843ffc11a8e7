import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** A key and a certificate with those above it, as a web server is given them. */
export interface Certificate {
  readonly key: string;
  /** The certificate itself, then those of its issuers without the last one. */
  readonly chain: string;
  /** The certificate alone. */
  readonly leaf: string;
}

export interface CertificateOptions {
  /** Default: `localhost`. */
  readonly names?: readonly string[];
  /** Default: yesterday. */
  readonly from?: Date;
  /** Default: in ninety days. */
  readonly to?: Date;
}

/** Somebody who signs certificates. */
export interface Authority {
  /** What a client has to trust. */
  readonly certificate: string;
  issue(options?: CertificateOptions): Certificate;
  /** An authority below this one. */
  below(name: string): Authority;
}

const DAY_MS = 24 * 3600 * 1000;

// One key serves for all: to make one takes the longest.
const key = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const publicKey = forge.pki.publicKeyFromPem(key.publicKey);
const privateKey = forge.pki.privateKeyFromPem(key.privateKey);
let serial = 1;

/** An authority that nobody knows of. */
export function createAuthority(name: string): Authority {
  const root = sign({ subject: name, issuer: name, isAuthority: true });
  return authority(name, root, []);
}

/** A certificate that vouches for itself. */
export function selfSigned(options: CertificateOptions = {}): Certificate {
  const [name = 'localhost'] = options.names ?? [];
  const leaf = sign({ subject: name, issuer: name, ...options });
  return { key: key.privateKey, chain: leaf, leaf };
}

/** @param above - what a server has to send besides a certificate of this authority */
function authority(name: string, certificate: string, above: readonly string[]): Authority {
  return {
    certificate,
    issue(options = {}) {
      const leaf = sign({ subject: options.names?.[0] ?? 'localhost', issuer: name, ...options });
      return { key: key.privateKey, chain: [leaf, ...above].join(''), leaf };
    },
    below(lower) {
      const intermediate = sign({ subject: lower, issuer: name, isAuthority: true });
      return authority(lower, intermediate, [intermediate, ...above]);
    },
  };
}

interface ToSign extends CertificateOptions {
  readonly subject: string;
  readonly issuer: string;
  readonly isAuthority?: boolean;
}

function sign({ subject, issuer, isAuthority = false, names = ['localhost'], from, to }: ToSign): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  certificate.serialNumber = (serial++).toString(16).padStart(4, '0');
  certificate.validity.notBefore = from ?? new Date(Date.now() - DAY_MS);
  certificate.validity.notAfter = to ?? new Date(Date.now() + 90 * DAY_MS);
  certificate.setSubject([{ name: 'commonName', value: subject }]);
  certificate.setIssuer([{ name: 'commonName', value: issuer }]);
  certificate.setExtensions(
    isAuthority
      ? [
          { name: 'basicConstraints', cA: true, critical: true },
          { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
        ]
      : [
          { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          // 2 is a DNS name (RFC 5280, section 4.2.1.6).
          { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
        ],
  );
  certificate.sign(privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
