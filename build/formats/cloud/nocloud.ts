import { type CloudFacts, type CloudFiles, defaultDiskGiB, imageName, tunnel } from './facts.ts';
import { renderUploadScript } from './upload-script.ts';

/** The script that starts the image with libvirt and a seed: on one's own machine nothing is uploaded. */
export function nocloudFiles(facts: CloudFacts): CloudFiles {
  return { 'start.sh': start(facts) };
}

function start(facts: CloudFacts): string {
  const name = imageName(facts);
  const format = facts.file.endsWith('.qcow2') ? 'qcow2' : 'raw';
  return renderUploadScript({
    facts,
    summary: 'Starts the image with libvirt: a new disk over the artifact, which stays as it is, and a seed.',
    sources: [
      'The seed is a volume called CIDATA with user-data and meta-data; `ingot seed` makes one as well:',
      '  https://docs.cloud-init.io/en/latest/reference/datasources/nocloud.html',
      `Then: ${tunnel(facts, '<address>')}, the address by: virsh domifaddr ${name}`,
    ],
    madeBy: 'nocloud.ts',
    suffix: 'start.sh',
    takes: { SSH_KEY: '~/.ssh/id_ed25519.pub' },
    programs: ['virt-install', 'virsh', 'qemu-img', 'cloud-localds', 'sha256sum'],
    body: `[ -f "$SSH_KEY" ] || { echo "SSH_KEY: there is no file $SSH_KEY, seen from $PWD" >&2; exit 2; }
seed=${name}.seed.img
disk=${name}.disk.qcow2

# Before anything is written: a disk that is there holds all that its machine has kept, and would be made empty.
machines=$(virsh list --all --name)
there=
if printf '%s\n' "$machines" | grep --quiet --line-regexp --fixed-strings ${name}; then
  there='machine ${name}'
fi
[ ! -e "$disk" ] || there="\${there:+$there and }$PWD/$disk"
if [ -n "$there" ]; then
  echo "already there: $there; the machine starts again by: virsh start ${name}" >&2
  echo "for a new one, remove it first: virsh undefine --nvram ${name}; rm $PWD/$disk" >&2
  exit 1
fi

{
  printf '#cloud-config\\nssh_authorized_keys:\\n'
  # The first key, in quotes: options before it and a comment behind it may hold what means something in YAML.
  sed -n "s/\\r$//; s/'/''/g; /^[^#]/{s/.*/  - '&'/p;q}" "$SSH_KEY"
} > ${name}.user-data
printf 'instance-id: ${name}\\nlocal-hostname: ${name}\\n' > ${name}.meta-data
cloud-localds "$seed" ${name}.user-data ${name}.meta-data
qemu-img create -q -f qcow2 -F ${format} -b "$PWD/$file" "$disk" ${defaultDiskGiB(facts)}G

virt-install --name ${name} --memory ${facts.memoryMiB} --vcpus 2 --import \\
  --osinfo detect=on,require=off --boot ${facts.firmware.includes('uefi') ? 'uefi,firmware.feature0.name=secure-boot,firmware.feature0.enabled=no' : 'hd'} \\
  --disk "path=$disk,format=qcow2,bus=virtio" --disk "path=$seed,format=raw,bus=virtio,readonly=on" \\
  --network network=default,model=virtio --graphics none --noautoconsole
`,
  });
}
