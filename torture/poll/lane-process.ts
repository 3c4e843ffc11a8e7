import { type LaneWork, playLane } from './lane.ts';
import type { Counts } from './tally.ts';

/** What a lane's process says to who has started it: that it has played one more schedule, and in the end what it counted. */
export type LaneMessage = 'played' | Counts;

const say = (message: LaneMessage) => process.send?.(message);

// Whoever started it is gone.
process.on('disconnect', () => process.exit(1));
process.once('message', (work: LaneWork) => {
  void playLane(work, () => say('played')).then(({ counts, complaints }) => say({ counts, complaints }));
});
