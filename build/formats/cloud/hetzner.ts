import { type CloudFacts, type CloudFiles, imageName, machineType } from './facts.ts';
import { renderModule, sshCidr } from './terraform.ts';
import { renderUploadScript } from './upload-script.ts';

/** An OpenTofu module for one server, and the script that makes the snapshot it starts from. */
export function hetznerFiles(facts: CloudFacts): CloudFiles {
  return { 'main.tf': template(facts), 'upload.sh': upload(facts) };
}

function template(facts: CloudFacts): string {
  const name = imageName(facts);
  return renderModule({
    facts,
    comment: [
      'Made by Ingot; edit build/formats/cloud/hetzner.ts. Copy it into a folder of its own; OpenTofu and Terraform read it.',
      'The token comes from HCLOUD_TOKEN.',
    ],
    machine: 'server',
    page: 'https://search.opentofu.org/provider/hetznercloud/hcloud/latest/docs/resources/server',
    provider: { name: 'hcloud', source: 'hetznercloud/hcloud', version: '1.45' },
    variables: {
      image_id: { type: 'string', description: 'Number of the snapshot that upload.sh made' },
      ssh_key_name: { type: 'string', description: 'Key of the project that may log in' },
      ...sshCidr,
      location: { type: 'string', default: '"nbg1"' },
      server_type: { type: 'string', default: `"${machineType(facts, types)}"` },
    },
    resources: `# Rules for what comes in refuse all else; with none for what goes out, all of that passes.
resource "hcloud_firewall" "ssh" {
  name = "${name}-ssh"
  rule {
    direction  = "in"
    protocol   = "tcp"
    port       = "22"
    source_ips = [var.ssh_cidr]
  }
}

resource "hcloud_server" "server" {
  name         = "${name}"
  image        = var.image_id
  server_type  = var.server_type
  location     = var.location
  ssh_keys     = [var.ssh_key_name]
  user_data    = var.user_data
  firewall_ids = [hcloud_firewall.ssh.id]
}
`,
    address: 'hcloud_server.server.ipv4_address',
  });
}

const types: [number, string][] = [
  [4, 'cx23'],
  [8, 'cx33'],
  [16, 'cx43'],
  [32, 'cx53'],
  [64, 'ccx43'],
  [128, 'ccx53'],
];

/** What hcloud-upload-image calls a packed file; a plain one it takes without a word. */
const compressions: { [extension: string]: string } = { xz: 'xz', zst: 'zstd', bz2: 'bz2' };

function upload(facts: CloudFacts): string {
  const compression = compressions[facts.file.split('.').at(-1)!];
  return renderUploadScript({
    facts,
    summary: 'Makes a snapshot: writes the disk to a server that exists for minutes, and prints its number.',
    sources: [
      'Hetzner Cloud takes no disk but that of a server, started into its rescue system for this:',
      '  https://github.com/apricote/hcloud-upload-image/blob/main/docs/reference/cli/hcloud-upload-image_upload.md',
      'Packed raw and not qcow2: that has to fit into the rescue system, of 960 MB.',
    ],
    madeBy: 'hetzner.ts',
    takes: { HCLOUD_TOKEN: '...' },
    programs: ['hcloud-upload-image', 'sha256sum'],
    body: `export HCLOUD_TOKEN
hcloud-upload-image upload --image-path "$file" --architecture x86${compression ? ` --compression ${compression}` : ''} \\
  --description ${imageName(facts)} --labels made-by=ingot
`,
  });
}
