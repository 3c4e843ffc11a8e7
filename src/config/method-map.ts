/** How a shipping method of the store is called in ShipStation. */
export interface MethodRule {
  /** The store's method: its id, or its name, in which `*` stands for anything. */
  readonly method: string;
  /** The name that ShipStation shows; `undefined` keeps the store's. */
  readonly name: string | undefined;
  readonly isRush: boolean;
}

const RUSH = /\(\s*rush\s*\)\s*$/i;

/**
 * Reads the table of methods: a line each (or, in one line, separated by semicolons), as
 * `UPS Ground = Ground`, `Express * = Express (rush)`, `7 = (rush)`. Lines that begin with # say nothing.
 */
export function parseMethodMap(text: string): readonly MethodRule[] | { readonly problem: string } {
  const lines = text.includes('\n') ? text.split(/\r?\n/) : text.split(';');
  const rules: MethodRule[] = [];
  for (const [index, line] of lines.entries()) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    const at = content.includes(' = ') ? content.indexOf(' = ') + 1 : content.indexOf('=');
    const method = content.slice(0, Math.max(at, 0)).trim();
    const words = content.slice(at + 1).trim();
    if (method === '')
      return { problem: `line ${index + 1} is not like "store's method = name in ShipStation"` };
    const name = words.replace(RUSH, '').trim();
    if (name === '' && !RUSH.test(words))
      return {
        problem: `line ${index + 1} says nothing of "${method}": write a name, or (rush), behind the =`,
      };
    rules.push({ method, name: name || undefined, isRush: RUSH.test(words) });
  }
  return rules;
}
