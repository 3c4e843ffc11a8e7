import { foldPlaceName, type States } from '../../../cscart/store/states.ts';
import { OTHER_STATE_NAMES, STATE_CODES } from '../../../shipstation/north-american-states.ts';

/** For each country: every code by itself and by its names, folded. */
const CODES = { US: codesOf('US'), CA: codesOf('CA') } as const;

function codesOf(country: 'US' | 'CA'): ReadonlyMap<string, string> {
  const byName = [...STATE_CODES[country], ...OTHER_STATE_NAMES[country]];
  const byItself = [...STATE_CODES[country].values()].map((code) => [code, code] as const);
  return new Map([...byName, ...byItself].map(([name, code]) => [foldPlaceName(name), code]));
}

/**
 * A state as ShipStation takes it: two letters in the US and in Canada, elsewhere as the store shows it. The store keeps
 * a code of its own list, or whatever was typed where it has no list.
 */
export function stateName(state: string, country: string, states: States): string {
  if (state === '') return '';
  if (country !== 'US' && country !== 'CA') return states.nameOf(country, state) ?? state;
  const codes = CODES[country];
  // `US-NY` is the same state by its code of ISO 3166-2.
  const typed = state.replace(/^(?:US|CA)-/i, '');
  const known = codes.get(foldPlaceName(typed));
  if (known !== undefined) return known;
  // The name in another language, or the store's own code for a state that it calls by a known name.
  const own = states.codeOf(country, typed) ?? typed;
  return (
    codes.get(foldPlaceName(own)) ?? codes.get(foldPlaceName(states.nameOf(country, own) ?? '')) ?? state
  );
}
