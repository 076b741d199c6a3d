import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encoded } from '../../gguf/fixture.ts';
import type { Servable } from '../../gguf/servable.ts';
import { contentOf, type TinyModel } from '../../gguf/tiny-models.ts';
import { runInside } from '../../host/run/sandbox.ts';
import { openStore } from '../../host/store/store.ts';
import { readGguf } from '../../stages/model-source.ts';
import { assertServable } from '../../stages/try-model.ts';

/** Tries models with the llama.cpp of a tools tree. */
export class ModelTrial {
  readonly #tools: string;
  readonly #folder: string;

  private constructor(tools: string, folder: string) {
    this.#tools = tools;
    this.#folder = folder;
  }

  static async with(tools: string): Promise<ModelTrial> {
    return new ModelTrial(tools, mkdtempSync(join((await openStore()).folder, 'models-')));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What the check says of a model: what it serves for, or the error. */
  async check(model: TinyModel): Promise<Servable> {
    return this.checkFile(this.write(model));
  }

  async checkFile(path: string): Promise<Servable> {
    const header = await readGguf(path, 'model x');
    const sandbox = { tools: this.#tools, work: this.#folder, sourceDateEpoch: 1 };
    return assertServable('model x', [{ name: 'x', path, header }], sandbox);
  }

  /** What the image's server answers to one chat turn: an HTTP status, or `none`. */
  async chat(model: TinyModel): Promise<string> {
    const inputs = {
      '/inputs/model.gguf': this.write(model),
      '/inputs/ask-server.py': fileURLToPath(new URL('ask-server.py', import.meta.url)),
    };
    const sandbox = { tools: this.#tools, work: this.#folder, inputs, sourceDateEpoch: 1 };
    return (await runInside(sandbox, ['python3', '/inputs/ask-server.py', '/inputs/model.gguf'])).trim();
  }

  write(model: TinyModel): string {
    const path = join(this.#folder, 'model.gguf');
    writeFileSync(path, encoded(contentOf(model)));
    return path;
  }
}
