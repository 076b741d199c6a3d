import { add, type TinyModel, text, tinyBert, tinyChat, u32, width } from '../../gguf/tiny-models.ts';
import { changed, having } from './changed-models.ts';

const template = 'tokenizer.chat_template';

/** Models that are in order, and what llama.cpp serves each for. */
export const servable: [name: string, model: () => TinyModel, role: string][] = [
  ['a chat model', tinyChat, 'chat'],
  ['one without a chat template', changed((model) => model.values.delete(template)), 'chat'],
  ['one with pooling of none', having('llama.pooling_type', u32(0)), 'chat'],
  ['one whose template takes no system message', having(template, text(noSystem())), 'chat'],
  ['a BERT', tinyBert, 'embed'],
  ['a chat model that pools', having('llama.pooling_type', u32(3)), 'embed'],
  ['a BERT that ranks', ranking, 'rerank'],
];

function ranking(): TinyModel {
  const model = tinyBert(4);
  add(model, { 'cls.weight': [width, width], 'cls.bias': [width] });
  add(model, { 'cls.output.weight': [width, 1], 'cls.output.bias': [1] });
  return model;
}

function noSystem(): string {
  return (
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system message') }}{% endif %}" +
    '{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}'
  );
}
