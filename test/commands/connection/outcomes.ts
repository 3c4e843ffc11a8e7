import type { Answer } from '../../../src/commands/connection/call.ts';

/** An answer with a text, HTML unless its headers say otherwise. */
export function anAnswer(
  status: number,
  body: string | Buffer = '',
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'text/html', ...headers },
    body: Buffer.from(body),
    isWhole: true,
    milliseconds: 12,
  };
}

export function html(title: string, text = ''): string {
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${text}</body></html>`;
}
