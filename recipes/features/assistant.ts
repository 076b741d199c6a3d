import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'assistant',
  summary:
    "a window that asks the local model: by a hotkey about the selection, and by the file manager's menu about files",
  requirements: ['DSK-03', 'DSK-04', 'DSK-05', 'APP-01', 'SEC-04', 'OFF-01'],
  options: {
    hotkey: {
      description: 'key that opens the window, as GTK writes it',
      type: 'string',
      default: '<Super>space',
      pattern: '^(<(Super|Primary|Alt|Shift)>)+[A-Za-z0-9_]+$',
    },
  },
  effect: ({ hotkey }, { features: { inference } }) => ({
    values: {
      port: Number(inference?.port ?? 0),
      // In the name of an XML attribute.
      hotkey: String(hotkey).replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    },
    requires: ['inference'],
  }),
});
