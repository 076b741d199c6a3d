import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { CloudRequest } from './cloud.ts';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status: number;
  body?: string;
  headers?: { [name: string]: string };
}

export interface Services {
  /** Port on 127.0.0.1 by the address that the guest asks. */
  ports: { [address: string]: number };
  /** What was asked so far, in order. */
  requests(): CloudRequest[];
  stop(): Promise<void>;
}

/** Starts an HTTP server on loopback for each address that a cloud answers at. */
export async function startServices(answers: {
  [address: string]: (asked: Asked) => Answer;
}): Promise<Services> {
  const requests: CloudRequest[] = [];
  const servers = Object.entries(answers).map(([address, answer]) => ({
    address,
    server: createServer(async (request, response) => {
      const body = await readBody(request);
      const { method = '', url = '/', headers } = request;
      const { pathname, searchParams } = new URL(url, 'http://cloud');
      const said = answer({ method, path: pathname, query: searchParams, headers, body });
      requests.push({ address, method, path: url, status: said.status, body });
      // One connection per request is what QEMU's forwarding makes of it anyhow.
      response.writeHead(said.status, { Connection: 'close', ...said.headers });
      response.end(said.body);
    }),
  }));
  const ports: Services['ports'] = {};
  for (const { address, server } of servers) {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    ports[address] = (server.address() as { port: number }).port;
  }
  const stop = async () => {
    for (const { server } of servers) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    }
  };
  return { ports, requests: () => [...requests], stop };
}

export function text(body: string, status = 200, headers: Answer['headers'] = {}): Answer {
  return { status, body, headers: { 'Content-Type': 'text/plain', ...headers } };
}

export function json(value: unknown, status = 200, headers: Answer['headers'] = {}): Answer {
  return { status, body: JSON.stringify(value), headers: { 'Content-Type': 'application/json', ...headers } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
