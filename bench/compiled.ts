/**
 * A module of the compiled program, as it is shipped: what runs the benchmark itself compiles otherwise, which can cost
 * more than what is to be measured.
 *
 * @param path within `src`, without ending. The caller says what the module is; nothing checks it.
 */
export async function compiled<Module>(path: string): Promise<Module> {
  return (await import(new URL(`../dist/${path}.js`, import.meta.url).href)) as Module;
}
