/** How a shipment's carrier is stored. */
export interface ChosenCarrier {
  /** A code of this store; empty when it has none for this carrier. */
  readonly code: string;
  /** Whether the shop makes a tracking link out of `code`. */
  readonly isLinked: boolean;
}

/**
 * ShipStation's carrier tokens and display names, letters and digits alone, by the beginning that they share, with the
 * codes that CS-Cart has had for them: the newest first, those of 4.0 last. Longer beginnings stand before shorter ones.
 */
const CODES_BY_BEGINNING: readonly (readonly [beginning: string, codes: readonly string[]])[] = [
  // Sister companies whose numbers the carrier's own page does not know.
  ['dhlglobalmail', []],
  ['dhlecommerce', []],
  ['dhlparcel', []],
  ['dhl', ['dhl', 'DHL']],
  ['fedex', ['fedexrest', 'fedex', 'FDX']],
  ['federalexpress', ['fedexrest', 'fedex', 'FDX']],
  ['usps', ['uspsv2', 'usps', 'USP']],
  ['unitedstatespostal', ['uspsv2', 'usps', 'USP']],
  // Sellers of USPS labels.
  ['stamps', ['uspsv2', 'usps', 'USP']],
  ['endicia', ['uspsv2', 'usps', 'USP']],
  ['upsmi', ['ups', 'UPS']],
  ['ups', ['ups', 'UPS']],
  ['unitedparcel', ['ups', 'UPS']],
  ['canadapost', ['can']],
  ['australiapost', ['aup', 'AUP']],
  ['auspost', ['aup', 'AUP']],
  ['swisspost', ['swisspost', 'CHP']],
  ['temando', ['temando']],
];

/**
 * The code under which this store knows a carrier. The table counts first, since it prefers a carrier's newest module;
 * then a module that bears the carrier's own name. An unknown carrier gets no code: the shop would show it as `_carrier_…`, without a link.
 *
 * @param carrier token or display name as ShipStation sends it, e.g. `USPS`, `FedEx`, `UPS®`
 * @param known the store's codes
 */
export function chooseCarrier(carrier: string, known: readonly string[]): ChosenCarrier {
  const name = lettersAndDigits(carrier);
  if (name === '') return { code: '', isLinked: false };
  const entry = CODES_BY_BEGINNING.find(([beginning]) => name.startsWith(beginning));
  const code = entry?.[1].find((candidate) => known.includes(candidate));
  if (code !== undefined) return { code, isLinked: true };
  const module = known.find((candidate) => lettersAndDigits(candidate) === name);
  // Nothing is known of a module that an add-on brought: whether it links is the add-on's affair.
  return { code: module ?? '', isLinked: false };
}

/** What is compared of a carrier's name: `UPS® Mail` and `upsmail` are the same. */
export function lettersAndDigits(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
