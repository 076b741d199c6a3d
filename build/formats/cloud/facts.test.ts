import { expect, it } from 'vitest';
import { tunnel } from './facts.ts';
import { cloudFacts } from './fixture.ts';

it('forwards the port of the model where there is one', () => {
  const facts = cloudFacts('aws');
  expect(tunnel({ ...facts, user: 'ann', port: 8080 }, 'host')).toBe('ssh -L 8080:127.0.0.1:8080 ann@host');
  expect(tunnel({ ...facts, user: 'ann', port: undefined }, 'host')).toBe('ssh ann@host');
});
