import type { Config } from '../../config/config.ts';
import type { ShipStationStatus } from '../../shipstation/order-document.ts';
import { type Vocabulary, WIRE_WORDS } from '../../shipstation/wire-words.ts';
import { isOwnNetwork } from './own-network.ts';

/** What a merchant does in ShipStation to connect the store. */
export interface ConnectionForm {
  readonly vocabulary: Vocabulary;
  /** What is clicked on to get to the form. */
  readonly path: readonly string[];
  /** What is typed into it; never the password itself. */
  readonly fields: readonly FormField[];
  /** What orders come with. */
  readonly words: readonly StatusWord[];
  /** What stands in the way, a sentence each. */
  readonly hints: readonly string[];
}

interface FormField {
  readonly field: string;
  readonly value: string;
}

interface StatusWord {
  /** As ShipStation shows it. */
  readonly status: string;
  readonly word: string;
}

/** What the form calls the field of each status, and what ShipStation shows. */
const STATUS_NAMES = {
  unpaid: { field: 'Unpaid Status', shown: 'Awaiting Payment' },
  paid: { field: 'Paid Status', shown: 'Awaiting Shipment' },
  shipped: { field: 'Shipped Status', shown: 'Shipped' },
  cancelled: { field: 'Cancelled Status', shown: 'Cancelled' },
  on_hold: { field: 'On-Hold Status', shown: 'On Hold' },
} as const satisfies Record<ShipStationStatus, unknown>;

const STATUSES = Object.keys(STATUS_NAMES) as ShipStationStatus[]; // the keys of the object above

const TO_THE_TILES = ['Settings', 'Selling Channels', 'Store Setup', 'Connect a Store or Marketplace'];
const EXAMPLE_URL = 'https://shop.example.com/shipstation';
const PASSWORD = 'what SHIPSTATION_PASSWORD says (or the file that SHIPSTATION_PASSWORD_FILE names)';

/** What to type where, by the configuration alone. Pure. */
export function connectionForm(
  config: Pick<Config, 'credentials' | 'publicUrl' | 'vocabulary'>,
): ConnectionForm {
  const { vocabulary, credentials } = config;
  const words = WIRE_WORDS[vocabulary];
  const url = config.publicUrl ?? EXAMPLE_URL;
  const credentialFields = [
    { field: 'Username', value: credentials.username },
    { field: 'Password', value: PASSWORD },
  ];
  const common = {
    vocabulary,
    words: STATUSES.map((status) => ({ status: STATUS_NAMES[status].shown, word: words[status] })),
    hints: [...hintsOf(config.publicUrl, vocabulary), ...rotationHint(credentials)],
  };
  if (vocabulary === 'cs-cart') {
    return {
      ...common,
      path: [...TO_THE_TILES, 'CS-Cart'],
      fields: [{ field: 'Address of the store', value: url.replace(/\?.*$/, '') }, ...credentialFields],
    };
  }
  return {
    ...common,
    path: [...TO_THE_TILES, 'Custom Store'],
    fields: [
      { field: 'URL to custom XML page', value: url },
      ...credentialFields,
      ...STATUSES.map((status) => ({ field: STATUS_NAMES[status].field, value: words[status] })),
    ],
  };
}

function hintsOf(publicUrl: string | undefined, vocabulary: Vocabulary): readonly string[] {
  if (publicUrl === undefined) {
    return [
      'PUBLIC_URL is not set, so the address above is an example: set it to the one at which your web server passes requests on to the bridge.',
    ];
  }
  const { protocol, hostname, pathname } = new URL(publicUrl);
  const hints: string[] = [];
  if (protocol === 'http:')
    hints.push(
      'PUBLIC_URL begins with http://: the password and the addresses of your customers would travel unprotected. Put TLS in front of the bridge and use https://.',
    );
  if (isOwnNetwork(hostname))
    hints.push(
      `PUBLIC_URL names ${hostname}, which only this machine or its network reaches: ShipStation calls from the internet.`,
    );
  const isEndpoint = /^\/shipstation\/?$/i.test(pathname);
  if (!isEndpoint && !(vocabulary === 'cs-cart' && pathname === '/'))
    hints.push(
      `The bridge answers at /shipstation: your web server has to pass ${pathname} on to /shipstation of the bridge.`,
    );
  return hints;
}

function rotationHint({ passwords }: Config['credentials']): readonly string[] {
  if (passwords.length < 2) return [];
  return [
    'SHIPSTATION_PASSWORD_PREVIOUS is set, so the old password is let in too: type the new one into ShipStation, then empty that setting.',
  ];
}
