import type { Random } from '../../test/support/random.ts';
import type { Ground } from './ground.ts';
import { openScene, settle } from './scene.ts';
import type { Situation } from './situations.ts';
import { createStage } from './stage.ts';

/** Plays one situation, and compares in the end what each connection has with what the store has. */
export async function playSituation(
  ground: Ground,
  situation: Situation,
  { start, name }: { readonly start: number; readonly name: string },
  random: Random,
): Promise<void> {
  const { hasTwoConnections, bridgeBehind } = situation;
  const bridgeAhead = -(bridgeBehind?.(random) ?? 0);
  const on = openScene(
    ground,
    { start, shipStationAhead: 0, bridgeAhead, hasTwoConnections, steps: [] },
    `${name}: ${situation.name}`,
  );
  ground.tally.add('situations');
  await situation.play(createStage(on, random));
  await settle(on, random);
}
