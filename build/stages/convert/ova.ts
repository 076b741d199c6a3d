import { join } from 'node:path';
import { idOf } from '../../formats/disk/disk-image.ts';
import { type Hardware, renderOvf, renderOvfManifest } from '../../formats/disk/ovf.ts';
import { sha256 } from '../../formats/text/canonical-json.ts';
import { writeTarOfFiles } from '../../host/fs/tar-files.ts';
import type { StageContext } from '../context.ts';
import { assertDigest, type Digest, imageName } from '../stage-output.ts';
import { qemuFormats, writeQemuImage } from './qemu.ts';
import type { WholeDisk } from './whole-disk.ts';

/**
 * A virtual machine to import: its description, the manifest, the disk, in the order that OVF asks for. The
 * disk is the very VMDK of another conversion where the input `vmdk` has one, because making it takes longest
 * of all.
 */
export async function writeOva(whole: WholeDisk, context: StageContext) {
  const { options, scratch, sourceDateEpoch } = context;
  const name = String(options.name);
  const { path, facts } = await obtainVmdk(whole, context);
  const disk = {
    file: `${name}-disk1.vmdk`,
    size: facts.size,
    capacity: whole.size,
  };
  const identity = { sha256: String(options.identity), sourceDateEpoch };
  const ids = { machine: idOf(identity, 'ova-machine'), disk: idOf(identity, 'ova-disk') };
  const hardware = options.hardware as unknown as Hardware;
  const ovf = { name: `${name}.ovf`, text: renderOvf({ name, disk, hardware, ids }) };
  const manifest = renderOvfManifest([
    { name: ovf.name, sha256: sha256(ovf.text) },
    { name: disk.file, sha256: facts.sha256 },
  ]);
  const image = join(scratch, 'image.ova');
  const members = [ovf, { name: `${name}.mf`, text: manifest }, { name: disk.file, file: path }];
  await writeTarOfFiles(members, sourceDateEpoch, image);
  return { path: image };
}

async function obtainVmdk(whole: WholeDisk, context: StageContext): Promise<{ path: string; facts: Digest }> {
  const { vmdk } = context.inputs;
  if (vmdk) {
    const path = join(vmdk, imageName);
    return { path, facts: await assertDigest(path) };
  }
  return writeQemuImage(qemuFormats['vmdk deflate']!, whole, context);
}
