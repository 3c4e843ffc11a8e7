import { z } from 'zod';
import { createEpochSeconds } from '../../values/epoch-seconds.ts';
import { createOrderId, type OrderId } from '../../values/order-id.ts';
import type { ShipmentPlan } from './shipment-plan.ts';

/** A plan as the ledger keeps it. */
export interface KeptPlan extends ShipmentPlan {
  /** The latest shipment when the plan was made: one that a crash left behind has a higher number. */
  readonly latestShipmentId: number;
}

/** The part of a kept plan that says what is written on a shipment; of a new label it is all that is kept. */
export interface WrittenLabel {
  readonly shipment: { readonly comments: string };
}

const count = z.int().nonnegative();

// What was kept by an earlier version is read, too: a field that is added here has to be optional.
const keptPlan: z.ZodType<KeptPlan> = z.object({
  orderId: z.int().positive().max(0xffff_ffff).transform(createOrderId),
  shipment: z.object({
    shippingId: count,
    trackingNumber: z.string(),
    carrier: z.string(),
    shippedAt: count.transform(createEpochSeconds),
    comments: z.string(),
  }),
  items: z.array(z.object({ itemId: count, productId: count, amount: count })).nonempty(),
  move: z.object({ from: z.string(), to: z.string() }).optional(),
  decision: z.string(),
  needsAttention: z.boolean(),
  latestShipmentId: count,
});

const writtenLabel: z.ZodType<WrittenLabel> = z.object({ shipment: z.object({ comments: z.string() }) });

const labelAlone = z.strictObject({ shipment: z.strictObject({ comments: z.string() }) });

/** Reads the plan of a shipment; `undefined` where somebody has damaged it, or it is that of a new label. */
export function readKeptPlan(plan: string): KeptPlan | undefined {
  return read(keptPlan, plan);
}

/** Reads what a plan of either kind says of the shipment; `undefined` where somebody has damaged it. */
export function readWrittenLabel(plan: string): WrittenLabel | undefined {
  return read(writtenLabel, plan);
}

/** Whether it is what is kept of a new label for an earlier shipment. */
export function isNewLabel(plan: string): boolean {
  return read(labelAlone, plan) !== undefined;
}

/** What the merchant is told of a notice whose plan is damaged. One sentence. */
export function unreadablePlan(orderId: OrderId | null): string {
  return `The plan that was kept for the notice is damaged, so that it is not known what was written of it: look at the shipments of order ${orderId} in the shop, and enter by hand what is missing.`;
}

function read<Plan>(schema: z.ZodType<Plan>, text: string): Plan | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return schema.safeParse(value).data;
}
