// llama-server's OpenAI-compatible API, from which this page came.

/** Names of the models that it serves, the default one first. */
export async function models() {
  const { data } = await (await good(await reach('/v1/models'))).json();
  const isDefault = ({ aliases }) => Number(aliases?.includes('default') ?? false);
  return data.sort((a, b) => isDefault(b) - isDefault(a)).map(({ id }) => id);
}

/** The pieces of an answer, as they come. */
export async function* answer(messages, model, signal) {
  const body = JSON.stringify({ model, messages, stream: true });
  const headers = { 'Content-Type': 'application/json' };
  const response = await good(await reach('/v1/chat/completions', { method: 'POST', headers, body, signal }));
  for await (const line of linesOf(response.body.getReader())) {
    if (!line.startsWith('data: ')) continue;
    const data = line.slice(6).trim();
    if (data === '[DONE]') return;
    const event = JSON.parse(data);
    if (event.error) throw new Error(`The model's server gave up: ${event.error.message}`);
    const piece = event.choices?.[0]?.delta?.content;
    if (piece) yield piece;
  }
  throw new Error("The model's server stopped in the middle of its answer. Ask again in a moment.");
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Error("The model's server does not answer: see “systemctl status llama-server” in a terminal.");
  }
}

async function good(response) {
  if (response.ok) return response;
  if (response.status === 503) throw new Error('The model is still being loaded. Ask again in a moment.');
  const { error } = await response.json().catch(() => ({}));
  throw new Error(`The model's server refused the question: ${error?.message ?? response.status}`);
}

async function* linesOf(reader) {
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop();
    yield* lines;
  }
}
