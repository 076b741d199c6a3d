import { distroOf } from '../distros/find.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import type { DistroName, Program, ProgramRole } from '../model/distro.ts';
import type { LockedPackage } from '../model/lock.ts';
import type { Json, Stage, StageType } from '../model/types.ts';

/**
 * Hash of the code that carries out each stage, so that a changed stage is run again; and what stages find in
 * their options instead, by the names of distributions and backends: programs, and the hash of a
 * distribution's own checks.
 */
export type StageCode = { [type in StageType]: string } & {
  distros: { [name in DistroName]: { [role in ProgramRole]: Program } & { checks: string } };
  backends: { [name: string]: Program };
};

/** The two stages that make the tools tree; every manifest begins with them, and locking needs them alone. */
export function toolsStages(
  options: { base: string; tools: LockedPackage[]; sourceDateEpoch: number },
  code: StageCode,
): { stages: Stage[]; tools: string } {
  const { base, tools: packages, sourceDateEpoch } = options;
  const { name: distro } = distroOf(base);
  const { index, tools: make } = code.distros[distro];
  const files = stage('fetch', 'tools', {}, { sourceDateEpoch, distro, packages }, code);
  const made = { sourceDateEpoch, base, packages, index, make };
  const tools = stage('tools', 'tools', { files: files.id }, made, code);
  return { stages: [files, tools], tools: tools.id };
}

/** A stage with its id: a hash of type, code, options and inputs, so it names the result. */
export function stage(
  type: Stage['type'],
  label: string,
  inputs: Stage['inputs'],
  options: object,
  code: StageCode,
): Stage {
  const described = { type, inputs, options: options as { [key: string]: Json } };
  return { id: sha256({ ...described, code: code[type] }), label, ...described };
}
