import { testSystem } from './support/system.ts';

testSystem('omarchy-ai');
