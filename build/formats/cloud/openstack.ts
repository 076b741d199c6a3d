import { type CloudFacts, type CloudFiles, imageName, minDiskGiB, tunnel } from './facts.ts';
import { renderUploadScript } from './upload-script.ts';

/** A Heat template for one server, and the script that makes the image. */
export function openstackFiles(facts: CloudFacts): CloudFiles {
  return { 'heat.yaml': template(facts), 'upload.sh': upload(facts) };
}

function template(facts: CloudFacts): string {
  return `# Made by Ingot; edit build/formats/cloud/openstack.ts.
# https://docs.openstack.org/heat/latest/template_guide/hot_spec.html
heat_template_version: 2021-04-16
description: >-
  ${facts.name} ${facts.version}. The model's server listens on the instance's loopback only; reach it by an SSH tunnel.
parameters:
  image:
    type: string
    default: ${imageName(facts)}
    constraints: [{ custom_constraint: glance.image }]
  flavor:
    type: string
    description: At least ${facts.memoryMiB} MiB of memory and ${minDiskGiB(facts)} GiB of disk
    constraints: [{ custom_constraint: nova.flavor }]
  key_name:
    type: string
    description: Key that may log in as ${facts.user}
    constraints: [{ custom_constraint: nova.keypair }]
  network:
    type: string
    constraints: [{ custom_constraint: neutron.network }]
  public_network:
    type: string
    description: Where the floating address comes from
    constraints: [{ custom_constraint: neutron.network }]
  ssh_cidr:
    type: string
    description: Addresses that may use SSH, such as 203.0.113.7/32
    constraints: [{ custom_constraint: net_cidr }]
  user_data:
    type: string
    default: ''
    description: What cloud-init shall do at the first boot
resources:
  ssh_only:
    type: OS::Neutron::SecurityGroup
    properties:
      rules:
        - direction: ingress
          ethertype: IPv4
          protocol: tcp
          port_range_min: 22
          port_range_max: 22
          remote_ip_prefix: { get_param: ssh_cidr }
        - { direction: egress, ethertype: IPv4 }
        - { direction: egress, ethertype: IPv6 }
  port:
    type: OS::Neutron::Port
    properties:
      network: { get_param: network }
      security_groups: [{ get_resource: ssh_only }]
  address:
    type: OS::Neutron::FloatingIP
    properties:
      floating_network: { get_param: public_network }
      port_id: { get_resource: port }
  server:
    type: OS::Nova::Server
    properties:
      image: { get_param: image }
      flavor: { get_param: flavor }
      key_name: { get_param: key_name }
      networks: [{ port: { get_resource: port } }]
      # Heat would wrap the text with programs of its own, which the image does not have.
      user_data_format: RAW
      user_data: { get_param: user_data }
outputs:
  tunnel:
    value:
      str_replace:
        template: ${tunnel(facts, 'ADDRESS')}
        params: { ADDRESS: { get_attr: [address, floating_ip_address] } }
`;
}

function upload(facts: CloudFacts): string {
  const properties = {
    architecture: facts.arch,
    os_type: 'linux',
    os_distro: 'debian',
    hw_disk_bus: 'virtio',
    hw_vif_model: 'virtio',
    hw_rng_model: 'virtio',
    ...(facts.firmware.includes('uefi') ? { hw_firmware_type: 'uefi', hw_machine_type: 'q35' } : {}),
    // Snapshots are taken with the file systems at rest.
    hw_qemu_guest_agent: 'yes',
  };
  const options = Object.entries(properties).map(([key, value]) => `  --property ${key}=${value} \\\n`);
  return renderUploadScript({
    facts,
    summary: 'Makes an image and prints its id.',
    sources: [
      'Each property: https://docs.openstack.org/glance/latest/admin/useful-image-properties.html',
      'Who you are comes from clouds.yaml or OS_*; OS_CLOUD is the name of an entry there.',
    ],
    madeBy: 'openstack.ts',
    takes: { OS_CLOUD: 'my-cloud' },
    programs: ['openstack', 'sha256sum'],
    body: `export OS_CLOUD
openstack image create ${imageName(facts)} --file "$file" --progress \\
  --disk-format ${facts.file.endsWith('.qcow2') ? 'qcow2' : 'raw'} --container-format bare \\
  --min-disk ${minDiskGiB(facts)} --min-ram ${facts.memoryMiB} \\
${options.join('')}  --private --column id --format value
`,
  });
}
