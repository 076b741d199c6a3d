import type { Random } from '../formats/text/random.ts';
import { tinyContent } from '../gguf/fixture.ts';
import { tensorTypes } from '../gguf/types.ts';
import type { GgufContent, GgufTensor } from '../gguf/write.ts';

type Content = ReturnType<typeof tinyContent> & { tensors: GgufTensor[] };

const mutations: ((content: Content, random: Random) => void)[] = [
  ({ metadata }, random) => metadata.push(random.pick(metadata)),
  ({ metadata }, random) => metadata.splice(random.below(metadata.length), 1),
  ({ metadata }, random) => metadata.reverse().unshift(...metadata.splice(random.below(metadata.length))),
  ({ metadata }, random) => metadata.push([random.pick(metadata)[0], random.pick(metadata)[1]]),
  ({ metadata }, random) => {
    const at = metadata.findIndex(([key]) => key === 'general.alignment');
    metadata.splice(Math.max(0, at), 1, ['general.alignment', { type: 'uint32', value: random.below(70) }]);
  },
  ({ metadata }, random) => metadata.push([`k${random.below(1000)}`, random.pick(metadata)[1]]),
  ({ tensors }, random) => tensors.push(random.pick(tensors)),
  ({ tensors }, random) => tensors.splice(1 + random.below(tensors.length - 1)),
  ({ tensors }, random) => tensors.push(someTensor(random)),
  ({ tensors }, random) => tensors.unshift(someTensor(random)),
];

/** A model put together otherwise, and in itself consistent: what changed bytes alone seldom come to. */
export function mutatedContent(random: Random): GgufContent {
  const tiny = tinyContent();
  const content: Content = { ...tiny, tensors: [...tiny.tensors] };
  for (let left = 1 + random.below(4); left > 0; left--)
    if (content.metadata.length > 1 && content.tensors.length > 1) random.pick(mutations)(content, random);
  return content;
}

function someTensor(random: Random): GgufTensor {
  const type = random.pick([...tensorTypes.keys()]);
  const { blockElements, blockBytes } = tensorTypes.get(type)!;
  const blocks = Array.from({ length: 1 + random.below(4) }, () => random.below(4));
  const count = blocks.reduce((product, size) => product * size, 1);
  const dims = blocks.map((size, i) => (i === 0 ? size * blockElements : size));
  return { name: `t${random.below(1000)}`, dims, type, data: [new Uint8Array(count * blockBytes)] };
}
