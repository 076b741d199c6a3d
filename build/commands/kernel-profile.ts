import { readHardware } from '../host/probe/hardware.ts';
import { profileOf } from '../kernel/profile.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'kernel profile',
  summary: 'prints what this machine is made of, for a kernel with the modules that it uses',
  arguments: [],
  options: [],
  examples: ['ingot kernel profile > kernel/profiles/workstation.json'],
  async run() {
    const profile = profileOf(await readHardware());
    return { text: JSON.stringify(profile, null, 2), json: profile };
  },
};
