import type { Config } from '../../config/config.ts';
import type { Store } from '../../cscart/store/store.ts';
import { usesFingerprints } from '../export-orders/window-changes.ts';
import type { Finding } from './finding.ts';

/** What store this is. Pure. */
export function judgeStore({ kind, primaryCurrency, languages, tables, storefronts }: Store): Finding {
  const edition = kind.edition === 'unknown' ? 'CS-Cart (edition not known)' : kind.edition;
  return {
    check: 'store',
    level: 'ok',
    message: `${edition} ${kind.versions}, tables ${tables.prefix}… in ${kind.engines.join(' and ')}, amounts in ${primaryCurrency}, languages ${languages.join(', ')}`,
    facts: {
      edition: kind.edition,
      versions: kind.versions,
      engines: kind.engines,
      prefix: tables.prefix,
      currency: primaryCurrency,
      languages,
      storefronts: storefronts.all.map(({ id, name }) => ({ id, name })),
    },
  };
}

/** How changes of orders are seen in this store. Pure. */
export function judgeChanges(config: Config['export'], store: Store): Finding {
  const days = config.changeLookbackDays;
  if (usesFingerprints(config, store)) {
    return {
      check: 'changes',
      level: 'ok',
      message: `changes of orders are seen by comparing how the orders of the last ${days} days look`,
      facts: { seenBy: 'fingerprints', days },
    };
  }
  if (store.shape.has('orders', 'updated_at')) {
    return {
      check: 'changes',
      level: 'ok',
      message: 'changes of orders are seen by the instant of change that the store keeps (orders.updated_at)',
      facts: { seenBy: 'columns' },
    };
  }
  return {
    check: 'changes',
    level: 'problem',
    message:
      'this store keeps no instant of change, and CHANGE_DETECTION=columns: an order that is paid, edited or cancelled after it was placed is not sent again',
    advice: 'take CHANGE_DETECTION away, or set it to auto',
    facts: { seenBy: 'columns' },
  };
}

/** The carriers that the store knows. Pure. */
export function judgeCarriers({ carriers }: Pick<Store, 'carriers'>): Finding {
  return carriers.length > 0
    ? {
        check: 'carriers',
        level: 'ok',
        message: `the shop knows the carriers ${carriers.join(', ')}; others are named in the comment of the shipment`,
        facts: { carriers },
      }
    : {
        check: 'carriers',
        level: 'warning',
        message: 'the shop knows no carrier: each is only named in the comment of the shipment',
        advice: 'add real-time shipping services in the shop, if tracking links of its own are wanted',
        facts: { carriers },
      };
}
