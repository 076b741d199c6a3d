import { randomBytes } from 'node:crypto';
import { type Cloud, guestMac, type Instance } from './cloud.ts';
import { smbios } from './dmi.ts';
import { cloudNetwork, metadataAddress } from './network.ts';
import { type Answer, type Asked, startServices, text } from './service.ts';
import { listing, lookUp, type Tree } from './tree.ts';

const versions = ['1.0', '2009-04-04', '2016-09-02', '2018-09-24', '2021-03-23', 'latest'];
const tokenHeader = 'X-Aws-Ec2-Metadata-Token';
const longestTokenSeconds = 21_600;

/**
 * EC2's Instance Metadata Service, version 2 required: nothing is read without a token of this session.
 * `refusals` is how many reads are refused in spite of their token, as a fault that is planted.
 */
export async function startAws(instance: Instance, { refusals = 0 } = {}): Promise<Cloud> {
  const instanceId = `i-${String(instance.number).padStart(17, '0')}`;
  const tree = metadata(instance, instanceId);
  const tokens = new Map<string, number>();
  const services = await startServices({
    [metadataAddress]: (asked) => {
      if (asked.path === '/latest/api/token') return grant(asked, tokens);
      if (asked.method !== 'GET') return refusal(405, 'Method Not Allowed');
      const left = Math.ceil(
        ((tokens.get(String(asked.headers[tokenHeader.toLowerCase()])) ?? 0) - Date.now()) / 1000,
      );
      if (left <= 0 || refusals-- > 0) return refusal(401, 'Unauthorized');
      return read(tree, asked.path, { [`${tokenHeader}-Ttl-Seconds`]: String(left) });
    },
  });
  const uuid = `ec2${String(instance.number).padStart(5, '0')}-0000-4000-8000-000000000000`;
  return {
    instanceId,
    qemu: smbios({
      bios: { vendor: 'Amazon EC2', version: '1.0' },
      system: { manufacturer: 'Amazon EC2', product: 't3.small', serial: uuid, uuid },
      board: { manufacturer: 'Amazon EC2', asset: instanceId },
      chassis: { manufacturer: 'Amazon EC2', asset: 'Amazon EC2' },
    }),
    network: cloudNetwork(services.ports),
    requests: services.requests,
    stop: services.stop,
  };
}

function grant({ method, headers }: Asked, tokens: Map<string, number>): Answer {
  if (method !== 'PUT') return refusal(405, 'Method Not Allowed');
  // An open proxy adds it: the token must not leave the machine.
  if (headers['x-forwarded-for'] !== undefined) return refusal(403, 'Forbidden');
  const wanted = String(headers[`${tokenHeader}-ttl-seconds`.toLowerCase()]);
  const seconds = /^\d{1,5}$/.test(wanted) ? Number(wanted) : 0;
  if (seconds < 1 || seconds > longestTokenSeconds) return refusal(400, 'Bad Request');
  const token = randomBytes(40).toString('base64');
  tokens.set(token, Date.now() + seconds * 1000);
  return text(token, 200, { [`${tokenHeader}-Ttl-Seconds`]: String(seconds) });
}

function read(tree: Tree, path: string, headers: Answer['headers']): Answer {
  const [, version = '', ...rest] = path.split('/');
  if (!version) return text(versions.join('\n'), 200, headers);
  if (!versions.includes(version)) return refusal(404, 'Not Found');
  const found = lookUp(tree, rest.join('/'));
  if (found === undefined) return refusal(404, 'Not Found');
  if (typeof found === 'string')
    return path.endsWith('/') ? refusal(404, 'Not Found') : text(found, 200, headers);
  // Keys are listed with their names, and read by their numbers.
  return text(/\/public-keys\/?$/.test(path) ? '0=ingot' : listing(found), 200, headers);
}

function refusal(status: number, title: string): Answer {
  const page = `<?xml version="1.0" encoding="iso-8859-1"?>\n<html><head><title>${status} - ${title}</title></head></html>\n`;
  return { status, body: page, headers: { 'Content-Type': 'text/html' } };
}

/**
 * The tree below a version; cloud-init reads all of it. EC2 also publishes it without the credentials of a
 * role.
 */
export function metadata({ hostname, publicKey, userData }: Instance, instanceId: string): Tree {
  const address = '168.0.0.15';
  const placement = { 'availability-zone': 'eu-central-1a', region: 'eu-central-1' };
  const card = {
    'device-number': '0',
    'interface-id': 'eni-00000000000000001',
    'local-hostname': hostname,
    'local-ipv4s': address,
    mac: guestMac,
    'owner-id': '000000000000',
    'security-groups': 'default',
    'subnet-id': 'subnet-00000000000000001',
    'subnet-ipv4-cidr-block': '168.0.0.0/7',
    'vpc-id': 'vpc-00000000000000001',
  };
  const document = {
    accountId: '000000000000',
    architecture: 'x86_64',
    availabilityZone: placement['availability-zone'],
    imageId: 'ami-00000000000000001',
    instanceId,
    instanceType: 't3.small',
    privateIp: address,
    region: placement.region,
    version: '2017-09-30',
  };
  return {
    dynamic: { 'instance-identity': { document: JSON.stringify(document, null, 2) } },
    'meta-data': {
      'ami-id': document.imageId,
      'ami-launch-index': '0',
      'block-device-mapping': { ami: '/dev/xvda', root: '/dev/xvda' },
      hostname,
      'instance-id': instanceId,
      'instance-type': document.instanceType,
      'local-hostname': hostname,
      'local-ipv4': address,
      mac: guestMac,
      network: { interfaces: { macs: { [guestMac]: card } } },
      placement,
      'public-keys': { '0': { 'openssh-key': publicKey } },
      'reservation-id': 'r-00000000000000001',
      services: { domain: 'amazonaws.com', partition: 'aws' },
    },
    'user-data': userData,
  };
}
