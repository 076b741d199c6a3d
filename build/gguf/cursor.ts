import { IngotError } from '../model/errors.ts';
import type { ByteSource } from './types.ts';

const windowBytes = 256 * 1024;
/** llama.cpp's GGUF_MAX_STRING_LENGTH. */
const maxStringBytes = 2 ** 30;

/** Reads a source forwards, little-endian, through one window; a read past the end is MODEL_INVALID. */
export class Cursor {
  /** Bytes from the start of the file. */
  position = 0;
  readonly size: number;
  readonly #source: ByteSource;
  readonly #what: string;
  #window: DataView = new DataView(new ArrayBuffer(0));
  #start = 0;

  constructor(source: ByteSource, what: string) {
    this.size = source.size;
    this.#source = source;
    this.#what = what;
  }

  get remaining(): number {
    return this.size - this.position;
  }

  /** To be thrown: `offset` is where the field that is wrong begins. */
  invalid(offset: number, reason: string, hint?: string): IngotError {
    return new IngotError('MODEL_INVALID', `${this.#what}: offset ${offset}: ${reason}`, { hint });
  }

  async u32(field: string): Promise<number> {
    const at = await this.#take(4, field);
    return this.#window.getUint32(at, true);
  }

  async u64(field: string): Promise<bigint> {
    const at = await this.#take(8, field);
    return this.#window.getBigUint64(at, true);
  }

  /** A view that the next read may replace; `length` is at most a window. */
  async bytes(length: number, field: string): Promise<Uint8Array> {
    const at = await this.#take(length, field);
    return new Uint8Array(this.#window.buffer, this.#window.byteOffset + at, length);
  }

  /** The u64 that precedes a string: no more than what is left of the file, hence a safe number. */
  async length(field: string): Promise<number> {
    const at = this.position;
    return this.#checkLength(await this.u64(`length of ${field}`), at, field);
  }

  /** Control characters are refused: these texts are printed, and llama.cpp cuts names at a NUL. */
  async text(length: number, field: string): Promise<string> {
    const at = this.position;
    const text = decodeUtf8(await this.bytes(length, field));
    if (text === undefined) throw this.invalid(at, `${field} is not valid UTF-8`);
    if (/\p{Cc}/u.test(text)) throw this.invalid(at, `${field} has a control character`);
    return text;
  }

  /** Moves on without reading; the caller has checked that so much is left. */
  skip(length: number): void {
    this.position += length;
  }

  /** Walks length-prefixed strings. Awaits once a window, not once a string: there are up to 500,000. */
  async skipStrings(count: number, field: string): Promise<void> {
    for (let i = 0; i < count; i++) {
      if (this.position + 8 > this.#start + this.#window.byteLength) await this.#load(8, field);
      const at = this.position - this.#start;
      const length = this.#window.getUint32(at, true) + this.#window.getUint32(at + 4, true) * 2 ** 32;
      this.position += 8;
      if (length > this.remaining || length > maxStringBytes)
        this.#checkLength(this.#window.getBigUint64(at, true), this.position - 8, `string ${i} of ${field}`);
      this.position += length;
    }
  }

  #checkLength(length: bigint, at: number, field: string): number {
    if (length > BigInt(this.remaining))
      throw this.invalid(
        at,
        `length of ${field} is ${length}, more than the remaining ${this.remaining} bytes`,
      );
    if (length > maxStringBytes)
      throw this.invalid(at, `length of ${field} is ${length}, over the 1 GiB that llama.cpp takes`);
    return Number(length);
  }

  async #take(length: number, field: string): Promise<number> {
    if (this.position + length > this.#start + this.#window.byteLength) await this.#load(length, field);
    const at = this.position - this.#start;
    this.position += length;
    return at;
  }

  async #load(length: number, field: string): Promise<void> {
    if (length > this.remaining)
      throw this.invalid(this.position, `file ends at ${this.size}, inside ${field}`);
    const wanted = Math.min(windowBytes, this.remaining);
    const bytes = await this.#source.read(this.position, wanted);
    if (bytes.length < length)
      throw this.invalid(this.position, `only ${bytes.length} of ${length} bytes of ${field} can be read`);
    this.#window = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#start = this.position;
  }
}

/** Quoted and cut, as a key may have 65535 bytes. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
