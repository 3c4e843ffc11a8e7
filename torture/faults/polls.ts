import { setTimeout as sleep } from 'node:timers/promises';
import { readOrdersPage } from '../../test/support/imported-order.ts';
import { askPage } from './asking.ts';
import type { ExportWindow, Scene } from './scene.ts';
import type { Tally } from './tally.ts';

const PAUSE_MS = 60;
// As long as ShipStation asks for the same page again before it starts anew.
const TRIES_OF_A_PAGE = 20;

/** Polls the windows again and again, page after page, until `stopping`; every complete answer is held against the window. */
export async function keepPolling(scene: Scene, tally: Tally, stopping: AbortSignal): Promise<void> {
  const goOn = async (window: ExportWindow) => {
    while (!stopping.aborted) {
      await pollOnce(scene, window, tally, stopping);
      await sleep(PAUSE_MS);
    }
  };
  await Promise.all(scene.windows.map(goOn));
}

async function pollOnce(
  scene: Scene,
  { parameters, orderNumbers }: ExportWindow,
  tally: Tally,
  stopping: AbortSignal,
): Promise<void> {
  const stream = `polls of ${scene.name}`;
  const received: string[] = [];
  let pages = 1;
  for (let page = 1; page <= pages; page += 1) {
    let isGood = false;
    for (let attempt = 1; !isGood && attempt <= TRIES_OF_A_PAGE && !stopping.aborted; attempt += 1) {
      const asked = await askPage(scene.bridge.url, { ...parameters, page: String(page) });
      tally.answered(stream, 'poll', asked);
      isGood = asked.status === 200 && asked.wrong === undefined;
      if (!isGood) {
        await sleep(PAUSE_MS);
        continue;
      }
      const answer = readOrdersPage(asked.body);
      pages = answer.pages;
      received.push(...answer.orders.map(({ OrderNumber }) => OrderNumber));
    }
    if (!isGood) return;
  }
  const distinct = new Set(received);
  const missing = [...orderNumbers].filter((orderNumber) => !distinct.has(orderNumber));
  const foreign = [...distinct].filter((orderNumber) => !orderNumbers.has(orderNumber));
  if (missing.length > 0)
    tally.complain('wrong answers', `${stream}: ${missing.length} orders lack, such as ${missing[0]}`);
  if (foreign.length > 0)
    tally.complain('wrong answers', `${stream}: ${foreign[0]} and others are not in the window`);
  if (received.length > distinct.size) tally.complain('wrong answers', `${stream}: an order came twice`);
}
