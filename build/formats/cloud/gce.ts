import { type CloudFacts, type CloudFiles, defaultDiskGiB, imageName, machineType } from './facts.ts';
import { renderModule, sshCidr } from './terraform.ts';
import { atEnd, renderUploadScript } from './upload-script.ts';

/** An OpenTofu module for one instance, and the script that makes the image. */
export function gceFiles(facts: CloudFacts): CloudFiles {
  return { 'main.tf': template(facts), 'upload.sh': upload(facts) };
}

function template(facts: CloudFacts): string {
  const name = imageName(facts);
  return renderModule({
    facts,
    comment: [
      'Made by Ingot; edit build/formats/cloud/gce.ts. Copy it into a folder of its own; OpenTofu and Terraform read it.',
    ],
    machine: 'instance',
    page: 'https://search.opentofu.org/provider/hashicorp/google/latest/docs/resources/compute_instance',
    provider: { name: 'google', source: 'hashicorp/google', version: '6.0' },
    variables: {
      project: { type: 'string' },
      zone: { type: 'string' },
      ssh_public_key: { type: 'string' },
      ...sshCidr,
      image: { type: 'string', default: `"${name}"` },
      machine_type: { type: 'string', default: `"${machineType(facts, types)}"` },
      disk_gib: { type: 'number', default: String(defaultDiskGiB(facts)) },
    },
    resources: `provider "google" {
  project = var.project
  zone    = var.zone
}

# A network of its own: the default one lets SSH in from everywhere.
resource "google_compute_network" "own" {
  name                    = "${name}"
  auto_create_subnetworks = true
}

resource "google_compute_firewall" "ssh" {
  name          = "${name}-ssh"
  network       = google_compute_network.own.id
  source_ranges = [var.ssh_cidr]
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_instance" "server" {
  name         = "${name}"
  machine_type = var.machine_type
  boot_disk {
    initialize_params {
      image = var.image
      size  = var.disk_gib
      type  = "pd-balanced"
    }
  }
  network_interface {
    network  = google_compute_network.own.id
    nic_type = "GVNIC"
    access_config {}
  }
  # What starts is not signed by Microsoft, so Secure Boot would refuse it.
  shielded_instance_config {
    enable_secure_boot          = false
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }
  metadata = merge({
    ssh-keys               = "${facts.user}:\${var.ssh_public_key}"
    block-project-ssh-keys = "TRUE"
  }, var.user_data == null ? {} : { user-data = var.user_data })
}
`,
    address: 'google_compute_instance.server.network_interface[0].access_config[0].nat_ip',
  });
}

const types: [number, string][] = [
  [2, 'e2-small'],
  [4, 'e2-medium'],
  [8, 'n2-standard-2'],
  [16, 'n2-standard-4'],
  [32, 'n2-standard-8'],
  [64, 'n2-standard-16'],
  [128, 'n2-standard-32'],
];

function upload(facts: CloudFacts): string {
  const name = imageName(facts);
  return renderUploadScript({
    facts,
    summary: 'Makes an image: copies the archive to Cloud Storage and imports it, then removes the copy.',
    sources: [
      'The archive holds one file, disk.raw: https://docs.cloud.google.com/compute/docs/import/import-existing-image',
      'What the guest can do decides which machines take it:',
      '  https://docs.cloud.google.com/compute/docs/images/create-custom#guest-os-features',
    ],
    madeBy: 'gce.ts',
    takes: { PROJECT: 'my-project', BUCKET: 'my-bucket' },
    programs: ['gcloud', 'sha256sum'],
    body: `gcloud storage cp --project="$PROJECT" "$file" "gs://$BUCKET/$file"
${atEnd('gcloud storage rm --project="$PROJECT" "gs://$BUCKET/$file" || left "gs://$BUCKET/$file"')}gcloud compute images create ${name} --project="$PROJECT" --source-uri="gs://$BUCKET/$file" \\
  --architecture=${facts.arch.toUpperCase()} --guest-os-features=${features(facts).join(',')}
`,
  });
}

function features({ firmware }: CloudFacts): string[] {
  return [...(firmware.includes('uefi') ? ['UEFI_COMPATIBLE'] : []), 'GVNIC', 'VIRTIO_SCSI_MULTIQUEUE'];
}
