import { defineFeature } from '../../build/model/define.ts';
import { python } from './disk.ts';

export default defineFeature({
  name: 'python-tools',
  summary: 'Python with isolated environments: venv, pip, pipx and tests',
  requirements: ['LANG-01', 'LANG-02', 'LANG-07', 'ML-11', 'DEV-09'],
  options: {
    all: {
      description: 'every Python of the archive and further tools, not the default one alone',
      type: 'boolean',
      default: false,
    },
  },
  hygiene: { generated: python },
  effect: ({ all }) => ({
    dataPrograms: true,
    packages: {
      debian: all
        ? ['python3.13-venv', 'python3.15-venv', 'tox', 'python3-poetry', 'pipenv', 'python3-nox']
        : [],
    },
  }),
});
