/**
 * Begins the `LineItemID` of exported lines that are no products. ShipStation echoes them in its notices, where they
 * must be told from the order's lines, whose ids are numbers.
 */
export const NOT_A_PRODUCT = 'not-a-product:';
