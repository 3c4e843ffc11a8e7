import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Ground } from './ground.ts';
import type { Scene } from './scene.ts';

// Under load each of the statements comes several times a second.
const COMES_WITHIN_MS = 4_000;

/** The statements of a page, and of a notice, by what each is told by. */
const OF_A_PAGE: readonly RegExp[] = [
  /from `\w*orders` o\s+where o\.\w+ between/,
  /from `\w*order_details`/,
  /from `\w*order_data`/,
  /(insert ignore into|update) `\w*shipstation_exports`/,
  /from `\w*shipstation_exports`/,
];
const OF_A_NOTICE: readonly RegExp[] = [
  /insert into `\w*shipstation_notices`/,
  /select get_lock/,
  /update `\w*shipstation_notices` set state = 'planned'/,
  /insert into `\w*shipments`/,
  /update `\w*shipstation_notices` set shipment_id/,
  /insert ignore into `\w*shipment_items`/,
  /update `\w*orders` set status/,
  /update `\w*shipstation_notices` set state = 'applied'/,
  /select release_lock/,
];

/** What happens between a bridge and the server. */
export const WIRE_FAULTS: readonly Fault[] = [
  {
    kind: 'connections cut',
    times: 2,
    async happen({ scenes, aWhile }) {
      await sleep(aWhile() / 4);
      for (const { proxy } of scenes) proxy.cut();
      return true;
    },
  },
  { kind: 'cut in a page', times: 2, happen: (ground) => cutAt(ground, OF_A_PAGE) },
  { kind: 'cut in a notice', times: 5, happen: (ground) => cutAt(ground, OF_A_NOTICE) },
  {
    // The one statement of which a second try writes a second row.
    kind: 'cut at a shipment',
    times: 2,
    happen: (ground) => cutAt(ground, [/insert into `\w*shipments`/], 'answered'),
  },
  {
    kind: 'connections refused',
    async happen({ scenes, aWhile }) {
      for (const { proxy } of scenes) {
        proxy.refuse(true);
        proxy.cut();
      }
      await sleep(aWhile());
      for (const { proxy } of scenes) proxy.refuse(false);
      return true;
    },
  },
  {
    kind: 'answers held back',
    async happen({ scenes, aWhile }) {
      const held = sleep(aWhile());
      for (const { proxy } of scenes) {
        proxy.onStatement = async (_, point) => {
          if (point === 'answered') await held;
          return undefined;
        };
      }
      await held;
      for (const { proxy } of scenes) proxy.onStatement = () => undefined;
      return true;
    },
  },
  {
    kind: 'connections gone silent',
    isLong: true,
    async happen({ scenes, aWhile }) {
      for (const { proxy } of scenes) proxy.hush();
      await sleep(aWhile() / 4);
      return true;
    },
  },
];

/** Cuts every wire once, when one of the statements has reached the server or before. Gives whether any came. */
async function cutAt(
  { scenes, random }: Ground,
  statements: readonly RegExp[],
  always?: 'answered',
): Promise<boolean> {
  const wanted = random.pick(statements);
  // Mostly after it was carried out: that is what nobody can tell from its not having been.
  const when = always ?? (random.chance(0.7) ? 'answered' : 'asked');
  const cuts = await Promise.all(scenes.map((scene) => cutOnce(scene, wanted, when)));
  return cuts.some((isCut) => isCut);
}

function cutOnce({ proxy }: Scene, wanted: RegExp, when: 'asked' | 'answered'): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isCut: boolean) => {
      clearTimeout(impatience);
      proxy.onStatement = () => undefined;
      resolve(isCut);
    };
    const impatience = setTimeout(() => end(false), COMES_WITHIN_MS);
    proxy.onStatement = (statement, point) => {
      if (point !== when || !wanted.test(statement)) return undefined;
      proxy.cut();
      end(true);
      return 'drop';
    };
  });
}
