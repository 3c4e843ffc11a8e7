/**
 * A shipment notice that cannot be understood, however often it is sent again. The message is one plain sentence that
 * ShipStation may show to the merchant: it names what is wrong and holds no personal data.
 */
export class UnreadableNotice extends Error {
  override readonly name = 'UnreadableNotice';
}
