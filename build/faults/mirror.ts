import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Answer } from '../testdata/loopback.ts';
import { ranged } from '../testdata/loopback.ts';
import { type FaultStore, lockOf } from './fault-store.ts';

export interface Mirror {
  url: string;
  /** Answers that replace the right one: by path, the nth for the nth request, further ones the last. */
  faults: Map<string, Answer[]>;
  /** Further files by path. */
  files: Map<string, Buffer>;
  close(): void;
}

/** A server of everything that the lock pins, from the undisturbed build's store. */
export async function startMirror(place: FaultStore): Promise<Mirror> {
  const { tools, packages } = lockOf(place);
  const locked = new Map([...tools, ...packages].map(({ path, sha256 }) => [`/${path}`, sha256]));
  const faults: Mirror['faults'] = new Map();
  const files: Mirror['files'] = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url!);
    // That there is a mirror at all.
    if (path === '/') return void response.end();
    const sha256 = locked.get(path);
    const body = files.get(path) ?? (sha256 && readFileSync(join(place.source, 'files', sha256)));
    if (!body) return void response.writeHead(404).end();
    const answers = faults.get(path) ?? [ranged];
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    answer(request, response, body, () => 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, faults, files, close };
}
