import type { Row } from './tables.ts';
import { isAtLeast, type StoreVersion } from './version.ts';

/** The carrier codes of 4.0.x, where known; later versions name a carrier by its module alone. */
const CARRIERS_OF_4_0: Readonly<Record<string, string>> = {
  aup: 'AUP',
  dhl: 'DHL',
  fedex: 'FDX',
  swisspost: 'CHP',
  ups: 'UPS',
  usps: 'USP',
};

/** The carrier modules of a fresh install. */
function carrierModules(version: StoreVersion): readonly string[] {
  const always = ['aup', 'can', 'dhl', 'fedex', 'swisspost', 'ups', 'usps'];
  if (!isAtLeast(version, '4.15.2')) return [...always, 'temando'];
  return isAtLeast(version, '4.20.1') ? [...always, 'fedexrest', 'uspsv2'] : always;
}

const SERVICE_CODES = ['ground', 'express'];

/** The rows of `shipping_services`: a module has several services. */
export function shippingServiceRows(version: StoreVersion): (Row & { service_id: number; module: string })[] {
  return carrierModules(version).flatMap((module, index) =>
    SERVICE_CODES.map((code, position) => ({
      service_id: index * SERVICE_CODES.length + position + 1,
      status: 'A',
      carrier: CARRIERS_OF_4_0[module] ?? '',
      module,
      code,
      sp_file: '',
    })),
  );
}

export interface ShippingMethod {
  readonly shippingId: number;
  readonly name: string;
  /** Absent for a method with a rate table of the merchant's own. */
  readonly module?: string;
}

/** The shipping methods of a fresh store, by the newest module of their carrier. */
export function shippingMethods(version: StoreVersion): readonly ShippingMethod[] {
  const modules = carrierModules(version);
  const newest = (...candidates: string[]) =>
    candidates.find((module) => modules.includes(module)) ?? 'fedex';
  return [
    { shippingId: 1, name: 'Custom shipping method' },
    { shippingId: 2, name: 'UPS Ground', module: newest('ups') },
    { shippingId: 3, name: 'USPS Priority Mail', module: newest('uspsv2', 'usps') },
    { shippingId: 4, name: 'FedEx 2Day', module: newest('fedexrest', 'fedex') },
    { shippingId: 5, name: 'Free shipping' },
    { shippingId: 6, name: 'DHL Express Worldwide', module: newest('dhl') },
  ];
}

/** The rows of `shippings` and `shipping_descriptions`. */
export function shippingMethodRows(
  version: StoreVersion,
  languages: readonly string[],
): { shippings: Row[]; shipping_descriptions: Row[] } {
  const services = shippingServiceRows(version);
  const methods = shippingMethods(version);
  return {
    shippings: methods.map(({ shippingId, module }, position) => ({
      shipping_id: shippingId,
      destination: 'I',
      rate_calculation: module === undefined ? 'M' : 'R',
      service_id: services.find((service) => service.module === module)?.service_id ?? 0,
      position,
      status: 'A',
    })),
    shipping_descriptions: methods.flatMap(({ shippingId, name }) =>
      languages.map((language) => ({
        shipping_id: shippingId,
        lang_code: language,
        shipping: name,
        delivery_time: '3-5 days',
      })),
    ),
  };
}
