import type { TlsTried } from './reach.ts';
import type { Explanation } from './verify-finding.ts';

// OpenSSL's words for an answer that is no TLS; which one depends on its version and on the first bytes.
const NO_TLS = /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE/;
const OLD_TLS = /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/;

/** Why a TLS connection cannot be made, or cannot be trusted, and what to do. Pure. */
export function explainTls(url: URL, { code = '', certificate, isPlainHttp }: TlsTried): Explanation {
  const host = url.hostname;
  const names = certificate?.names.join(', ') ?? '';
  const issuer = certificate?.issuer ?? 'somebody unknown';
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return {
        message: `the certificate has ended on ${day(certificate?.validTo)}`,
        advice: 'renew it (certbot renew), and reload the web server',
      };
    case 'CERT_NOT_YET_VALID':
      return {
        message: `the certificate begins only on ${day(certificate?.validFrom)}`,
        advice: 'is the clock of this machine right? Else ask for a new certificate',
      };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return {
        message: 'the certificate is signed by itself: ShipStation does not trust it',
        advice: `take one of an authority that everybody knows (Let’s Encrypt: certbot --nginx -d ${host})`,
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return {
        message: `the certificate is by ${issuer}, an authority that ShipStation does not know`,
        advice: `take one of an authority that everybody knows (Let’s Encrypt: certbot --nginx -d ${host})`,
      };
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return {
        message: `the certificate, by ${issuer}, comes without those between it and an authority that is known`,
        advice:
          'let the web server send the whole chain (fullchain.pem, not cert.pem); browsers find the missing ones themselves, so it looks well there. An authority of your own is not known to ShipStation',
      };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        message: `the certificate is for ${names}, not for ${host}`,
        advice: `get one for ${host} (certbot -d ${host}), and see that the web server shows it for this name`,
      };
    case 'CERT_REVOKED':
      return { message: 'the certificate has been taken back by its authority', advice: 'get a new one' };
    case 'TIMEOUT':
      return {
        message: 'the port takes connections, but does not answer to TLS',
        advice: 'does the web server hang, or does another program listen there?',
      };
  }
  if (isPlainHttp === true)
    return {
      message: 'the port speaks plain HTTP, not TLS',
      advice:
        'switch TLS on in the web server for this port (nginx: listen 443 ssl), or mend the port in the address',
    };
  if (NO_TLS.test(code))
    return {
      message: 'the port speaks neither TLS nor HTTP: another program listens there',
      advice: 'mend the port in the address',
    };
  if (OLD_TLS.test(code))
    return {
      message: 'the server knows only versions of TLS that are no longer used (below 1.2)',
      advice: 'allow TLS 1.2 and 1.3 in the web server (nginx: ssl_protocols TLSv1.2 TLSv1.3)',
    };
  if (/UNRECOGNIZED_NAME/.test(code))
    return {
      message: `the server has no certificate for ${host}`,
      advice: 'let the web server know this name (nginx: server_name)',
    };
  if (/HANDSHAKE_FAILURE|NO_SHARED_CIPHER|INSUFFICIENT_SECURITY/.test(code))
    return {
      message: `the server found no way of encryption in common (${code})`,
      advice: `does it have a certificate for ${host}? Does it allow the ciphers of today?`,
    };
  if (certificate === undefined)
    return {
      message: `the server ended the connection while TLS was agreed upon (${code})`,
      advice: 'look at the web server’s error log; a firewall or a proxy in front may not know this name',
    };
  return { message: `the certificate cannot be trusted (${code})`, advice: 'get a new one' };
}

function day(date: Date | undefined): string {
  return date?.toISOString().slice(0, 10) ?? 'an unknown day';
}
