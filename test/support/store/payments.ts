import type { Row } from './tables.ts';

export interface PaymentMethod {
  readonly paymentId: number;
  readonly name: string;
  /** By language code, where it differs from `name`. */
  readonly names?: Readonly<Record<string, string>>;
}

export const PAYMENT_METHODS: readonly PaymentMethod[] = [
  { paymentId: 1, name: 'Credit card', names: { de: 'Kreditkarte', fr: 'Carte bancaire' } },
  { paymentId: 2, name: 'PayPal' },
  {
    paymentId: 3,
    name: 'Phone ordering',
    names: { de: 'Telefonische Bestellung', fr: 'Commande par téléphone' },
  },
  { paymentId: 4, name: 'C.O.D', names: { de: 'Nachnahme', fr: 'Contre remboursement' } },
];

/** The rows of `payments` and `payment_descriptions`. */
export function paymentRows(languages: readonly string[]): { payments: Row[]; payment_descriptions: Row[] } {
  return {
    payments: PAYMENT_METHODS.map(({ paymentId }, position) => ({
      payment_id: paymentId,
      position,
      template: 'views/orders/components/payments/cc.tpl',
    })),
    payment_descriptions: PAYMENT_METHODS.flatMap(({ paymentId, name, names }) =>
      languages.map((language) => ({
        payment_id: paymentId,
        lang_code: language,
        payment: names?.[language] ?? name,
      })),
    ),
  };
}
