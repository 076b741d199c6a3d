import { defineFeature } from '../../build/model/define.ts';

/** Parts of the panel by their numbers in xfce4-panel.xml, in order; some are there with a feature only. */
const panel: [number: number, feature?: string][] = [
  ...[[1], [2], [3], [4, 'browser'], [5, 'chat-page'], [6, 'assistant'], [7], [8], [9]],
  ...[[10], [11, 'sound'], [12], [13], [14]],
] as [number, string?][];

export default defineFeature({
  name: 'xfce',
  summary: 'XFCE on Xorg: panel, file manager, terminal, viewers; nothing asks anything at the first login',
  requirements: ['DSK-02'],
  options: {},
  effect: (_, { features }) => ({
    values: {
      panelItems: panel
        .filter(([, feature]) => !feature || feature in features)
        .map(([number]) => `        <value type="int" value="${number}"/>\n`)
        .join(''),
      webBrowser: features.browser ? 'WebBrowser=firefox-esr\n' : '',
    },
    packages: { debian: features['network-manager'] ? ['network-manager-applet'] : [] },
    requires: ['lightdm'],
  }),
});
