const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const actions = new Set<() => void>();

/**
 * Has a synchronous action carried out when this process ends: by returning, by `process.exit`, by an exception, or by a
 * signal that nobody else handles. (SIGKILL leaves no time for anything.) Gives back how to take the action off again.
 */
export function atExit(action: () => void): () => void {
  if (actions.size === 0) listen();
  actions.add(action);
  return () => {
    if (actions.delete(action) && actions.size === 0) stopListening();
  };
}

function listen(): void {
  process.on('exit', runAll);
  for (const signal of SIGNALS) process.on(signal, endBy);
}

function stopListening(): void {
  process.off('exit', runAll);
  for (const signal of SIGNALS) process.off(signal, endBy);
}

function runAll(): void {
  for (const action of actions) action();
  actions.clear();
}

function endBy(signal: NodeJS.Signals): void {
  // Somebody else handles it and will end the process in their own way, which `exit` tells.
  if (process.listenerCount(signal) > 1) return;
  runAll();
  stopListening();
  // A process without listeners ends by the signal itself, and so tells its parent the truth.
  process.kill(process.pid, signal);
}
