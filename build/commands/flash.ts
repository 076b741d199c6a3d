import { type BlockDevice, columns, diskOfPartition, parseDevices } from '../flash/devices.ts';
import { assertTakes, assertWritable } from '../flash/refuse.ts';
import { formatBytes } from '../formats/text/size.ts';
import { ask, canAsk } from '../host/ask.ts';
import { readDevice, writeDevice } from '../host/fs/device.ts';
import type { Progress } from '../host/progress.ts';
import { run } from '../host/run/command.ts';
import { IngotError } from '../model/errors.ts';
import { readArtifact } from '../project/artifact.ts';
import { requireRoot, requireTools } from './_host.ts';
import type { Outcome, Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'flash',
  summary: 'writes an image to a stick or disk, and reads it back; without a device it lists what there is',
  arguments: [['<artifact>', 'a finished ISO, or a raw disk']],
  options: [
    { flags: '--device <path>', description: 'the stick or disk, as /dev/sdb; everything on it is lost' },
    { flags: '--check', description: 'writes nothing: compares a stick that was written earlier' },
    { flags: '--yes', description: 'does not ask; --device names what is lost' },
  ],
  examples: [
    'ingot flash out/nanite-server-*.iso',
    'ingot flash out/nanite-server-*.iso --device /dev/sdb',
    'ingot flash out/nanite-server-*.iso --device /dev/sdb --check',
  ],
  async run([artifact], { device: path, check, yes }, progress) {
    await requireTools({ lsblk: 'util-linux', blockdev: 'util-linux' });
    const record = await readArtifact(artifact!);
    assertWritable(record);
    const listing = await run(['lsblk', '--json', '--bytes', '--output', columns]);
    if (!path) return list(parseDevices(listing).filter(({ removable, system }) => removable && !system));
    requireRoot();
    const device = find(path, listing);
    if (!check) {
      assertTakes(device, record.size);
      if (!yes) await confirm(device);
      const end = progress.begin('write', `${artifact} to ${path}, ${formatBytes(record.size)}`);
      await writeDevice(artifact!, path, (done) => progress.bytes('write', done, record.size));
      end();
    }
    return compare(artifact!, device, record.size, progress);
  },
};

function list(devices: BlockDevice[]): Outcome {
  const line = ({ path, size, model, holds }: BlockDevice) =>
    [
      path.padEnd(14),
      formatBytes(size).padStart(10),
      model || 'unnamed',
      holds.length ? `holds ${holds.join(', ')}` : 'empty',
    ].join('  ');
  const text = devices.length
    ? [...devices.map(line), 'name one with --device'].join('\n')
    : 'there is no stick or card; plug one in, or name a disk with --device';
  return { text, json: { devices } };
}

function find(path: string, listing: string): BlockDevice {
  const found = parseDevices(listing).find((device) => device.path === path);
  if (found) return found;
  const disk = diskOfPartition(listing, path);
  throw new IngotError(
    'DEVICE_REFUSED',
    `${path} is ${disk ? 'a partition' : 'not a disk of this machine'}`,
    {
      hint: disk
        ? `the image needs the whole disk: --device ${disk}`
        : 'ingot flash without --device lists what there is',
    },
  );
}

/** The name has to be typed: a letter is typed too easily. */
async function confirm({ path, size, model, holds }: BlockDevice): Promise<void> {
  if (!canAsk())
    throw new IngotError('USAGE', `nobody is there to be asked whether ${path} may be written over`, {
      hint: 'give --yes',
    });
  const what = [formatBytes(size), model, ...holds].filter(Boolean).join(', ');
  const typed = await ask(`Everything on ${path} (${what}) will be lost. Type ${path} to go on: `);
  if (typed.trim() !== path)
    throw new IngotError(
      'DEVICE_REFUSED',
      `"${typed.trim()}" was typed and not ${path}; nothing was written`,
    );
}

async function compare(
  artifact: string,
  { path }: BlockDevice,
  size: number,
  progress: Progress,
): Promise<Outcome> {
  const end = progress.begin('read back', path);
  const { sha256, differsAt } = await readDevice(artifact, path, (done) =>
    progress.bytes('read back', done, size),
  );
  end(differsAt === undefined ? 'it is the image' : 'it differs');
  const json = { device: path, artifact, sha256, same: differsAt === undefined, differsAt };
  if (differsAt === undefined) return { text: `${path} has ${artifact}, byte for byte`, json };
  const failure = new IngotError(
    'CHECK_FAILED',
    `${path} differs from ${artifact}, first at byte ${differsAt}`,
    {
      hint: 'write it again; if it differs again, the stick is worn out',
    },
  );
  return { text: '', json, failure };
}
