import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../test/support/random.ts';
import { type Label, shipNoticeXml } from '../../test/support/ship-notice-xml.ts';
import { PLANTED, PLANTED_LABEL } from '../planted.ts';
import { sendNotice } from './asking.ts';
import type { OrderToShip, Scene } from './scene.ts';
import type { Tally } from './tally.ts';

/** A label and its notice, the same bytes however often it is sent. */
export interface SentLabel {
  readonly orderId: number;
  readonly trackingNumber: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
  readonly body: string;
}

/** Those who send the notices of one store. */
export interface NoticeSenders {
  /** Sends until `stopping`. */
  keepSending(stopping: AbortSignal): Promise<void>;
  /** With everything healthy: sends each once more, and what fails again and again, until for so long none was taken. */
  settle(patienceMs: number): Promise<void>;
  /** Every label that was sent at least once. */
  readonly labels: readonly SentLabel[];
}

const SENDERS = 3;
const LONGEST_PAUSE_MS = 120;
const LONG_NOTE = `${PLANTED['note to the buyer']}. `.repeat(50).trim();

export function createNoticeSenders(scene: Scene, tally: Tally, random: Random): NoticeSenders {
  const stream = `notices of ${scene.name}`;
  const waiting = scene.toShip.map((order) => labelsOf(order, random));
  const begun: SentLabel[] = [];
  const taken: SentLabel[] = [];
  let failed: SentLabel[] = [];
  let lastTakenAt = 0;

  async function send(label: SentLabel): Promise<void> {
    const asked = await sendNotice(scene.bridge.url, label.body);
    tally.answered(stream, 'notice', asked);
    if (asked.status !== 200) {
      failed.push(label);
      return;
    }
    taken.push(label);
    lastTakenAt = performance.now();
  }

  /** What failed comes again, what was taken sometimes does as well, and the rest is new. */
  function next(): readonly SentLabel[] {
    const old = failed[0];
    if (old && random.chance(0.4)) {
      failed = failed.slice(1);
      return [old];
    }
    if (taken.length > 0 && random.chance(0.15)) return [random.pick(taken)];
    const group = waiting.shift();
    if (group) {
      begun.push(...group);
      return group;
    }
    failed = failed.slice(1);
    return old ? [old] : taken.length > 0 ? [random.pick(taken)] : [];
  }

  async function sendOn(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const group = next();
      // Of labels that were made together both notices are under way at once; else one comes after the other.
      if (random.chance(0.5)) await Promise.all(group.map(send));
      else for (const label of group) await send(label);
      await sleep(random.int(10, LONGEST_PAUSE_MS));
    }
  }

  return {
    labels: begun,
    async keepSending(stopping) {
      await Promise.all(Array.from({ length: SENDERS }, () => sendOn(stopping)));
    },
    async settle(patienceMs) {
      const isHopeless = () => performance.now() > lastTakenAt + patienceMs;
      lastTakenAt = performance.now();
      failed = [...begun];
      while (failed.length > 0 && !isHopeless()) {
        const again = failed;
        failed = [];
        for (const label of again) {
          // What is refused can take seconds each time: the patience is for all together.
          if (isHopeless()) failed.push(label);
          else await send(label);
        }
        if (failed.length > 0) await sleep(LONGEST_PAUSE_MS);
      }
    },
  };
}

/** An order leaves in one box, in two, or only in part. */
function labelsOf({ orderId, lines }: OrderToShip, random: Random): readonly SentLabel[] {
  const whole = lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const first = whole.map(({ sku, quantity }) => ({ sku, quantity: random.int(0, quantity) }));
  const rest = whole.map(({ sku, quantity }, index) => ({
    sku,
    quantity: quantity - (first[index]?.quantity ?? 0),
  }));
  const way = random.int(1, 10);
  const boxes = way <= 4 ? [whole] : way <= 8 ? [first, rest] : [first];
  return boxes
    .map((items) => items.filter(({ quantity }) => quantity > 0))
    .filter((items) => items.length > 0)
    .map((items, index) => {
      const trackingNumber = `F${orderId}-${index + 1}`;
      const label: Label = {
        orderNumber: String(orderId),
        carrier: 'UPS',
        service: '',
        trackingNumber,
        items,
        ...PLANTED_LABEL,
        // Becomes the shipment's comment: on a full disk the store's own table has to grow soon.
        ...(random.chance(0.5) ? { notesToCustomer: LONG_NOTE } : {}),
      };
      return { orderId, trackingNumber, items, body: shipNoticeXml(label) };
    });
}
