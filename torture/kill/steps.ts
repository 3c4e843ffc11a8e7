/** What the statements of a bridge do, in plain words. The first pattern that matches counts. */
const STEPS: readonly (readonly [name: string, pattern: RegExp, kind?: 'essential' | 'not a notice'])[] = [
  ['set the session up', /^set session/, 'not a notice'],
  ['look whether all is there', /^(?:select 1$|\(select 1 from|explain )/, 'not a notice'],
  ['look at the store', /from information_schema\.|settings_objects/, 'not a notice'],
  ['write the notice down', /^insert into \S+shipstation_notices/, 'essential'],
  ['look the notice up', /from \S+shipstation_notices\S* where fingerprint/, 'essential'],
  ['take the lock', /^select get_lock/, 'essential'],
  ['free the lock', /^select release_lock/, 'essential'],
  ['find what is half applied', /from \S+shipstation_notices\S* where state = 'planned'/, 'essential'],
  ['find what waits', /from \S+shipstation_notices\S* where state in/, 'essential'],
  ['read the notice as it came', /^select raw_query/, 'essential'],
  ['read the notice again', /from \S+shipstation_notices\S* where notice_id/, 'essential'],
  ['see whose shipment it is', /from \S+shipstation_notices\S* where shipment_id in/, 'essential'],
  ['keep the plan', /^update \S+shipstation_notices\S* set state = 'planned', plan/, 'essential'],
  ['record its number', /^update \S+shipstation_notices\S* set shipment_id/, 'essential'],
  ['close the notice', /^update \S+shipstation_notices\S* set state/, 'essential'],
  ['read the order', /^select status, is_parent_order/, 'essential'],
  ['read its lines', /^select d\.item_id .* from \S+order_details/, 'essential'],
  ['add up what is shipped', /^select item_id .* sum\(amount\)/, 'essential'],
  ['look at the parcels of the order', /^select s\.shipment_id .* join \S+shipments\S* s/],
  ['find the latest shipment', /^select max\(shipment_id\)/, 'essential'],
  ['read the status of shipments', /^select status_id from \S+statuses\S* where type = 'S'/],
  ['insert the shipment', /^insert into \S+shipments/, 'essential'],
  ['insert its items', /^insert ignore into \S+shipment_items/, 'essential'],
  ['see whether more was shipped', /^select sum\(i\.amount\) - d\.amount/, 'essential'],
  ['move the status', /^update \S+orders\S* set status/, 'essential'],
  ['read the status again', /^select status from \S+orders/],
  ['find a shipment left behind', /^select s\.shipment_id .* not exists/, 'essential'],
  ['see whether the shipment is there', /^select shipment_id from \S+shipments/, 'essential'],
  ['see whether it has items', /^select item_id as itemId from \S+shipment_items/, 'essential'],
  ['read its certificates', /^select .* from \S+order_data/],
  ['look at the products', /^select .* from \S+products?_/],
];

/** For a statement that no pattern knows; while a bridge starts, those that read what the store is. */
const OTHER_STEP = 'other';

/** The step that a statement is. Looks at no more than its beginning: the rest can hold whatever came as a notice. */
export function stepOf(statement: string): string {
  const beginning = statement.slice(0, 2000).replace(/\s+/g, ' ').trim();
  return STEPS.find(([, pattern]) => pattern.test(beginning))?.[0] ?? OTHER_STEP;
}

const NOT_A_NOTICE = new Set(STEPS.flatMap(([name, , kind]) => (kind === 'not a notice' ? [name] : [])));

/** Whether it is a step of a notice's work, as against what a bridge does before and beside it. */
export function isNoticeStep(step: string): boolean {
  return step !== OTHER_STEP && !NOT_A_NOTICE.has(step);
}

/** The steps of which each has to get a kill. */
export const ESSENTIAL_STEPS: readonly string[] = STEPS.flatMap(([name, , kind]) =>
  kind === 'essential' ? [name] : [],
);
