import { parseArgs } from 'node:util';
import { startMariaDb } from '../test/support/mariadb.ts';
import { buildBenchStore } from './bench-store.ts';
import { measurePage, type PageFigures } from './measure-page.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '20000' },
    runs: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const orders = Number(values.orders);
const runs = Number(values.runs);
if (!Number.isInteger(orders) || orders < 1000 || !Number.isInteger(runs) || runs < 5) {
  process.stderr.write('bench: --orders is a whole number from 1000, --runs one from 5\n');
  process.exit(1);
}

// A tenth as many orders with the same page: what grows with the store shows in the quotient.
const sizes = [orders / 10, orders].map(Math.round);
const pageSizes = [100, 500];

const mariadb = await startMariaDb();
const figures: PageFigures[] = [];
try {
  for (const storeOrders of sizes) {
    process.stderr.write(`building a store of ${storeOrders} orders …\n`);
    const store = await buildBenchStore(mariadb, storeOrders);
    for (const pageSize of pageSizes) {
      process.stderr.write(`  pages of ${pageSize} …\n`);
      figures.push(await measurePage(mariadb, store, { storeOrders, pageSize, runs }));
    }
  }
} finally {
  await mariadb.stop();
}

if (values.json) {
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
} else {
  printTable(figures);
}

function printTable(all: readonly PageFigures[]): void {
  const row = (cells: readonly string[]) => `${cells.map((cell) => cell.padStart(17)).join('')}\n`;
  process.stdout.write(
    `\nMedian of ${runs} runs (least – most). A page is one whole HTTP request, answered by a process of its own. "Fetch" is the
same rows with mysql2 alone and nothing done with them: in turn on one connection, or side by side on several.\n\n`,
  );
  process.stdout.write(
    row([
      'orders in store',
      'page of',
      'ms per page',
      '',
      'orders/s',
      'statements',
      'fetch in turn',
      'page ÷ fetch',
      'side by side',
      'page ÷ fetch',
    ]),
  );
  for (const { storeOrders, pageSize, page, fetchInTurn, fetchSideBySide, statements } of all) {
    process.stdout.write(
      row([
        String(storeOrders),
        String(pageSize),
        page.median.toFixed(1),
        `(${page.least.toFixed(1)} – ${page.most.toFixed(1)})`,
        Math.round((pageSize / page.median) * 1000).toString(),
        statements.toFixed(1),
        fetchInTurn.median.toFixed(1),
        (page.median / fetchInTurn.median).toFixed(2),
        fetchSideBySide.median.toFixed(1),
        (page.median / fetchSideBySide.median).toFixed(2),
      ]),
    );
  }
  process.stdout.write('\n');
  for (const pageSize of pageSizes) {
    const [small, large] = all.filter((figure) => figure.pageSize === pageSize);
    if (!small || !large) continue;
    process.stdout.write(
      `A page of ${pageSize}: at ${large.storeOrders} orders ÷ at ${small.storeOrders} orders = ${(large.page.median / small.page.median).toFixed(2)}\n`,
    );
  }
}
