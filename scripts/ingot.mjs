#!/usr/bin/env node
// TypeScript without a compile step: tsx strips the types on Node versions that do not do it themselves.
import { register } from 'tsx/esm/api';

register();
await import('../build/cli.ts');
