import { expect, it } from 'vitest';
import { modelsFromOptions, optionOf } from './named-models.ts';

it.each([
  ['/models/Qwen3-4B-Q4_K_M.gguf', 'qwen3-4b-q4-k-m'],
  ['builtin:smoke', 'smoke'],
  ['/models/My Model (final).GGUF', 'my-model-final'],
  ['/models/--draft--.gguf', 'draft'],
  ['/models/Qualität.gguf', 'qualitat'],
  ['/models/a:b?c.gguf', 'a-b-c'],
  ['/models/.hidden.gguf', 'hidden'],
  [`/models/${'x'.repeat(120)}.gguf`, 'x'.repeat(100)],
  ['https://hub.example/o/r/resolve/main/Some%20Model.gguf?download=true', 'some-model'],
  ['https://hub.example/o/r/resolve/main/100%.gguf', '100'],
  ['chat=/models/x.gguf', 'chat'],
  ['chat=https://hub.example/a=b.gguf', 'chat'],
  ['chat=builtin:smoke', 'chat'],
  ['/models/a=b.gguf', 'a-b'],
])('names the model of --model %s %s', (option, name) => {
  expect(modelsFromOptions([option])).toMatchObject([{ name }]);
});

it.each([
  ['@embed=/models/bge.gguf', { name: 'bge', role: 'embed' }],
  ['bge-m3@embed=/models/bge.gguf', { name: 'bge-m3', role: 'embed' }],
  ['@code=builtin:smoke', { name: 'smoke', role: 'code' }],
])('--model %s has a role', (option, model) => {
  const [read] = modelsFromOptions([option]);
  expect(read).toMatchObject(model);
  expect(modelsFromOptions([optionOf(read!)])).toEqual([read]);
});

it('takes a path from where the command is typed, and leaves other sources as they are', () => {
  const sources = ['a=models/x.gguf', './b=c.gguf', 'https://hub.example/d=e.gguf'];
  expect(modelsFromOptions(sources).map(({ source }) => source)).toEqual([
    `${process.cwd()}/models/x.gguf`,
    `${process.cwd()}/b=c.gguf`,
    'https://hub.example/d=e.gguf',
  ]);
});

it.each([
  [
    '/models/模型.gguf',
    /--model \/models\/模型\.gguf: the file's name gives none/,
    /--model my-name=\/models/,
  ],
  ['/models/_.gguf', /the file's name gives none/, /--model my-name=/],
  ['https://hub.example/', /the file's name gives none/, /--model my-name=/],
  [
    'Chat=/x.gguf',
    /--model Chat=\/x\.gguf: Chat cannot be the name of a model: it is not made of letters/,
    /my-name=/,
  ],
  ['my model=/x.gguf', /my model cannot be the name/, /begins with \.\//],
  [`${'x'.repeat(201)}=/x.gguf`, /x cannot be the name of a model: it has 201 characters/, /my-name=/],
  ['chat=', /there is no source/, /--model name=path/],
  ['ftp://hub.example/x.gguf', /by https or http, not by ftp/, /give its path/],
  ['s3://bucket/x.gguf', /not by s3/, /give its path/],
  ['file:///models/x.gguf', /a local file is named by its path/, /\/models\/x\.gguf/],
  ['https://', /it is no URL/, /https:\/\/host\/path/],
  ['builtin:large', /builtin:smoke and builtin:smoke-embedding/, /a path/],
  ['a@chatty=/x.gguf', /chatty is no role of a model/, /chat, code, embed, rerank/],
])('refuses --model %s by its own words, not by the recipe', (option, message, hint) => {
  expect(() => modelsFromOptions([option])).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    }),
  );
});

it('names both options that would make one model', () => {
  expect(() => modelsFromOptions(['/a/x.gguf', 'y=/c.gguf', '/b/X.gguf'])).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      message: '--model /a/x.gguf and --model /b/X.gguf would both be named x',
      hint: 'name one of them: --model my-name=/b/X.gguf',
    }),
  );
});
