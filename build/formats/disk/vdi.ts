import { assertSignature, type Canonicalise, guidBytes, idOf } from './disk-image.ts';

/**
 * The ids of a VirtualBox image, of its creation and of its last change; there are no times and no checksum
 * in it.
 */
export const canonicalVdi: Canonicalise = ({ read }, identity) => {
  assertSignature('vdi', read(0x40, 4), Buffer.from([0x7f, 0x10, 0xda, 0xbe]));
  return [
    { offset: 392, bytes: guidBytes(idOf(identity, 'created')) },
    { offset: 408, bytes: guidBytes(idOf(identity, 'modified')) },
  ];
};
