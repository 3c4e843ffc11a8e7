import type { FastifyRequest } from 'fastify';
import { PROBLEMS } from './http-problem.ts';

/** The parameters of a request's query. */
export interface QueryParameters {
  /** The trimmed value; `undefined` when it is absent or blank. Throws a 400 when it is given more than once. */
  text(name: string): string | undefined;
  /** The same, but the first value of several: a parcel that has left is not refused for a doubled parameter. */
  first(name: string): string | undefined;
}

/** Takes a request and gives its query's parameters, each read when it is asked for; see there for what throws. */
export function queryParameters(request: FastifyRequest): QueryParameters {
  // Typed as unknown: Fastify's own parser gives an object of texts, and lists of texts for what is given repeatedly.
  const query = request.query as Readonly<Record<string, string | readonly string[] | undefined>>;
  const given = (name: string) => (Object.hasOwn(query, name) ? query[name] : undefined);
  return {
    text(name) {
      const value = given(name);
      if (value === undefined) return undefined;
      if (typeof value !== 'string') throw PROBLEMS.badParameter(name, 'is given more than once');
      return value.trim() || undefined;
    },
    first(name) {
      const value = given(name);
      return (typeof value === 'string' ? value : value?.[0])?.trim() || undefined;
    },
  };
}
