import type { Finding } from '../bridge/check-store/finding.ts';
import { counted } from '../values/counted.ts';
import { bold, colour, dim, say } from './terminal.ts';

/** Prints findings as they are made, or all of them for machines; the exit code is 1 where one of them is a problem. */
export async function reportFindings(
  made: AsyncIterable<Finding<string>>,
  isForMachines: boolean,
): Promise<void> {
  const findings: Finding<string>[] = [];
  for await (const finding of made) {
    findings.push(finding);
    if (!isForMachines) say(shown(finding));
  }
  const problems = findings.filter(({ level }) => level === 'problem').length;
  const warnings = findings.filter(({ level }) => level === 'warning').length;
  if (isForMachines) say(JSON.stringify({ problems, warnings, findings }, null, 2));
  else say(`\n${bold(verdict(problems, warnings))}`);
  if (problems > 0) process.exitCode = 1;
}

function verdict(problems: number, warnings: number): string {
  const counts = [counted(problems, 'problem'), counted(warnings, 'warning')];
  if (problems > 0) return `${counts.join(', ')}: mend the problems first, from the top`;
  return warnings > 0 ? `No problem, ${counts[1]}` : 'All is well';
}

const LEVELS = {
  ok: colour(32, 'ok     '),
  warning: colour(33, 'warning'),
  problem: colour(31, 'problem'),
} as const satisfies Record<Finding['level'], string>;

const INDENT = '                        ';

function shown({ check, level, message, details = [], advice }: Finding<string>): string {
  const name = check.padEnd(INDENT.length - 'problem'.length - 4);
  const advised = advice === undefined ? [] : [`${INDENT}→ ${advice}`];
  const listed = details.map((detail) => `${INDENT}  ${detail}`);
  // Statements to run stand below the word that says so; everything else is read before what to do about it.
  const below = advice?.endsWith(':') ? [...advised, ...listed] : [...listed.map(dim), ...advised];
  return [`${LEVELS[level]}  ${bold(name)}  ${message}`, ...below].join('\n');
}
