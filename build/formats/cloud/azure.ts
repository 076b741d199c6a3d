import { azureResources } from './azure-resources.ts';
import { type CloudFacts, type CloudFiles, defaultDiskGiB, imageName, machineType, tunnel } from './facts.ts';
import { atEnd, renderUploadScript } from './upload-script.ts';

/**
 * An ARM template for one virtual machine, and the script that makes the image. Not Bicep: its compiler is
 * neither packaged by Debian nor on npm, so what is rendered could not be checked; ARM is plain JSON, which
 * `az deployment group create --template-file` takes as well.
 */
export function azureFiles(facts: CloudFacts): CloudFiles {
  return { 'arm.json': `${JSON.stringify(template(facts), null, 2)}\n`, 'upload.sh': upload(facts) };
}

function template(facts: CloudFacts): object {
  const text = (description: string) => ({ type: 'string', metadata: { description } });
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    metadata: {
      description: `${facts.name} ${facts.version}. Made by Ingot; edit build/formats/cloud/azure.ts. The model's server listens on the machine's loopback only; reach it by an SSH tunnel.`,
    },
    parameters: {
      imageId: text('Resource id of the image; upload.sh printed it'),
      sshPublicKey: text('Public key that may log in'),
      sshCidr: text('Addresses that may use SSH, such as 203.0.113.7/32'),
      userName: { type: 'string', defaultValue: facts.user },
      vmSize: { type: 'string', defaultValue: machineType(facts, types) },
      diskGiB: { type: 'int', defaultValue: defaultDiskGiB(facts) },
      userData: {
        type: 'string',
        defaultValue: '',
        metadata: { description: 'For cloud-init, at the first boot' },
      },
      location: { type: 'string', defaultValue: '[resourceGroup().location]' },
    },
    variables: { name: imageName(facts) },
    resources: azureResources,
    outputs: {
      tunnel: {
        type: 'string',
        // By its id: the name is that of every resource here, and Azure refuses one that is not of one alone.
        value: `[concat('${tunnel({ ...facts, user: '' }, '').replace(/ @$/, ' ')}', parameters('userName'), '@', reference(resourceId('Microsoft.Network/publicIPAddresses', variables('name'))).ipAddress)]`,
      },
    },
  };
}

/**
 * Generation 2 machines whose disks are SCSI: an image of `az image create` cannot say that it knows NVMe.
 */
const types: [number, string][] = [
  [8, 'Standard_D2s_v5'],
  [16, 'Standard_D4s_v5'],
  [32, 'Standard_D8s_v5'],
  [64, 'Standard_D16s_v5'],
  [128, 'Standard_D32s_v5'],
];

function upload(facts: CloudFacts): string {
  const name = imageName(facts);
  return renderUploadScript({
    facts,
    summary:
      'Makes an image: uploads the disk as a managed disk, makes an image of that, prints its resource id.',
    sources: [
      'A disk made for uploading takes a page blob of exactly its size, with the 512 bytes of the footer:',
      '  https://learn.microsoft.com/azure/virtual-machines/linux/disks-upload-vhd-to-managed-disk-cli',
      'Generation 2 starts by UEFI: https://learn.microsoft.com/azure/virtual-machines/generation-2',
    ],
    madeBy: 'azure.ts',
    takes: { RESOURCE_GROUP: 'my-group', LOCATION: 'westeurope' },
    programs: ['az', 'azcopy', 'sha256sum'],
    body: `disk=${name}-upload
az disk create --output none --resource-group "$RESOURCE_GROUP" --location "$LOCATION" --name "$disk" \\
  --os-type Linux --hyper-v-generation V2 --sku Standard_LRS --upload-type Upload --upload-size-bytes ${facts.size}
granted=
revoke() {
  az disk revoke-access --output none --resource-group "$RESOURCE_GROUP" --name "$disk" && granted=
}
${atEnd(`# A disk that somebody may still write to cannot be deleted.
[ -z "$granted" ] || revoke || left "the right to write to disk $disk"
az disk delete --yes --output none --resource-group "$RESOURCE_GROUP" --name "$disk" || left "disk $disk"`)}# The name of the answer's field differs between versions of the program.
sas=$(az disk grant-access --resource-group "$RESOURCE_GROUP" --name "$disk" --access-level Write \\
  --duration-in-seconds 86400 --query 'accessSAS || accessSas' --output tsv)
granted=yes
azcopy copy "$file" "$sas" --blob-type PageBlob
revoke
az image create --resource-group "$RESOURCE_GROUP" --location "$LOCATION" --name ${name} --source "$disk" \\
  --os-type Linux --hyper-v-generation V2 --query id --output tsv
`,
  });
}
