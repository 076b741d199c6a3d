import { makeScratch, type Store } from '../host/store/store.ts';
import { extractRoot } from '../inspect/extract-root.ts';
import { type OpenImage, type Workplace, withOpenImage } from '../inspect/open-image.ts';
import { type Compared, type Difference, explain } from './explain.ts';

/**
 * What makes two disks differ: files of their roots and ESPs. diffoscope opens no partition table, and the
 * bytes of a whole disk as text are more than memory holds.
 */
export async function explainDisks(compared: Compared, store: Store): Promise<Difference[]> {
  const { a, b, name, tools } = compared;
  const at = { tools, store };
  const found = await withOpenImage(a, at, (imageA, placeA) =>
    withOpenImage(b, at, async (imageB, placeB) => {
      const trees = { a: await unpack(imageA, placeA), b: await unpack(imageB, placeB) };
      return explain({ ...compared, ...trees }, store);
    }),
  );
  const sameFiles = 'files are the same; tables, file systems or the packing around them differ';
  return found.length ? found : [{ where: [name], cause: sameFiles }];
}

/** A folder with the files of ESP and root, and nothing else. */
async function unpack(image: OpenImage, place: Workplace): Promise<string> {
  await extractRoot(image, place);
  await image.extractBoot('/scratch/esp');
  const files = await makeScratch(place.work, 'files');
  await place.inside(['mv', '/scratch/root', '/scratch/esp', '/scratch/files']);
  return files;
}
