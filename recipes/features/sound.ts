import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'sound',
  summary: 'PipeWire, for what plays by ALSA and PulseAudio as well',
  requirements: ['DSK-02'],
  options: {},
  hygiene: {
    attributes: {
      'usr/lib/x86_64-linux-gnu/gstreamer1.0/gstreamer-1.0/gst-ptp-helper security.capability':
        'GStreamer, which pavucontrol brings with GTK 4, sets clocks by the network with it',
    },
    userUnits: Object.fromEntries(
      [
        ...['pipewire.socket', 'pipewire.service', 'pipewire-pulse.socket', 'pipewire-pulse.service'],
        ...['wireplumber.service', 'filter-chain.service'],
      ].map((unit) => [unit, "the user's sound, reached by UNIX sockets in the user's own folder"]),
    ),
  },
  effect: () => ({}),
});
