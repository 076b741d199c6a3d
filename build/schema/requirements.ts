/** What recipes/requirements.yaml must look like. */
export const requirementsSchema = {
  type: 'object',
  propertyNames: { pattern: '^[A-Z0-9]+-\\d\\d$' },
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    required: ['text', 'systems', 'layers'],
    properties: {
      text: { type: 'string', minLength: 1 },
      systems: { type: 'array', minItems: 1, items: { type: 'string' } },
      layers: { type: 'array', minItems: 1, items: { enum: ['i', 'ii', 'iii', 'p'] } },
      builder: { type: 'string', minLength: 1 },
      module: { type: 'string', minLength: 1 },
      later: { type: 'string', minLength: 1 },
      refused: { type: 'string', minLength: 1 },
    },
  },
};
