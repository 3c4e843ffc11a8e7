import { describe } from 'vitest';
import { isMultiVendor } from '../support/store/version.ts';
import { STORE_CASES } from './shapes.ts';
import { testStore } from './store-case.ts';

const STORES = STORE_CASES.filter(({ options }) => isMultiVendor(options.version));

describe.each(STORES)('CS-Cart Multi-Vendor $name', testStore);
