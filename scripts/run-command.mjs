import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a command to its end, with the terminal of this process, and never leaves it behind: a request to stop is
 * passed on, and only the command's own end ends the waiting.
 *
 * Ctrl-C in a terminal reaches every process of the group, so the command has had its SIGINT already; a second one
 * means "at once" to most programs and would cut their shutdown short. Without a terminal nobody else tells it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} the exit code; 128 + n for signal n and 127 for a command that cannot be started, as in a shell
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const passed = new Set();
    const passOn = (signal) => {
      // npm passes on what the whole group receives as well, so the same request may come twice.
      if (!passed.has(signal)) child.kill(signal);
      passed.add(signal);
    };
    const listeners = { SIGINT: hasTerminal() ? () => {} : passOn, SIGTERM: passOn, SIGHUP: passOn };
    for (const [signal, listener] of Object.entries(listeners)) process.on(signal, listener);
    const stopWatching = onceShellEnds(() => {
      if (passed.size === 0) passOn('SIGTERM');
    });
    const finish = (exitCode) => {
      stopWatching();
      for (const [signal, listener] of Object.entries(listeners)) process.off(signal, listener);
      resolve(exitCode);
    };
    child.once('error', (error) => {
      console.error(`prepare: ${command} could not be started: ${error.message}`);
      finish(127);
    });
    child.once('close', (exitCode, signal) => finish(exitCode ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function hasTerminal() {
  return Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
}

/** Well below the patience of whoever asked for the end, and too rare to be felt. */
const SHELL_CHECK_MS = 250;

/**
 * npm runs a script through `sh -c` and passes a SIGTERM to that shell alone, which ends without a word to its
 * children. So the end of the shell is a request to stop as well.
 */
function onceShellEnds(listener) {
  if (process.env['npm_lifecycle_event'] === undefined) return () => {};
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== shell) listener();
  }, SHELL_CHECK_MS);
  return () => clearInterval(timer);
}
