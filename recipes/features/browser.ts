import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'browser',
  summary: 'Firefox ESR that sends nothing home, asks nothing and begins with a page about this machine',
  requirements: ['DSK-02', 'OFF-01', 'SEC-04'],
  options: {},
  effect: (_, { features, models: [model] }) => {
    const address = `http://127.0.0.1:${features.inference?.port}/`;
    return {
      values: {
        introduction: features.inference
          ? `A language model, ${model?.name}, runs on this computer. What you ask it stays here: it needs no network and no account.`
          : 'What you do here stays here: this computer needs no network and no account.',
        chat: features['chat-page'] ? `<p><a class="button" href="${address}">Talk to the model</a></p>` : '',
        cards: [
          ...(features.inference
            ? [
                card('For programs', `An API as OpenAI has it: <code>${address}v1</code>`),
                card('Models', 'Those of the image are in <code>/usr/share/ai/models</code>.'),
                card(
                  'State',
                  '<code>systemctl status llama-server</code> and <code>btop</code> in a terminal.',
                ),
              ]
            : []),
          card('Settings', 'All of the desktop’s are in the menu under “Settings”.'),
        ].join(''),
      },
    };
  },
});

function card(title: string, text: string): string {
  return `        <div class="card"><h2>${title}</h2><p>${text}</p></div>\n`;
}
