import { sha256 } from '../text/canonical-json.ts';
import { assertSignature, type Canonicalise, damaged, type Identity, idOf } from './disk-image.ts';

const sector = 512;
const cid = /^CID=[0-9a-f]{1,8}$/m;
const ids = /^ddb\.uuid\..*\n/gm;

/**
 * The name that every VMDK is converted under, because it is written into the file; readers of a whole image
 * ignore it.
 */
const vmdkName = 'disk.vmdk';

/**
 * The content id of a hosted sparse VMDK (VMware Virtual Disk Format 1.1, "The Descriptor File"): up to eight
 * hex digits that qemu-img draws by lot and does not pad. The header says where the text is; zeros follow it.
 * VirtualBox's ids are added: it knows a disk by them, and calls one without them inaccessible when it is
 * opened a second time, because it cannot write its own into a compressed file.
 */
export const canonicalVmdk: Canonicalise = ({ read }, identity) => {
  const header = read(0, sector);
  assertSignature('vmdk', header, 'KDMV');
  const offset = Number(header.readBigUInt64LE(28)) * sector;
  const region = read(offset, Number(header.readBigUInt64LE(36)) * sector);
  const old = region.toString('latin1', 0, region.indexOf(0));
  if (!cid.test(old)) throw damaged('vmdk', 'its descriptor has no CID');
  if (!old.includes(`SPARSE "${vmdkName}"`)) throw damaged('vmdk', `it does not call itself ${vmdkName}`);
  const named = old.replace(cid, `CID=${contentId(identity.sha256)}`).replace(ids, '');
  const text = named + virtualBoxIds(identity);
  if (text.length >= region.length) throw damaged('vmdk', 'its descriptor has no room for more ids');
  const bytes = Buffer.alloc(region.length);
  bytes.write(text, 'latin1');
  return [{ offset, bytes }];
};

/** Never ffffffff, which means that a disk has no parent. */
function contentId(hash: string): string {
  return `0${sha256([hash, 'vmdk']).slice(0, 7)}`;
}

function virtualBoxIds(identity: Identity): string {
  const none = '00000000-0000-0000-0000-000000000000';
  const known = {
    image: idOf(identity, 'vmdk-image'),
    modification: idOf(identity, 'vmdk-modification'),
    parent: none,
    parentmodification: none,
  };
  return Object.entries(known)
    .map(([name, id]) => `ddb.uuid.${name}="${id}"\n`)
    .join('');
}
