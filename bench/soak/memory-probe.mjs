// Loaded into the bridge's process by `--import`, with `--expose-gc`: tells how much memory it holds when it is asked.

process.on('message', () => {
  // Twice: what the first one has found dead can have kept other things alive.
  globalThis.gc();
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ rss, heap: heapUsed, external });
});
// The channel alone does not keep the process alive.
process.channel.unref();
