import { readFileSync, writeFileSync } from 'node:fs';
import { cp, link, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { checkArtifacts } from '../../commands/check.ts';
import { renderChecksums } from '../../formats/attest/checksums.ts';
import { sha256 } from '../../formats/text/canonical-json.ts';
import { createProgress } from '../../host/progress.ts';
import { openStore } from '../../host/store/store.ts';
import type { IngotError } from '../../model/errors.ts';
import type { BuiltImage } from './images.ts';

/** Ends of the names of what a build puts beside an artifact. */
export const suffixes = ['json', 'spdx.json', 'cdx.json', 'provenance.json', 'SHA256SUMS'];

export interface CheckOptions {
  key?: string[];
  lock?: string;
}

/** A finished image's files to spoil: every copy is in a folder of its own. */
export class Delivered {
  readonly image: BuiltImage;
  readonly folder: string;
  #copies = 0;

  private constructor(image: BuiltImage, folder: string) {
    this.image = image;
    this.folder = folder;
  }

  static async of(image: BuiltImage): Promise<Delivered> {
    return new Delivered(image, await mkdtemp(join((await openStore()).folder, 'delivered-')));
  }

  /** Copies the files; the artifact is a link, so a test that changes it removes it first. */
  async copy(): Promise<string> {
    const to = join(this.folder, String(this.#copies++));
    await mkdir(to);
    const artifact = join(to, basename(this.image.path));
    await link(this.image.path, artifact).catch(() => cp(this.image.path, artifact));
    for (const suffix of suffixes) await cp(`${this.image.path}.${suffix}`, `${artifact}.${suffix}`);
    return artifact;
  }

  async check(artifact: string, options: CheckOptions = {}) {
    const progress = createProgress({ json: false });
    const [report] = await checkArtifacts([artifact], { lock: this.image.lock[1], ...options }, progress);
    return report!;
  }

  /** What the check says is wrong. */
  async problems(artifact: string, options: CheckOptions = {}): Promise<string> {
    const error: IngotError = await this.check(artifact, options).then(
      () => expect.unreachable('the planted fault was not noticed'),
      (thrown) => thrown,
    );
    expect(error.code).toBe('CHECK_FAILED');
    return error.message;
  }

  /** Changes a sidecar and corrects the sums, as an attacker would. */
  forge<T>(artifact: string, suffix: string, change: (value: T) => unknown): void {
    const value = JSON.parse(readFileSync(`${artifact}.${suffix}`, 'utf8')) as T;
    change(value);
    writeFileSync(`${artifact}.${suffix}`, `${JSON.stringify(value, null, 2)}\n`);
    const name = basename(artifact);
    const covered = suffixes.slice(0, -1).map((end) => `${end}`);
    const hashes = covered.map((end) => [
      `${name}.${end}`,
      sha256(readFileSync(`${artifact}.${end}`, 'utf8')),
    ]);
    const sums = { ...Object.fromEntries(hashes), [name]: this.image.sha256 };
    writeFileSync(`${artifact}.SHA256SUMS`, renderChecksums(sums));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Changes one bit in the middle of a file. */
export function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
}
