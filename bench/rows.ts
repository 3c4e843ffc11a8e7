import type { BenchStore } from './bench-store.ts';
import { type BenchBridge, withBridge } from './bridge-process.ts';
import { type AskedExport, PAGE_SIZE, rollingWindows, wholeStore } from './exports.ts';
import { type Figure, figureOf } from './figure.ts';
import { noticeOf, type OpenOrder, openOrders, send } from './notices.ts';
import { type RatedStatement, rate } from './rows-used.ts';
import type { Section } from './section.ts';
import { shortSql } from './slow-log.ts';
import { recordingStatements } from './statement-log.ts';

const GOAL = { atMost: 3, of: 'most' } as const;

/** How many rows the server looks at for each row that a statement uses: the worst statement of each event. */
export const countRows: Section = ({ mariadb, large, runs }) =>
  recordingStatements(mariadb, (record) =>
    withBridge(large, { EXPORT_PAGE_SIZE: String(PAGE_SIZE) }, async (bridge) => {
      await rollingWindows.ask(bridge, large);
      const figures: Figure[] = [];
      for (const { name, ask } of [rollingWindows, wholeStore, ...noticesOf(large)]) {
        const worst: RatedStatement[] = [];
        for (let run = 0; run < runs; run += 1) {
          const sent = await record(() => ask(bridge, large));
          worst.push(worstOf(await Promise.all(sent.map((statement) => rate(large, statement)))));
        }
        const ratios = worst.map(({ ratio }) => ratio);
        figures.push(
          figureOf(`rows examined ÷ used, ${name}`, '×', ratios, {
            goal: GOAL,
            note: noteOf(worstOf(worst)),
          }),
        );
      }
      return figures;
    }),
  );

/** A notice of a whole order, two of its parts, and the same one again. */
function noticesOf(store: BenchStore): readonly AskedExport[] {
  const nextOrder = openOrders(store);
  const ship = (shipped: (order: OpenOrder) => readonly OpenOrder['lines'][], times: number) => {
    return async (bridge: BenchBridge) => {
      const order = await nextOrder();
      for (const lines of shipped(order)) {
        const notice = noticeOf(order, lines);
        for (let time = 0; time < times; time += 1) await send(bridge, notice);
      }
    };
  };
  return [
    { name: 'notice of an order', ask: ship(({ lines }) => [lines], 1) },
    {
      name: 'notices of two parts of an order',
      ask: ship(({ lines }) => [lines.slice(0, 1), lines.slice(1)], 1),
    },
    { name: 'notice of an order, twice', ask: ship(({ lines }) => [lines], 2) },
  ];
}

function worstOf(statements: readonly RatedStatement[]): RatedStatement {
  const [worst] = statements.toSorted((a, b) => b.ratio - a.ratio);
  if (!worst) throw new Error('the server has logged no statement');
  return worst;
}

function noteOf({ statement, rowsUsed }: RatedStatement): string {
  return `${statement.rowsExamined} rows for ${rowsUsed}: ${shortSql(statement.sql)}`;
}
