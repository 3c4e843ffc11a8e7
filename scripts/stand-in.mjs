// node scripts/stand-in.mjs NAME PORT
//
// A web server on loopback that answers each request with what has arrived, a line each: its name, method and address,
// some headers, and how long the body was. Stands in for the shop behind a proxy, and for the bridge where what the proxy
// hands on is of interest.

import { createServer } from 'node:http';

const [name, port] = process.argv.slice(2);
const HEADERS = ['host', 'authorization', 'x-forwarded-for', 'x-forwarded-proto'];

createServer(async (request, response) => {
  let bytes = 0;
  for await (const chunk of request) bytes += chunk.length;
  response.end(
    [
      `${name}: ${request.method} ${request.url}`,
      ...HEADERS.map((header) => `${header}: ${request.headers[header] ?? ''}`),
      `body: ${bytes}\n`,
    ].join('\n'),
  );
}).listen(Number(port), '127.0.0.1');
