// The store's address as the merchant gave it, which may be that of the bridge itself, with slashes at its end.
const STORE_ADDRESS = /^\/+(?:shipstation\/+)?(?:index\.php\/*)?$/i;
const ENDPOINT = '/shipstation';

/**
 * The address at which a request is served. ShipStation's *CS-Cart* tile knows the store's address alone, and calls
 * `/?dispatch=shipstation&…` or `/index.php?dispatch=shipstation&…` there, with the parameters of the Custom Store
 * behind it: that is the endpoint by another name. Every other address stays as it is.
 */
export function servedAddress(url: string): string {
  const at = url.indexOf('?');
  if (at < 0 || !STORE_ADDRESS.test(url.slice(0, at))) return url;
  const query = url.slice(at + 1);
  const dispatch = new URLSearchParams(query).get('dispatch')?.trim().toLowerCase();
  return dispatch === 'shipstation' ? `${ENDPOINT}?${query}` : url;
}
