import { localaistack } from './localaistack.ts';

export default localaistack('development');
