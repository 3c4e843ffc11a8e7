import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atExit } from '../test/support/at-exit.ts';

/** A bridge that breaks one promise on purpose, and the test that has to notice. */
export interface BrokenVariant {
  readonly name: string;
  readonly caughtBy: 'kill' | 'poll' | 'faults';
  /** The promise that has to be found broken; any of them unless given. */
  readonly breaks?: string;
  /** What is done to the compiled program; each `find` has to be there exactly once. */
  readonly changes?: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
  readonly environment?: Readonly<Record<string, string>>;
}

type Changed = Pick<BrokenVariant, 'name' | 'changes'>;

/**
 * The files of the compiled program in `program` that the variant changes, by their names, as they are after it. Throws when the
 * program no longer has what a change looks for: a variant that breaks nothing proves nothing.
 */
export function brokenFiles(program: string, { name, changes = [] }: Changed): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { file, find, replace } of changes) {
    const parts = (files.get(file) ?? readFileSync(join(program, file), 'utf8')).split(find);
    if (parts.length !== 2)
      throw new Error(`variant "${name}": ${file} has ${parts.length - 1} times: ${find}`);
    files.set(file, parts.join(replace));
  }
  return files;
}

/** A copy of the compiled program with the variant's changes, beside `dist` so that it finds the same packages. */
export function buildBrokenVariant(
  root: string,
  variant: Changed,
): { readonly program: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(root, '.broken-'));
  const forget = atExit(() => rmSync(folder, { recursive: true, force: true }));
  const remove = () => {
    forget();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const program = join(folder, 'dist');
    mkdirSync(program);
    cpSync(join(root, 'dist'), program, { recursive: true });
    symlinkSync(join(root, 'package.json'), join(folder, 'package.json'));
    for (const [file, text] of brokenFiles(program, variant)) writeFileSync(join(program, file), text);
    return { program, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
