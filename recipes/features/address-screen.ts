import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'address-screen',
  summary: 'the first screen shows where the machine is reached, with a QR code',
  requirements: ['WEB-08'],
  options: {},
  effect: (_options, { features: { mdns, system } }) => ({
    values: { byName: mdns ? `printf '    https://${system?.hostname}.local/\\n'\n  ` : '' },
    enable: ['address-screen.service'],
    requires: ['caddy'],
  }),
});
