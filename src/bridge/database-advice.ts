/** What to do about a database that cannot answer, by the words and the code that its error has. */
const ADVICE: readonly (readonly [code: RegExp, advice: string])[] = [
  [/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/, 'does it run, and are host and port right?'],
  [/ENOTFOUND|EAI_AGAIN/, 'the name of the host is not known here'],
  [/ENOENT/, 'the socket is not there: is ?socket= right?'],
  [/\(1045/, 'are user and password right, and may the account log in from this machine?'],
  [
    /\(1044/,
    'is the name of the database right, and may the account use it? "cscart-shipstation install --print" prints the rights that it needs',
  ],
  [/\(1049/, 'is the name of the database right?'],
  [
    /\(1129/,
    'the server refuses this machine after too many failures: let its administrator run "flush hosts"',
  ],
  [/\((1040|1203|1226)/, 'the server has no connection left for this account: let its limit be raised'],
  [
    /HANDSHAKE_NO_SSL_SUPPORT/,
    'the server speaks no TLS: take away ?ssl=, or let its administrator switch TLS on',
  ],
  [
    /HANDSHAKE_SSL_ERROR|CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/,
    "the server's certificate cannot be verified: ?ssl=skip-verify takes it unverified",
  ],
  [/\((1290|1792|1836)/, 'the server is read-only, as a replica is: name the one that the shop writes to'],
];

/**
 * @param message as `DatabaseUnavailable` has it
 * @param variable the setting that leads to the database
 */
export function adviceForDatabase(message: string, variable = 'CSCART_DATABASE_URL'): string {
  const advice = ADVICE.find(([code]) => code.test(message))?.[1];
  return advice === undefined ? 'try again in a moment' : `${advice} (${variable})`;
}
