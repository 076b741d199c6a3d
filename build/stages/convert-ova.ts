import { join } from 'node:path';
import { sha256 } from '../formats/canonical-json.ts';
import { type Hardware, renderOvf } from '../formats/ovf.ts';
import { renderOvfManifest } from '../formats/ovf-manifest.ts';
import { fileSize } from '../host/files.ts';
import { writeTarOfFiles } from '../host/tar-files.ts';
import type { StageContext } from './context.ts';
import { qemuFormats, writeQemuImage } from './convert-qemu.ts';
import { assertFacts, type Facts, factsOf } from './facts.ts';

/**
 * A virtual machine to import: its description, the manifest, the disk, in the order that OVF asks for. The disk is
 * the very VMDK of another conversion where the input `vmdk` has one, because making it takes longest of all.
 */
export async function writeOva(context: StageContext): Promise<string> {
  const { inputs, options, scratch, sourceDateEpoch } = context;
  const name = String(options.name);
  const { path, facts } = await obtainVmdk(context);
  const disk = {
    file: `${name}-disk1.vmdk`,
    size: facts.size,
    capacity: await fileSize(join(inputs.disk!, 'disk.raw')),
  };
  const ovf = {
    name: `${name}.ovf`,
    text: renderOvf({ name, disk, hardware: options.hardware as unknown as Hardware }),
  };
  const manifest = renderOvfManifest([
    { name: ovf.name, sha256: sha256(ovf.text) },
    { name: disk.file, sha256: facts.sha256 },
  ]);
  const image = join(scratch, 'image.ova');
  const members = [ovf, { name: `${name}.mf`, text: manifest }, { name: disk.file, file: path }];
  await writeTarOfFiles(members, sourceDateEpoch, image);
  return image;
}

async function obtainVmdk(context: StageContext): Promise<{ path: string; facts: Facts }> {
  const { vmdk } = context.inputs;
  const path = vmdk ? join(vmdk, 'image') : await writeQemuImage(qemuFormats['vmdk deflate']!, context);
  return { path, facts: vmdk ? await assertFacts(path) : await factsOf(path) };
}
