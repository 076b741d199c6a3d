import { type CloudFacts, type CloudFiles, imageName, machineType } from './facts.ts';
import { renderModule, sshCidr } from './terraform.ts';
import { renderUploadScript } from './upload-script.ts';

/** An OpenTofu module for one Droplet, and the script that makes the image. */
export function digitaloceanFiles(facts: CloudFacts): CloudFiles {
  return { 'main.tf': template(facts), 'upload.sh': upload(facts) };
}

function template(facts: CloudFacts): string {
  const name = imageName(facts);
  return renderModule({
    facts,
    comment: [
      'Made by Ingot; edit build/formats/cloud/digitalocean.ts. Copy it into a folder of its own; OpenTofu and Terraform',
      'read it. The token comes from DIGITALOCEAN_TOKEN.',
    ],
    machine: 'Droplet',
    page: 'https://docs.digitalocean.com/reference/terraform/reference/resources/droplet/',
    provider: { name: 'digitalocean', source: 'digitalocean/digitalocean', version: '2.40' },
    variables: {
      region: { type: 'string', description: 'Where the image is: a custom image starts only there' },
      image_id: { type: 'string', description: 'What upload.sh printed' },
      ssh_key_fingerprint: {
        type: 'string',
        description: 'Key of the account that may log in; a custom image takes nothing else',
      },
      ...sshCidr,
      size: { type: 'string', default: `"${machineType(facts, types)}"` },
    },
    resources: `resource "digitalocean_droplet" "server" {
  name      = "${name}"
  region    = var.region
  size      = var.size
  image     = var.image_id
  ssh_keys  = [var.ssh_key_fingerprint]
  user_data = var.user_data
  # The agents are programs that would be installed at the first boot.
  monitoring    = false
  droplet_agent = false
}

resource "digitalocean_firewall" "ssh" {
  name        = "${name}-ssh"
  droplet_ids = [digitalocean_droplet.server.id]
  inbound_rule {
    protocol         = "tcp"
    port_range       = "22"
    source_addresses = [var.ssh_cidr]
  }
  # Without a rule for what goes out, nothing does.
  outbound_rule {
    protocol              = "tcp"
    port_range            = "1-65535"
    destination_addresses = ["0.0.0.0/0", "::/0"]
  }
  outbound_rule {
    protocol              = "udp"
    port_range            = "1-65535"
    destination_addresses = ["0.0.0.0/0", "::/0"]
  }
}
`,
    address: 'digitalocean_droplet.server.ipv4_address',
  });
}

const types: [number, string][] = [
  [2, 's-1vcpu-2gb'],
  [4, 's-2vcpu-4gb'],
  [8, 's-4vcpu-8gb'],
  [16, 's-8vcpu-16gb'],
  [32, 'g-8vcpu-32gb'],
  [64, 'g-16vcpu-64gb'],
];

function upload(facts: CloudFacts): string {
  return renderUploadScript({
    facts,
    summary: 'Makes a custom image from the address where you have put the artifact, and prints its id.',
    sources: [
      'DigitalOcean takes no file but loads it from a URL; its console takes a file by hand:',
      '  https://docs.digitalocean.com/reference/doctl/reference/compute/image/create/',
      'Raw or qcow2, plain or packed by gzip or bzip2, under 100 GB:',
      '  https://docs.digitalocean.com/products/custom-images/details/limits/',
    ],
    madeBy: 'digitalocean.ts',
    takes: { REGION: 'fra1', IMAGE_URL: 'https://example.org/image' },
    programs: ['doctl', 'curl', 'sha256sum'],
    elsewhere: true,
    body: `# The whole of it, because what is loaded from there is what will start.
sum=$(curl --fail --silent --show-error --location "$IMAGE_URL" | sha256sum)
grep --quiet --line-regexp --fixed-strings "\${sum%% *}  $file" "$file.SHA256SUMS" || {
  echo "$IMAGE_URL does not hold $file: SHA-256 \${sum%% *}" >&2
  exit 1
}
doctl compute image create ${imageName(facts)} --region "$REGION" --image-url "$IMAGE_URL" \\
  --image-distribution Debian --image-description "$file" --format ID --no-header
`,
  });
}
