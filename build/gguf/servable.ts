import type { ModelRole } from '../model/models.ts';
import type { GgufSummary } from './validate.ts';

/** What a model can be served for, and what is to be said about it all the same. */
export interface Servable {
  role: ModelRole;
  /** What llama.cpp reads in the model that makes it so: `causal attn = 0, pooling type = 1`. */
  because: string;
  remarks: string[];
}
export type Header = Pick<GgufSummary, 'part' | 'draftTensor' | 'trailingBytes'>;

/** llama.cpp's `LLAMA_POOLING_TYPE_RANK`; the types between 0, none, and this one make embeddings. */
const rank = 4;
/** What a chat template is rendered with, by llama.cpp itself. */
const question = 'How are you?';
const endings: ReadonlyMap<number, string> = new Map([
  [124, 'it comes to no end'],
  [132, 'it crashes at an instruction that this processor lacks'],
  [134, 'it gives up without a reason'],
  [135, 'it crashes, for it reads weights before the first token'],
  [136, 'it crashes in a division by zero, as by a number of the header that is 0'],
  [137, 'it comes to no end'],
  [139, 'it crashes in a memory access'],
  [153, 'it prints without end'],
]);

/**
 * Judges what llama.cpp printed when it loaded a model and rendered one chat turn, as load-model.sh lets
 * it: what the model can be served for, or why it cannot be served.
 */
export function judgeServable(said: string, header: Header): Servable | { refusal: string } {
  const status = Number(/^ended with status (\d+)$/m.exec(said)?.[1] ?? Number.NaN);
  // Then it was rendered and cut into tokens all the same, and the server's context is larger.
  const tooLong = said.includes('prompt is too long');
  if (status !== 0 && !tooLong) return { refusal: reasonIn(said, status, header) };
  const [causal, pooling] = [numberIn(said, 'causal attn'), numberIn(said, 'pooling type')];
  if (causal === undefined || pooling === undefined)
    return { refusal: 'it does not print what kind of model this is' };
  if (header.part) return { refusal: 'it loads the file, which is made to go beside a model' };
  const because = `causal attn = ${causal}, pooling type = ${pooling}`;
  const remarks = remarksOf(header);
  if (pooling === rank) return { role: 'rerank', because, remarks };
  if (pooling > 0) return { role: 'embed', because, remarks };
  if (!causal)
    return { refusal: `it loads the model, but serves none that is neither causal nor pooled: ${because}` };
  const rendered = /chat template example:\n(.*?)\n\d+\.\d+\.\d+\.\d+ /s.exec(said)?.[1] ?? '';
  if (!rendered.includes(question))
    return { refusal: "the model's chat template leaves out what the user says" };
  const turn = Number(/number of tokens in prompt = (\d+)/.exec(said)?.[1]);
  const room = numberIn(said, 'n_ctx_train');
  if (turn >= room!)
    return { refusal: `one chat turn takes ${turn} tokens, and the model has room for ${room}` };
  if (said.includes('chat template is not available'))
    remarks.push('it has no chat template: llama.cpp uses ChatML, which the model may not know');
  return { role: 'chat', because, remarks };
}

/** What is odd about a model and harms nobody. */
export function remarksOf({ trailingBytes }: Header): string[] {
  return trailingBytes ? [`${trailingBytes} bytes behind its last tensor belong to nothing`] : [];
}

/** The first error that llama.cpp tells, else the exception or assertion that ended it, else how it ended. */
function reasonIn(said: string, status: number, { draftTensor }: Header): string {
  const [, where, error] =
    /^\d[\d.]+ E (?:cmn +)?(?:(\w+): )?(?:error: |error loading model: )?(.+)$/m.exec(said) ?? [];
  const told = error && where === 'common_chat_templates_init' ? `chat template: ${error}` : error;
  const [, thrown] = /^ +what\(\): +(?!std::exception)(.+?)\n(?=\d|ended with )/ms.exec(said) ?? [];
  const [asserted] = /GGML_ASSERT\(.*\) failed|fatal error/.exec(said) ?? [];
  const ending = endings.get(status) ?? `it ends with status ${status}`;
  const reason = told ?? thrown?.replaceAll(/\s+/g, ' ') ?? asserted ?? ending;
  if (reason === 'input is empty') return 'its tokenizer makes no tokens of a text';
  return draftTensor && reason.includes('wrong number of tensors')
    ? `${reason}; it does not know the layers for guessing further tokens (MTP), as ${draftTensor}`
    : reason;
}

function numberIn(said: string, what: string): number | undefined {
  const found = new RegExp(`print_info: ${what} += (-?\\d+)$`, 'm').exec(said)?.[1];
  return found === undefined ? undefined : Number(found);
}
