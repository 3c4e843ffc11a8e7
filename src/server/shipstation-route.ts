import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { NoticeAnswer } from '../bridge/apply-notice/notice-answer.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { encodeOrderXml, joinOrdersXml } from '../shipstation/orders-xml.ts';
import { type Vocabulary, WIRE_WORDS, type WireWords } from '../shipstation/wire-words.ts';
import { coded } from './compression.ts';
import { readExportQuery } from './export-query.ts';
import { type HttpProblem, PROBLEMS } from './http-problem.ts';
import { queryParameters } from './query-parameters.ts';

/** ShipStation's Custom Store protocol: one address, and the parameter `action` says what is wanted. */
export function shipstationRoute(
  app: FastifyInstance,
  bridge: Pick<Bridge, 'exportOrders' | 'applyNotice'>,
  vocabulary: Vocabulary,
): void {
  const words = WIRE_WORDS[vocabulary];
  app.route({
    method: ['GET', 'POST'],
    url: '/shipstation',
    async handler(request, reply) {
      // A GET (or HEAD) without action is an export, as in ShipStation's own plugins.
      const action =
        queryParameters(request).text('action')?.toLowerCase() ?? (request.method === 'POST' ? '' : 'export');
      switch (action) {
        case 'export':
          if (request.method === 'POST') throw PROBLEMS.wrongMethod(action, 'GET');
          return answerExport(bridge, words, request, reply);
        case 'shipnotify':
          if (request.method !== 'POST') throw PROBLEMS.wrongMethod(action, 'POST');
          return answerNotice(bridge, request, reply);
        default:
          throw PROBLEMS.unknownAction();
      }
    },
  });
}

async function answerExport(
  bridge: Pick<Bridge, 'exportOrders'>,
  words: WireWords,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const window = readExportQuery(queryParameters(request));
  const page = window
    ? await bridge.exportOrders(window, (order) => encodeOrderXml(order, words), request.id)
    : { pages: 1, orders: [] };
  const { body, headers } = await coded(joinOrdersXml(page), request.headers['accept-encoding']);
  return reply.type('application/xml; charset=utf-8').headers(headers).send(body);
}

async function answerNotice(
  bridge: Pick<Bridge, 'applyNotice'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = queryParameters(request);
  const arrived = {
    query: {
      order_number: query.first('order_number'),
      carrier: query.first('carrier'),
      service: query.first('service'),
      tracking_number: query.first('tracking_number'),
    },
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
  const answer = await bridge.applyNotice(arrived, request.id);
  const problem = problemOf(answer);
  if (problem) throw problem;
  return reply.type('text/plain; charset=utf-8').send(`${answer.sentence}\n`);
}

function problemOf({ kind, sentence }: NoticeAnswer): HttpProblem | undefined {
  switch (kind) {
    case 'applied':
    case 'repeated':
    case 'nothing-left':
      return undefined;
    case 'unreadable':
      return PROBLEMS.unreadableNotice(sentence);
    case 'unknown-order':
      return PROBLEMS.unknownOrder(sentence);
    case 'refused':
      return PROBLEMS.refusedNotice(sentence);
    case 'later':
      return PROBLEMS.later(sentence);
  }
}
