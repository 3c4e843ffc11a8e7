import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Enough for the end of a process to be noticed on a loaded machine, little enough for whoever waits. */
const NOTICE_MS = 250;

/**
 * Runs a command to its end, with the terminal of this process, and never leaves it behind: a request to stop is
 * passed on, and only the command's own end ends the waiting.
 *
 * The command is told once. To most programs a second signal means "at once" and would cut their shutdown short; so
 * what reached the whole process group (Ctrl-C in a terminal does) is not passed on.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} the exit code; 128 + n for signal n and 127 for a command that cannot be started, as in a shell
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const sentinel = startSentinel();
    const heard = new Set();
    const passOn = async (signal) => {
      // npm passes on what the whole group receives as well, so the same request may come twice.
      if (heard.has(signal)) return;
      heard.add(signal);
      await sleep(NOTICE_MS);
      if (sentinel.signalCode !== signal) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    const stopWatching = onceShellEnds(() => {
      if (heard.size === 0) void passOn('SIGTERM');
    });
    const finish = (exitCode) => {
      stopWatching();
      for (const signal of signals) process.off(signal, passOn);
      sentinel.stdin?.destroy();
      resolve(exitCode);
    };
    child.once('error', (error) => {
      console.error(`prepare: ${command} could not be started: ${error.message}`);
      finish(127);
    });
    child.once('close', (exitCode, signal) => finish(exitCode ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/**
 * A process of the same group that dies of any signal: nothing else tells a signal to the group from one to this
 * process alone. Being `cat`, it also ends when its input does, so with this process at the latest.
 */
function startSentinel() {
  const sentinel = spawn('cat', [], { stdio: ['pipe', 'ignore', 'ignore'] });
  // Without `cat`, as on Windows, every request is passed on.
  sentinel.once('error', () => {});
  sentinel.stdin?.once('error', () => {});
  return sentinel;
}

/**
 * npm runs a script through `sh -c` and passes a SIGTERM to that shell alone, which ends without a word to its
 * children. So the end of the shell is a request to stop as well.
 */
function onceShellEnds(listener) {
  if (process.env['npm_lifecycle_event'] === undefined) return () => {};
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== shell) listener();
  }, NOTICE_MS);
  return () => clearInterval(timer);
}
