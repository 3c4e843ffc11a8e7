import { runProgram } from './program.ts';

/** What a run of the program came to. */
export interface ProgramRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program to its end, the two outputs apart. */
export async function runToEnd(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  directory?: string,
): Promise<ProgramRun> {
  const program = runProgram(args, environment, directory);
  const [stdout, stderr] = [program.process.stdout, program.process.stderr].map((stream) => {
    const pieces: string[] = [];
    stream?.on('data', (piece: string) => pieces.push(piece));
    return pieces;
  });
  const exitCode = await program.exitCode;
  return { exitCode, stdout: stdout?.join('') ?? '', stderr: stderr?.join('') ?? '' };
}
