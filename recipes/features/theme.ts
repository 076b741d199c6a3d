import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'theme',
  summary: 'one look from the boot screen to the desktop: Greybird, elementary icons, a wallpaper of our own',
  requirements: ['DSK-07'],
  options: {},
  effect: () => ({
    // The serial line goes on to tell what happens; the screen shows a picture.
    kernelCommandLine: ['quiet', 'splash', 'plymouth.ignore-serial-consoles'],
  }),
});
