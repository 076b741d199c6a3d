import { type Cloud, guestMac, type Instance } from './cloud.ts';
import { smbios, uuidOf } from './dmi.ts';
import { cloudNetwork, metadataAddress } from './network.ts';
import { type Answer, type Asked, json, startServices, text } from './service.ts';
import { listing, lookUp, type Tree } from './tree.ts';

const flavor = { 'Metadata-Flavor': 'Google', Server: 'Metadata Server for VM' };
const root = '/computeMetadata/v1/';
const hostKeys = `${root}instance/guest-attributes/`;
/**
 * cloud-init sends them to metadata.google.internal, which the cloud's own name server knows and QEMU's does
 * not.
 */
const noNameServer = 'Publishing host keys failed!';

/** Compute Engine's metadata server. It names itself in every answer, and answers only who names it. */
export async function startGce(instance: Instance): Promise<Cloud> {
  const instanceId = String(4_000_000_000_000_000_000n + BigInt(instance.number));
  const tree = metadata(instance, instanceId);
  const services = await startServices({
    [metadataAddress]: (asked) => {
      const { status, body, headers } = answer(asked, tree);
      return { status, body, headers: { ...headers, ...flavor } };
    },
  });
  const uuid = uuidOf(instance.number);
  const name = 'Google Compute Engine';
  return {
    instanceId,
    qemu: smbios({
      bios: { vendor: 'Google', version: 'Google' },
      system: { manufacturer: 'Google', product: name, serial: `GoogleCloud-${'0'.repeat(32)}`, uuid },
      board: { manufacturer: 'Google', product: name },
      chassis: { manufacturer: 'Google' },
    }),
    network: cloudNetwork(services.ports),
    complaints: [noNameServer],
    requests: services.requests,
    stop: services.stop,
  };
}

function answer({ method, path, query, headers }: Asked, tree: Tree): Answer {
  // How a program finds out that it runs there.
  if (path === '/') return text('computeMetadata/\n');
  if (headers['metadata-flavor'] !== 'Google') return text('Missing Metadata-Flavor:Google header.', 403);
  if (headers['x-forwarded-for'] !== undefined) return text('Forwarded requests are refused.', 403);
  // The guest publishes its host keys there.
  if (method === 'PUT' && path.startsWith(hostKeys)) return text('');
  if (method !== 'GET') return text('Method Not Allowed', 405);
  if (!path.startsWith(root)) return text('Not Found', 404);
  const found = lookUp(tree, path.slice(root.length));
  if (found === undefined) return text('Not Found', 404);
  if (typeof found === 'string') return path.endsWith('/') ? text('Not Found', 404) : text(found);
  if (!path.endsWith('/')) return text('', 301, { Location: `${path}/` });
  if (query.get('recursive')?.toLowerCase() !== 'true') return text(`${listing(found)}\n`);
  return json(/\/attributes\/$/.test(path) ? found : camelCase(found));
}

/** Whole folders come as JSON with names of its own kind; attributes are the user's and stay as they are. */
function camelCase(tree: Tree): Tree {
  const rename = (name: string) => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [
      rename(name),
      typeof value === 'string' || name === 'attributes' ? value : camelCase(value),
    ]),
  );
}

function metadata({ hostname, user, publicKey, userData }: Instance, instanceId: string): Tree {
  const project = 'projects/1';
  return {
    instance: {
      attributes: { 'ssh-keys': `${user}:${publicKey}`, 'user-data': userData },
      hostname: `${hostname}.c.ingot.internal`,
      id: instanceId,
      'machine-type': `${project}/machineTypes/e2-small`,
      name: hostname,
      'network-interfaces': { '0': { ip: '168.0.0.15', mac: guestMac, mtu: '1460' } },
      zone: `${project}/zones/europe-west3-a`,
    },
    project: { attributes: {}, 'numeric-project-id': '1', 'project-id': 'ingot' },
  };
}
