const ACTIONS = ['export', 'shipnotify'] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * What a request's query asks for, for a log line or a metric; `undefined` for what is no action, which must get into
 * neither.
 *
 * @param query as Fastify's own parser gives it: always an object, though its type does not say so
 */
export function askedAction(query: unknown): Action | undefined {
  const given = (query as Record<string, unknown>)['action'];
  const asked = typeof given === 'string' ? given.trim().toLowerCase() : '';
  return ACTIONS.find((action) => action === asked);
}
