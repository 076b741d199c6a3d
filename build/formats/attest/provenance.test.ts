import protobuf from 'protobufjs';
import { expect, it } from 'vitest';
import { namedPackage } from '../../schema/fixture.ts';
import { provenanceSchema } from '../../schema/provenance.ts';
import { validate } from '../../schema/validate.ts';
import { type ProvenanceFacts, renderProvenance } from './provenance.ts';

// What in-toto and SLSA publish is protobuf; the format is its JSON mapping.
const published = new URL('../../schema/published/in-toto/', import.meta.url);
const root = new protobuf.Root();
root.resolvePath = (_from, to) => (to.startsWith('google/') ? to : new URL(to, published).pathname);
await root.load([
  'in_toto_attestation/v1/statement.proto',
  'in_toto_attestation/predicates/provenance/v1/provenance.proto',
]);
root.resolveAll();

const statement = JSON.parse(renderProvenance(facts()));

it('is what the published definitions of in-toto and SLSA allow', () => {
  expect(strangers('in_toto_attestation.v1.Statement', statement)).toEqual([]);
  expect(strangers('in_toto_attestation.predicates.provenance.v1.Provenance', statement.predicate)).toEqual(
    [],
  );
});

it('is what the own, stricter schema allows', () => {
  expect(validate(provenanceSchema, structuredClone(statement), 'provenance')).toEqual(statement);
});

it.each([
  [{ subjects: [] }, ['.subjects is unknown']],
  [{ subject: {} }, ['.subject is no list']],
  [{ subject: [{ digest: { sha256: 1 } }] }, ['.subject.0.digest.sha256 is no string']],
  [{ predicate: 'text' }, ['.predicate is no object']],
])('the published definitions would notice %j', (value, problems) => {
  expect(strangers('in_toto_attestation.v1.Statement', value)).toEqual(problems);
});

it('names the artifact, what was asked for, and every locked file as a material', () => {
  expect(statement).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'small-20260102-x86_64.iso', digest: { sha256: '1'.repeat(64) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
  });
  const { buildDefinition, runDetails } = statement.predicate;
  expect(buildDefinition.externalParameters).toEqual({
    recipe: 'small',
    target: 'iso',
    base: 'forky',
    models: ['builtin:smoke', 'own.gguf'],
  });
  expect(buildDefinition.resolvedDependencies).toEqual([
    debian('zstd', 'a', 'image'),
    {
      name: 'own',
      digest: { sha256: 'd'.repeat(64) },
      annotations: { for: 'model', revision: '0123abc', size: 20 },
    },
    {
      name: 'smoke',
      uri: 'builtin:smoke',
      digest: { sha256: 'e'.repeat(64) },
      annotations: { for: 'model', size: 10 },
    },
    debian('xorriso', 'b', 'tools'),
    debian('zstd', 'a', 'tools'),
  ]);
  expect(runDetails).toEqual({ builder: { id: 'urn:ingot:builder', version: { ingot: '1.2.3' } } });
});

it('is the same for the same lock in another order, and nothing in it is of this machine', () => {
  const { packages, tools, models } = facts();
  const shuffled = { ...facts(), packages: packages.toReversed(), tools: tools.toReversed() };
  expect(renderProvenance(shuffled)).toBe(renderProvenance(facts()));
  expect(JSON.stringify(statement)).not.toContain(models[1]!.source);
});

it('states a digest of the materials, which any change of one moves', () => {
  const other = facts();
  other.tools[0]!.sha256 = 'c'.repeat(64);
  const digest = ({ predicate }: typeof statement) => predicate.buildDefinition.internalParameters.materials;
  expect(digest(statement)).toMatch(/^[0-9a-f]{64}$/);
  expect(digest(JSON.parse(renderProvenance(other)))).not.toBe(digest(statement));
});

function facts(): ProvenanceFacts {
  return {
    ingot: '1.2.3',
    artifact: { file: 'small-20260102-x86_64.iso', sha256: '1'.repeat(64) },
    recipe: 'small',
    target: 'iso',
    base: 'forky',
    manifest: '2'.repeat(64),
    sourceDateEpoch: 1767323045,
    packages: [namedPackage('zstd')],
    tools: [namedPackage('zstd'), namedPackage('xorriso', 'b')],
    models: [
      { name: 'smoke', source: 'builtin:smoke', size: 10, sha256: 'e'.repeat(64) },
      {
        name: 'own',
        source: '/home/somebody/own.gguf',
        revision: '0123abc',
        size: 20,
        sha256: 'd'.repeat(64),
      },
    ],
  };
}

function debian(name: string, digit: string, role: string): object {
  const { version, architecture, path, size, sha256 } = namedPackage(name, digit);
  return {
    name,
    uri: `pkg:deb/debian/${name}@${version}?arch=${architecture}&distro=forky`,
    digest: { sha256 },
    annotations: { for: role, path, size },
  };
}

/** What of a JSON value a message of that type cannot hold, by the rules of protobuf's JSON mapping. */
function strangers(type: string, value: unknown, path = ''): string[] {
  if (type === 'string') return typeof value === 'string' ? [] : [`${path} is no string`];
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) return [`${path} is no object`];
  // A Struct is any JSON object.
  if (type === 'google.protobuf.Struct') return [];
  const fields = new Map(
    root.lookupType(type).fieldsArray.map((field) => {
      const { json_name: spelt, jsonName } = (field.options ?? {}) as Record<string, string>;
      return [spelt ?? jsonName ?? protobuf.util.camelCase(field.name), field];
    }),
  );
  return Object.entries(value).flatMap(([key, content]) => {
    const [field, at] = [fields.get(key), `${path}.${key}`];
    if (!field) return [`${at} is unknown`];
    const inner = field.resolvedType?.fullName.replace(/^\./, '') ?? field.type;
    if (field.map)
      return Object.entries(content as object).flatMap(([k, v]) => strangers(inner, v, `${at}.${k}`));
    if (!field.repeated) return strangers(inner, content, at);
    if (!Array.isArray(content)) return [`${at} is no list`];
    return content.flatMap((item, index) => strangers(inner, item, `${at}.${index}`));
  });
}
