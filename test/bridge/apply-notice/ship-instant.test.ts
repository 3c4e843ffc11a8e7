import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shipInstant } from '../../../src/bridge/apply-notice/ship-instant.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../../src/values/order-id.ts';
import { aNotice } from '../plain-orders.ts';

const NOW = createEpochSeconds(1_772_500_000);
// Its shipments are stamped with noon itself.
const ON_THE_HOUR = createOrderId(3600);
const LABEL = createEpochSeconds(1_772_476_800);

describe('noon of the ship date in the zone of the shop', () => {
  test.each<[string, [number, number, number], string]>([
    ['UTC', [2026, 3, 3], '2026-03-03T12:00:00Z'],
    ['America/Los_Angeles', [2026, 3, 3], '2026-03-03T20:00:00Z'],
    ['America/Los_Angeles', [2026, 7, 3], '2026-07-03T19:00:00Z'],
    // The days on which the clock is changed.
    ['America/Los_Angeles', [2026, 3, 8], '2026-03-08T19:00:00Z'],
    ['America/Los_Angeles', [2026, 11, 1], '2026-11-01T20:00:00Z'],
    ['Europe/Berlin', [2026, 3, 29], '2026-03-29T10:00:00Z'],
    ['Pacific/Auckland', [2026, 4, 5], '2026-04-05T00:00:00Z'],
    ['Pacific/Auckland', [2026, 1, 15], '2026-01-14T23:00:00Z'],
    ['Pacific/Kiritimati', [2026, 1, 15], '2026-01-14T22:00:00Z'],
    ['Pacific/Pago_Pago', [2026, 1, 15], '2026-01-15T23:00:00Z'],
    ['Asia/Kathmandu', [2026, 1, 15], '2026-01-15T06:15:00Z'],
    ['Europe/Moscow', [2024, 2, 29], '2024-02-29T09:00:00Z'],
    ['UTC', [2026, 12, 31], '2026-12-31T12:00:00Z'],
  ])('%s %j', (timeZone, [year, month, day], instant) => {
    const notice = aNotice({ shipDate: { year, month, day }, labelCreateDate: LABEL });
    expect(shipInstant(notice, ON_THE_HOUR, timeZone, NOW)).toBe(Date.parse(instant) / 1000);
  });

  test('shows as the same day in the shop, whatever day and zone', () => {
    const zones = [
      'UTC',
      'America/New_York',
      'America/Adak',
      'Europe/London',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Auckland',
      'Pacific/Pago_Pago',
      'Pacific/Kiritimati',
    ];
    const days = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    const orderIds = fc.integer({ min: 1, max: 16_777_215 }).map(createOrderId);
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, orderIds, (timeZone, date, orderId) => {
        const isoDay = date.toISOString().slice(0, 10);
        const [year = 0, month = 0, day = 0] = isoDay.split('-').map(Number);
        const instant = shipInstant(aNotice({ shipDate: { year, month, day } }), orderId, timeZone, NOW);
        // The Swedish form of a date is the ISO one.
        expect(new Date(instant * 1000).toLocaleDateString('sv-SE', { timeZone })).toBe(isoDay);
      }),
    );
  });
});

test('without a ship date it is the instant of the label', () => {
  expect(shipInstant(aNotice({ labelCreateDate: LABEL }), ON_THE_HOUR, 'America/Los_Angeles', NOW)).toBe(
    LABEL,
  );
});

test('without any date it is now', () => {
  expect(shipInstant(aNotice(), ON_THE_HOUR, 'America/Los_Angeles', NOW)).toBe(NOW);
});

test('two orders in one box have shipments that can be told apart', () => {
  const notice = aNotice({ shipDate: { year: 2026, month: 3, day: 3 } });
  const instants = [101, 102, 103].map((id) => shipInstant(notice, createOrderId(id), 'UTC', NOW));
  expect(new Set(instants).size).toBe(3);
});
