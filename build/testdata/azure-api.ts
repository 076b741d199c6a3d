import { ComputeManagementClient } from '@azure/arm-compute';
import { NetworkManagementClient } from '@azure/arm-network';

export interface AzureResource {
  type: string;
  apiVersion: string;
  name: string;
  dependsOn?: string[];
  properties: { [name: string]: unknown };
}

/**
 * A resource of an ARM template as Azure's own client libraries understand it: read as Azure's answer, and
 * sent back. They leave out what they have no name for. Nothing goes over the network.
 */
export async function asAzureKnows(resource: AzureResource): Promise<unknown> {
  const { type, apiVersion, dependsOn, ...body } = resource;
  let sent: unknown;
  const httpClient = {
    // biome-ignore lint/suspicious/noExplicitAny: the two libraries have types of their own for one request
    async sendRequest(request: any) {
      if (request.method === 'PUT') sent = JSON.parse(request.body);
      return { request, status: 200, headers: request.headers, bodyAsText: JSON.stringify(body) };
    },
  };
  const token = { token: 'none', expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
  const account = [{ getToken: async () => token }, 'subscription', { httpClient }] as const;
  const compute = new ComputeManagementClient(...account);
  const network = new NetworkManagementClient(...account);
  const group = 'group';
  const through: { [type: string]: () => Promise<unknown> } = {
    'Microsoft.Compute/virtualMachines': async () =>
      compute.virtualMachines.createOrUpdate(group, 'a', await compute.virtualMachines.get(group, 'a')),
    'Microsoft.Network/networkInterfaces': async () =>
      network.networkInterfaces.beginCreateOrUpdate(
        group,
        'a',
        await network.networkInterfaces.get(group, 'a'),
      ),
    'Microsoft.Network/networkSecurityGroups': async () =>
      network.networkSecurityGroups.beginCreateOrUpdate(
        group,
        'a',
        await network.networkSecurityGroups.get(group, 'a'),
      ),
    'Microsoft.Network/publicIPAddresses': async () =>
      network.publicIPAddresses.beginCreateOrUpdate(
        group,
        'a',
        await network.publicIPAddresses.get(group, 'a'),
      ),
    'Microsoft.Network/virtualNetworks': async () =>
      network.virtualNetworks.beginCreateOrUpdate(group, 'a', await network.virtualNetworks.get(group, 'a')),
  };
  if (!Object.hasOwn(through, type)) throw new Error(`the client libraries know no ${type}`);
  await through[type]!();
  return sent;
}
