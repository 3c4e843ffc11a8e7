const MINUS = 0x2d;
const ZERO = 0x30;
/** PHP's integers have 64 bits: 19 digits. */
const MAX_DIGITS = 19;

/** Whether PHP turns this text, as a key, into an integer: decimal, no sign but a minus, no leading zeros, no `-0`. */
export function isIntegerKey(key: string): boolean {
  if (key.length === 0 || key.length > MAX_DIGITS) return false;
  const firstDigit = key.charCodeAt(0) === MINUS ? 1 : 0;
  if (key.charCodeAt(firstDigit) === ZERO) return key.length === 1;
  for (let at = firstDigit; at < key.length; at += 1) {
    const digit = key.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return false;
  }
  return Number.isSafeInteger(Number(key));
}
