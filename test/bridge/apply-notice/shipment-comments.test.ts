import { describe, expect, test } from 'vitest';
import type { ChosenCarrier } from '../../../src/bridge/apply-notice/carrier.ts';
import { shipmentComments } from '../../../src/bridge/apply-notice/shipment-comments.ts';
import type { ShipNotice } from '../../../src/shipstation/ship-notice.ts';
import { aNotice } from '../plain-orders.ts';

const LINKED: ChosenCarrier = { code: 'ups', isLinked: true };
const ADD_ON: ChosenCarrier = { code: 'ontrac', isLinked: false };
const NONE: ChosenCarrier = { code: '', isLinked: false };
const PAGE = 'Tracking: https://www.ontrac.com/tracking/?number=C1';

describe('what the buyer reads', () => {
  test.each<[string, Partial<ShipNotice>, ChosenCarrier, string]>([
    ['nothing where the shop says it all', {}, LINKED, ''],
    ['the note', { notesToCustomer: 'Thank you!\nCome again.' }, LINKED, 'Thank you!\nCome again.'],
    ['the service', { service: 'UPS® Ground' }, LINKED, 'Service: UPS® Ground'],
    [
      'the carrier and its page, of one unknown to the shop',
      { carrier: 'OnTrac', trackingNumber: 'C1' },
      NONE,
      `Carrier: OnTrac\n${PAGE}`,
    ],
    [
      'the page alone, of one that an add-on has named',
      { carrier: 'OnTrac', trackingNumber: 'C1' },
      ADD_ON,
      PAGE,
    ],
    [
      'the carrier without a page',
      { carrier: 'My own van', trackingNumber: 'C1' },
      NONE,
      'Carrier: My own van',
    ],
    ['the carrier without a number', { carrier: 'OnTrac', trackingNumber: '' }, NONE, 'Carrier: OnTrac'],
    ['nothing of a shipment that says nothing', { carrier: '', trackingNumber: '' }, NONE, ''],
    [
      'one fact a line',
      { carrier: 'OnTrac', trackingNumber: 'C1', service: 'Ground', notesToCustomer: 'Thank you!' },
      NONE,
      `Thank you!\nService: Ground\nCarrier: OnTrac\n${PAGE}`,
    ],
  ])('%s', (_, notice, carrier, comments) => {
    expect(shipmentComments(aNotice(notice), carrier)).toBe(comments);
  });
});
