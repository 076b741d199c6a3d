import { endWithParent } from '../host/end-with-parent.ts';

// For each process that vitest starts for tests: machines and builds end with it, and it ends with vitest.
endWithParent();
