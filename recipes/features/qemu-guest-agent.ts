import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'qemu-guest-agent',
  summary: "QEMU's guest agent, in QEMU only",
  requirements: ['BLD-02'],
  options: {},
  // A udev rule of the package starts it.
  effect: () => ({}),
});
