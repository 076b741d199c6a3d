import { object } from './object.ts';

const text = { type: 'string', minLength: 1, maxLength: 200, pattern: '^[^\\n"\\\\%$]*$' };
const path = { type: 'string', pattern: '^(/[\\w.-]+)+$' };
const port = { type: 'integer', minimum: 1024, maximum: 65535 };
const name = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,40}$' };
const words = { type: 'array', items: { type: 'string', pattern: '^[\\w./:=@,+-]+$' } };

/** Software that no package brings: a file of usr/share/ingot/modules on the image. */
export const moduleSchema = object(
  {
    name,
    summary: text,
    licence: text,
    kind: { enum: ['container', 'unit'] },
    // What it is made of, as its makers publish it. A digest that nobody has seen is left out, and locked
    // when the module is brought to the machine.
    source: object(
      {
        type: { enum: ['image', 'npm', 'wheel', 'archive', 'git'] },
        name: { type: 'string', pattern: '^[\\w@][\\w./@-]*$' },
        version: { type: 'string', pattern: '^[\\w.+-]+$' },
        digest: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
      },
      ['version', 'digest'],
    ),
    command: words,
    // On the machine, by loopback alone, and within the container.
    ports: { type: 'array', items: object({ host: port, container: port }, ['container']) },
    // Folders of the container that are kept below /var/ai-data/modules.
    data: { type: 'array', items: path },
    environment: {
      type: 'object',
      propertyNames: { pattern: '^[A-Z][A-Z0-9_]*$' },
      additionalProperties: text,
    },
    needs: { type: 'array', items: name },
    ramGiB: { type: 'integer', minimum: 1, maximum: 1024 },
  },
  ['command', 'ports', 'data', 'environment', 'needs', 'ramGiB'],
);
