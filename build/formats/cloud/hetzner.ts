import { type CloudFacts, type CloudFiles, imageName, machineType, tunnel } from './facts.ts';
import { renderUploadScript } from './upload-script.ts';

/** An OpenTofu module for one server, and the script that makes the snapshot it starts from. */
export function hetznerFiles(facts: CloudFacts): CloudFiles {
  return { 'main.tf': template(facts), 'upload.sh': upload(facts) };
}

function template(facts: CloudFacts): string {
  const name = imageName(facts);
  return `# Made by Ingot; edit build/formats/cloud/hetzner.ts. Copy it into a folder of its own; OpenTofu and Terraform read it.
# The token comes from HCLOUD_TOKEN.
# ${facts.name} ${facts.version}. The model's server listens on the server's loopback only; reach it by an SSH tunnel.
# https://search.opentofu.org/provider/hetznercloud/hcloud/latest/docs/resources/server
terraform {
  required_providers {
    hcloud = { source = "hetznercloud/hcloud", version = ">= 1.45" }
  }
}

variable "image_id" {
  type        = string
  description = "Number of the snapshot that upload.sh made"
}
variable "ssh_key_name" {
  type        = string
  description = "Key of the project that may log in"
}
variable "ssh_cidr" {
  type        = string
  description = "Addresses that may use SSH, such as 203.0.113.7/32"
}
variable "location" {
  type    = string
  default = "nbg1"
}
variable "server_type" {
  type    = string
  default = "${machineType(facts, types)}"
}
variable "user_data" {
  type        = string
  default     = null
  description = "What cloud-init shall do at the first boot"
}

# Rules for what comes in refuse all else; with none for what goes out, all of that passes.
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

output "tunnel" {
  value = "${tunnel(facts, '${hcloud_server.server.ipv4_address}')}"
}
`;
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
