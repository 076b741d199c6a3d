const named = { name: "[variables('name')]", location: "[parameters('location')]" };
const idOf = (type: string) => ({ id: `[resourceId('${type}', variables('name'))]` });

const securityGroup = {
  type: 'Microsoft.Network/networkSecurityGroups',
  apiVersion: '2024-05-01',
  ...named,
  properties: {
    securityRules: [
      {
        name: 'ssh',
        properties: {
          priority: 100,
          direction: 'Inbound',
          access: 'Allow',
          protocol: 'Tcp',
          sourceAddressPrefix: "[parameters('sshCidr')]",
          sourcePortRange: '*',
          destinationAddressPrefix: '*',
          destinationPortRange: '22',
        },
      },
    ],
  },
};

const network = {
  type: 'Microsoft.Network/virtualNetworks',
  apiVersion: '2024-05-01',
  ...named,
  dependsOn: [idOf(securityGroup.type).id],
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/24'] },
    subnets: [
      {
        name: 'default',
        properties: { addressPrefix: '10.0.0.0/24', networkSecurityGroup: idOf(securityGroup.type) },
      },
    ],
  },
};

const address = {
  type: 'Microsoft.Network/publicIPAddresses',
  apiVersion: '2024-05-01',
  ...named,
  sku: { name: 'Standard' },
  properties: { publicIPAllocationMethod: 'Static' },
};

const networkInterface = {
  type: 'Microsoft.Network/networkInterfaces',
  apiVersion: '2024-05-01',
  ...named,
  dependsOn: [idOf(network.type).id, idOf(address.type).id],
  properties: {
    ipConfigurations: [
      {
        name: 'default',
        properties: {
          subnet: {
            id: `[resourceId('${network.type}/subnets', variables('name'), 'default')]`,
          },
          publicIPAddress: idOf(address.type),
        },
      },
    ],
  },
};

const machine = {
  type: 'Microsoft.Compute/virtualMachines',
  apiVersion: '2024-11-01',
  ...named,
  dependsOn: [idOf(networkInterface.type).id],
  properties: {
    hardwareProfile: { vmSize: "[parameters('vmSize')]" },
    storageProfile: {
      imageReference: { id: "[parameters('imageId')]" },
      osDisk: {
        createOption: 'FromImage',
        deleteOption: 'Delete',
        diskSizeGB: "[parameters('diskGiB')]",
        managedDisk: { storageAccountType: 'Premium_LRS' },
      },
    },
    osProfile: {
      computerName: "[take(variables('name'), 63)]",
      adminUsername: "[parameters('userName')]",
      customData: "[if(empty(parameters('userData')), null(), base64(parameters('userData')))]",
      // cloud-init sets the machine up; there is no agent that could run an extension.
      allowExtensionOperations: false,
      linuxConfiguration: {
        disablePasswordAuthentication: true,
        provisionVMAgent: false,
        ssh: {
          publicKeys: [
            {
              path: "[concat('/home/', parameters('userName'), '/.ssh/authorized_keys')]",
              keyData: "[parameters('sshPublicKey')]",
            },
          ],
        },
      },
    },
    networkProfile: {
      networkInterfaces: [{ ...idOf(networkInterface.type), properties: { deleteOption: 'Delete' } }],
    },
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
  },
};

/**
 * One machine with what it needs of a network, each after those that it names; parameters say what differs.
 */
export const azureResources = [securityGroup, network, address, networkInterface, machine];
