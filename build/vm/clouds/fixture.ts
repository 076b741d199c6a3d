import { request } from 'node:http';
import { afterEach } from 'vitest';
import { withOpenFolder } from '../../host/fs/scratch.ts';
import type { Cloud, Instance, StartCloud } from './cloud.ts';

export const instance: Omit<Instance, 'folder'> = {
  number: 7,
  hostname: 'nanite',
  user: 'debian',
  publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKey tenant',
  userData: '#cloud-config\nruncmd: [touch /made]\n',
};

export interface Said {
  status: number;
  body: string;
  headers: { [name: string]: string | string[] | undefined };
}

const running: Cloud[] = [];
afterEach(async () => {
  for (const cloud of running.splice(0)) await cloud.stop();
});

/** Starts a cloud for one test, and gives what asks it as a guest would. */
export async function run(start: StartCloud) {
  return withOpenFolder('cloud', async (folder) => {
    const cloud = await start({ ...instance, folder });
    running.push(cloud);
    return { cloud, ask: (line: string, options?: AskOptions) => ask(cloud, line, options) };
  });
}

interface AskOptions {
  headers?: { [name: string]: string };
  body?: string;
  /** Default: the metadata service. */
  address?: string;
}

/** `GET /path`, sent to the port that the guest's address is led to. */
function ask(cloud: Cloud, line: string, options: AskOptions = {}): Promise<Said> {
  const { headers = {}, body, address = '169.254.169.254' } = options;
  const [method, path] = line.split(' ');
  const forward = cloud.network.find((option) => option.startsWith(`guestfwd=tcp:${address}:80-`));
  const port = /\/dev\/tcp\/127\.0\.0\.1\/(\d+);/.exec(forward ?? '')?.[1];
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode!,
          body: Buffer.concat(chunks).toString(),
          headers: answer.headers,
        }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });
}
