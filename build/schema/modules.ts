import { object } from './object.ts';

const text = { type: 'string', minLength: 1, maxLength: 200, pattern: '^[^\\n"\\\\%$]*$' };
const path = { type: 'string', pattern: '^(/[\\w.-]+)+$' };
const port = { type: 'integer', minimum: 1024, maximum: 65535 };
const inside = { type: 'integer', minimum: 1, maximum: 65535 };
const name = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,40}$' };
const folders = { type: 'array', items: path };
const variables = (values: object) => ({
  type: 'object',
  propertyNames: { pattern: '^[A-Za-z][A-Za-z0-9_.]*$' },
  additionalProperties: values,
});
// Of which system identifier its folders are, where the program does not begin as root.
const owner = { type: 'integer', minimum: 1, maximum: 65534 };
const words = { type: 'array', items: { type: 'string', pattern: '^[\\w./:=@,+-]+$' } };

// What it is made of, as its makers publish it. A digest that nobody has seen is left out, and locked
// when the module is brought to the machine.
const source = object(
  {
    type: { enum: ['image', 'npm', 'wheel', 'archive', 'git'] },
    name: { type: 'string', pattern: '^[\\w@][\\w./@-]*$' },
    version: { type: 'string', pattern: '^[\\w.+-]+$' },
    digest: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
  },
  ['version', 'digest'],
);

const part = object(
  {
    name,
    source,
    command: words,
    data: folders,
    owner,
    environment: variables(text),
    // Variables that hold its password, in it and in the module's own container: @ stands for the password.
    password: variables({ type: 'string', pattern: '^[\\w -]*@$' }),
  },
  ['command', 'data', 'owner', 'environment', 'password'],
);

/** Software that no package brings: a file of usr/share/ingot/modules on the image. */
export const moduleSchema = object(
  {
    name,
    summary: text,
    licence: text,
    kind: { enum: ['container', 'unit'] },
    source,
    command: words,
    // On the machine, by loopback alone, and within the container.
    ports: { type: 'array', items: object({ host: port, container: inside }, ['container']) },
    // Folders of the container that are kept below /var/ai-data/modules.
    data: folders,
    owner,
    environment: variables(text),
    // Other containers, which only this one reaches: all of them have one network.
    parts: { type: 'array', items: part, minItems: 1 },
    needs: { type: 'array', items: name },
    ramGiB: { type: 'integer', minimum: 1, maximum: 1024 },
  },
  ['command', 'ports', 'data', 'owner', 'environment', 'parts', 'needs', 'ramGiB'],
);
