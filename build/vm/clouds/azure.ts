import { provisioningXml } from './azure-ovf.ts';
import { answerWireServer } from './azure-wire.ts';
import { type Cloud, guestMac, type Instance } from './cloud.ts';
import { smbios, uuidOf } from './dmi.ts';
import { attachSeed } from './drive.ts';
import { cloudNetwork, metadataAddress, wireServerAddress } from './network.ts';
import { type Answer, type Asked, json, startServices, text } from './service.ts';
import { lookUp, type Tree } from './tree.ts';

const versions = ['2017-12-01', '2018-10-01', '2019-06-01', '2020-09-01', '2021-02-01', '2021-08-01'];
/** Of every virtual machine of Azure's. */
const assetTag = '7783-7084-3265-9085-8269-3286-77';

/** Azure's DHCP hands out routes to its services, in option 121; QEMU's cannot. The guest goes on without. */
const noRoutes = 'failure to find primary DHCP interface';

/**
 * Azure: the metadata service, the wire server that wants to hear when the machine is ready, and the
 * provisioning CD.
 */
export async function startAzure(instance: Instance): Promise<Cloud> {
  const instanceId = uuidOf(instance.number);
  const tree = metadata(instance, instanceId);
  const services = await startServices({
    [metadataAddress]: (asked) => answer(asked, tree),
    [wireServerAddress]: (asked) => answerWireServer(asked, instanceId),
  });
  const maker = 'Microsoft Corporation';
  return {
    instanceId,
    qemu: [
      ...smbios({
        system: { manufacturer: maker, product: 'Virtual Machine', uuid: instanceId },
        board: { manufacturer: maker, product: 'Virtual Machine' },
        chassis: { manufacturer: maker, asset: assetTag },
      }),
      ...(await attachSeed(instance.folder, {
        label: 'PROVISIONING',
        files: { 'ovf-env.xml': provisioningXml(instance) },
      })),
    ],
    network: cloudNetwork(services.ports),
    complaints: [noRoutes],
    requests: services.requests,
    stop: services.stop,
  };
}

function answer({ method, path, query, headers }: Asked, tree: Tree): Answer {
  if (String(headers.metadata).toLowerCase() !== 'true')
    return refusal('Bad request. Required metadata header not specified');
  if (headers['x-forwarded-for'] !== undefined) return refusal('Bad request. Forwarded requests are refused');
  if (!versions.includes(query.get('api-version') ?? ''))
    return refusal('Bad request. api-version is invalid or was not specified in the request', {
      'newest-versions': versions.slice(-3).reverse(),
    });
  if (method !== 'GET') return json({ error: 'Method not allowed' }, 405);
  const found = lookUp(tree, path);
  if (found === undefined || !path.startsWith('/metadata/')) return json({ error: 'Not found' }, 404);
  if (typeof found !== 'string') {
    const { extended: more, ...usual } = found;
    return json(query.get('extended') === 'true' && more ? { ...usual, extended: more } : usual);
  }
  return query.get('format') === 'text'
    ? text(found)
    : refusal('Bad request. A leaf is read with format=text');
}

function refusal(error: string, more = {}): Answer {
  return json({ error, ...more }, 400);
}

function metadata({ hostname, user, publicKey, userData }: Instance, instanceId: string) {
  const instance = {
    compute: {
      azEnvironment: 'AzurePublicCloud',
      location: 'germanywestcentral',
      name: hostname,
      osProfile: { adminUsername: user, computerName: hostname, disablePasswordAuthentication: 'true' },
      osType: 'Linux',
      publicKeys: [{ keyData: publicKey, path: `/home/${user}/.ssh/authorized_keys` }],
      resourceGroupName: 'ingot',
      subscriptionId: '00000000-0000-0000-0000-000000000000',
      userData: Buffer.from(userData).toString('base64'),
      vmId: instanceId,
      vmSize: 'Standard_B1ms',
    },
    extended: { compute: { hasCustomData: true, ppsType: 'None' } },
    network: {
      interface: [
        {
          ipv4: {
            ipAddress: [{ privateIpAddress: '168.0.0.15', publicIpAddress: '' }],
            subnet: [{ address: '168.0.0.0', prefix: '7' }],
          },
          ipv6: { ipAddress: [] },
          macAddress: guestMac.replaceAll(':', '').toUpperCase(),
        },
      ],
    },
  };
  return { metadata: { instance } } as unknown as Tree;
}
