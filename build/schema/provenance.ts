import { object } from './object.ts';

/**
 * What Ingot writes as provenance, of all that in-toto and SLSA allow; a test holds it against their own
 * schema.
 */
const text = { type: 'string', minLength: 1 };
const texts = { type: 'object', additionalProperties: text };
const digest = object({ sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' } });
const subject = object({ name: { type: 'string', pattern: '^[^/]+$' }, digest });
const material = object(
  {
    name: text,
    uri: text,
    digest,
    annotations: object(
      {
        for: { enum: ['image', 'model', 'tools', 'kernel', 'made'] },
        path: text,
        revision: text,
        size: { type: 'integer', minimum: 0 },
      },
      ['path', 'revision'],
    ),
  },
  ['uri'],
);

export const provenanceSchema = object({
  _type: { const: 'https://in-toto.io/Statement/v1' },
  subject: { type: 'array', items: subject, minItems: 1, maxItems: 1 },
  predicateType: { const: 'https://slsa.dev/provenance/v1' },
  predicate: object({
    buildDefinition: object({
      buildType: { const: 'urn:ingot:build:1' },
      externalParameters: object({
        recipe: text,
        target: text,
        base: text,
        models: { type: 'array', items: text },
      }),
      internalParameters: object({
        ingot: text,
        manifest: text,
        materials: text,
        sourceDateEpoch: { type: 'integer' },
      }),
      resolvedDependencies: { type: 'array', items: material },
    }),
    runDetails: object({ builder: object({ id: { const: 'urn:ingot:builder' }, version: texts }) }),
  }),
});
