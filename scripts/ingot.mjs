#!/usr/bin/env node
import './check-node.mjs';

// Only now, as an old Node.js could not even read it.
import('./start.mjs');
