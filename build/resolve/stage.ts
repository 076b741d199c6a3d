import { sha256 } from '../formats/text/canonical-json.ts';
import type { Json, LockedPackage, Stage, StageType } from '../model/types.ts';

/** Hash of the code that carries out each stage, so that a changed stage is run again. */
export type StageCode = { [type in StageType]: string };

/** The two stages that make the tools tree; every manifest begins with them, and locking needs them alone. */
export function toolsStages(
  options: { suite: string; tools: LockedPackage[]; sourceDateEpoch: number },
  code: StageCode,
): { stages: Stage[]; tools: string } {
  const { suite, tools: packages, sourceDateEpoch } = options;
  const files = stage('fetch', 'tools', {}, { sourceDateEpoch, packages }, code);
  const tools = stage('tools', 'tools', { files: files.id }, { sourceDateEpoch, suite, packages }, code);
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
