import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server answers one request; `stored` tells how many bytes the client has kept so far. */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  stored: () => number,
) => void;

/** As servers should: all of it, or what the Range asks for, or 416 when there is nothing from there on. */
export const ranged: Answer = (request, response, body, stored) => {
  const from = start(request);
  if (from === undefined) return whole(request, response, body, stored);
  if (from >= body.length) return status(416)(request, response, body, stored);
  const rest = body.subarray(from);
  response.writeHead(206, {
    'content-length': rest.length,
    'content-range': `bytes ${from}-${body.length - 1}/${body.length}`,
  });
  response.end(rest);
};

/** All of it, whatever the Range asks for. */
export const whole: Answer = (_request, response, body) => {
  response.writeHead(200, { 'content-length': body.length });
  response.end(body);
};

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(code, headers);
    response.end(code === 302 ? '' : 'an error page');
  };
}

/** Promises all of it, sends so many bytes, and cuts the line once the client has kept them. */
export function cut(bytes: number): Answer {
  return (request, response, body, stored) => {
    stalled(bytes)(request, response, body, stored);
    const watch = setInterval(() => {
      if (stored() < (start(request) ?? 0) + bytes) return;
      clearInterval(watch);
      response.socket?.destroy();
    }, 20);
    response.on('close', () => clearInterval(watch));
  };
}

/** Promises all of it, sends so many bytes and says nothing more. */
export function stalled(bytes: number): Answer {
  return (request, response, body) => {
    const from = start(request) ?? 0;
    response.writeHead(from ? 206 : 200, { 'content-length': body.length - from });
    response.write(body.subarray(from, from + bytes));
  };
}

export interface Loopback {
  url: string;
  /** What was asked for so far, and how many bytes of body went out for it. */
  requests: { path: string; range?: string; encoding?: string; bytes: number }[];
  close(): void;
}

/** A real server on a free port of 127.0.0.1: the nth request gets the nth answer, further ones the last. */
export async function serve(body: Buffer, answers: Answer[], stored = () => 0): Promise<Loopback> {
  const requests: Loopback['requests'] = [];
  const server = createServer((request, response) => {
    const { range, 'accept-encoding': encoding } = request.headers;
    const seen = { path: request.url!, range, encoding: String(encoding), bytes: 0 };
    requests.push(seen);
    const write = response.write.bind(response);
    const count = (chunk: unknown) => {
      seen.bytes += Buffer.isBuffer(chunk) ? chunk.length : 0;
      return chunk;
    };
    response.write = ((chunk: Buffer) => write(count(chunk))) as typeof response.write;
    const end = response.end.bind(response);
    response.end = ((chunk?: Buffer) => end(count(chunk))) as typeof response.end;
    answers[Math.min(requests.length, answers.length) - 1]!(request, response, body, stored);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, requests, close };
}

/** A mirror that is there, and has none of the files. */
export const movedOn: Answer = (request, ...rest) =>
  status(request.url === '/' ? 200 : 404)(request, ...rest);

/**
 * Gives `work` the URLs of servers with one answer each; returns its result, and all paths that were asked.
 */
export async function withServers<T>(
  body: Buffer,
  answers: Answer[],
  work: (urls: string[]) => Promise<T>,
): Promise<[T, string[]]> {
  const servers = await Promise.all(answers.map((answer) => serve(body, [answer])));
  const result = await work(servers.map(({ url }) => url));
  for (const server of servers) server.close();
  return [result, servers.flatMap(({ requests }) => requests.map(({ path }) => path))];
}

function start(request: IncomingMessage): number | undefined {
  const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  return from === undefined ? undefined : Number(from);
}
