import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';

/** Test input: what the network of an office has, on loopback. */
export interface Office {
  url: string;
  /** What came so far: `GET http://…` through a proxy, `CONNECT host:port`, or `GET /path`. */
  seen: string[];
  close(): void;
}

/** A proxy that passes on what it is sent, and opens tunnels. With `password` it asks for `user:password`. */
export async function startProxy({ password }: { password?: string } = {}): Promise<Office> {
  const seen: string[] = [];
  const wanted = password && `Basic ${Buffer.from(`user:${password}`).toString('base64')}`;
  const server = createServer((asked, answer) => {
    seen.push(`${asked.method} ${asked.url}`);
    if (wanted && asked.headers['proxy-authorization'] !== wanted) return void answer.writeHead(407).end();
    const onward = request(asked.url!, { method: asked.method, headers: asked.headers }, (response) => {
      answer.writeHead(response.statusCode!, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => answer.writeHead(502).end());
    asked.pipe(onward);
  });
  server.on('connect', (asked, socket) => {
    seen.push(`CONNECT ${asked.url}`);
    if (wanted && asked.headers['proxy-authorization'] !== wanted)
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const [host, port] = asked.url!.split(':') as [string, string];
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  return listening(server, 'http', seen);
}

/** A server with a certificate, which answers everything with one body, or with the files of a folder. */
export async function startSecure(
  { key, certificate }: Certificate,
  { body = Buffer.from(''), folder, location }: { body?: Buffer; folder?: string; location?: string },
): Promise<Office> {
  const seen: string[] = [];
  const files = { key: readFileSync(key), cert: readFileSync(certificate) };
  const server = createSecureServer(files, (asked, answer) => {
    seen.push(`${asked.method} ${asked.url}`);
    if (location) answer.writeHead(302, { location }).end();
    else {
      const sent = folder ? readFileSync(join(folder, decodeURIComponent(asked.url!))) : body;
      answer.writeHead(200, { 'content-length': sent.length }).end(sent);
    }
  });
  server.on('tlsClientError', () => {});
  return listening(server, 'https', seen);
}

export interface Certificate {
  /** Paths of PEM files. */
  key: string;
  certificate: string;
}

/** A certificate authority of one's own. */
export function makeAuthority(folder: string, name = 'Office CA'): Certificate {
  const made = pathsOf(folder, name);
  openssl('req', '-x509', ...newKey(made), '-days', '2', '-subj', `/CN=${name}`);
  return made;
}

/** A server's certificate that the authority signs, for 127.0.0.1 unless another name is given. */
export function makeCertificate(
  folder: string,
  authority: Certificate,
  { name = 'IP:127.0.0.1', days = 2 } = {},
): Certificate {
  const made = pathsOf(folder, `server ${name.replace(':', ' ')} ${days}`);
  const extensions = join(folder, 'extensions');
  writeFileSync(extensions, `subjectAltName=${name}\n`);
  const asked = `${made.certificate}.csr`;
  openssl('req', '-new', ...newKey({ ...made, certificate: asked }), '-subj', '/CN=server');
  const signer = ['-CA', authority.certificate, '-CAkey', authority.key, '-CAcreateserial'];
  const end = ['-days', String(days), '-extfile', extensions, '-out', made.certificate];
  openssl('x509', '-req', '-in', asked, ...signer, ...end);
  return made;
}

function pathsOf(folder: string, name: string): Certificate {
  return { key: join(folder, `${name}.key`), certificate: join(folder, `${name}.pem`) };
}

function newKey({ key, certificate }: Certificate): string[] {
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  return [...kind, '-keyout', key, '-out', certificate];
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

async function listening(
  server: Server & { closeAllConnections(): void },
  scheme: string,
  seen: string[],
): Promise<Office> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `${scheme}://127.0.0.1:${port}`, seen, close };
}
