import { testSystem } from './support/system.ts';

testSystem('localaistack-development');
