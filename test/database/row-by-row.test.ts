import { describe, expect, it } from 'vitest';
import { DatabaseUnavailable } from '../../src/database/database-errors.ts';
import { useProxiedDatabase } from './behind-proxy.ts';

const on = useProxiedDatabase({ silenceMs: 1_000 });

interface NumberRow {
  readonly number: number;
  readonly connection: number;
}

// So wide that the server sends each as soon as it has it, and slow enough to be interrupted in the middle.
const ROWS = 40;
const SLOWLY = `select seq as number, connection_id() as connection, repeat('x', 20000) as much, sleep(0.01) as pause
                  from seq_1_to_${ROWS}`;
const ALL = Array.from({ length: ROWS }, (_, index) => index + 1);

describe('a read whose rows are taken one by one', () => {
  it('gives what was made of them, in their sequence', async () => {
    const twice = await on.database.queryEach<NumberRow, number>(SLOWLY, [], ({ number }) => number * 2);
    expect(twice).toEqual(ALL.map((number) => number * 2));
  });

  it('takes each before the last one is there', async () => {
    const taken: number[] = [];
    const reading = on.database.queryEach<NumberRow, void>(
      SLOWLY,
      [],
      ({ number }) => void taken.push(number),
    );
    await expect.poll(() => taken.length, { interval: 1 }).toBeGreaterThan(0);
    expect(taken.length).toBeLessThan(ROWS);
    await reading;
    expect(taken).toEqual(ALL);
  });

  it('throws what the taking threw, and its connection stays fit for use', async () => {
    const session = await on.database.session();
    try {
      const [before] = await session.query<NumberRow>('select connection_id() as connection');
      let calls = 0;
      const reading = session.queryEach<NumberRow, never>(SLOWLY, [], ({ number }) => {
        calls += 1;
        throw new RangeError(`not ${number}`);
      });
      await expect(reading).rejects.toThrow(new RangeError('not 1'));
      expect(calls).toBe(1);
      expect(await session.query('select connection_id() as connection')).toEqual([before]);
    } finally {
      session.release();
    }
  });

  it('throws what the server says of a statement', async () => {
    const reading = on.database.queryEach('select nothing from nowhere', [], (row) => row);
    await expect(reading).rejects.toMatchObject({ code: 'ER_NO_SUCH_TABLE' });
  });

  it('leaves nothing behind on its connection', async () => {
    const warnings: string[] = [];
    const warned = ({ name }: Error) => void warnings.push(name);
    process.on('warning', warned);
    const session = await on.database.session();
    try {
      // More than the listeners that an emitter takes without a warning.
      for (let read = 0; read < 15; read += 1) {
        const answer = session.queryEach('select 1 as one', [], () => {
          if (read % 2 === 0) throw new Error('refused');
        });
        await answer.catch(() => {});
      }
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      session.release();
      process.off('warning', warned);
    }
    expect(warnings).toEqual([]);
  });

  it('is done again where its connection is lost in the middle, and no row counts twice', async () => {
    const connections = new Set<number>();
    const numbers = await on.database.queryEach<NumberRow, number>(SLOWLY, [], ({ number, connection }) => {
      if (connections.size === 0) void on.empty.run(`kill ${connection}`);
      connections.add(connection);
      return number;
    });
    expect(numbers).toEqual(ALL);
    expect(connections.size).toBe(2);
  });

  it('fails on a session whose connection is lost in the middle', async () => {
    const session = await on.database.session();
    try {
      let isKilled = false;
      const reading = session.queryEach<NumberRow, number>(SLOWLY, [], ({ number, connection }) => {
        if (!isKilled) void on.empty.run(`kill ${connection}`);
        isKilled = true;
        return number;
      });
      await expect(reading).rejects.toThrow(DatabaseUnavailable);
      await expect(session.queryEach('select 1', [], (row) => row)).rejects.toThrow(DatabaseUnavailable);
    } finally {
      session.end();
    }
  });

  it('fails where the connection goes silent in the middle', async () => {
    let isHushed = false;
    const reading = on.database.queryEach<NumberRow, number>(SLOWLY, [], ({ number }) => {
      if (!isHushed) on.proxy.hush();
      isHushed = true;
      return number;
    });
    await expect(reading).rejects.toThrow(/cannot answer/);
    expect(await on.database.queryEach<NumberRow, number>(SLOWLY, [], ({ number }) => number)).toEqual(ALL);
  });
});

describe('an error of the server', () => {
  // The log keeps the frames and neither the message nor the statement, which may hold personal data.
  it.each([
    ['read at once', () => on.database.query('select nothing from nowhere')],
    ['read row by row', () => on.database.queryEach('select nothing from nowhere', [], (row) => row)],
    ['written', () => on.database.write('delete from nowhere')],
  ])('says who sent the statement that is %s', async (_, send) => {
    async function whoeverSentIt() {
      await send();
    }
    const error = await whoeverSentIt().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ER_NO_SUCH_TABLE' });
    expect((error as Error).stack).toMatch(/at (?:async )?whoeverSentIt .*row-by-row\.test\.ts/);
  });
});
