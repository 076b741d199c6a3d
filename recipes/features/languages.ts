import { defineFeature } from '../../build/model/define.ts';

/** Rust comes by rustup, which fetches compilers and needs a linker. */
const packages: { [language: string]: string[] } = {
  java: ['openjdk-21-jdk-headless', 'openjdk-25-jdk-headless'],
  php: ['php-cli'],
  ruby: ['bundler', 'ruby'],
  rust: ['gcc', 'libc6-dev', 'rustup'],
};
const ofJava = ['etc/default/cacerts', 'usr/lib/systemd/system/java-authorities.service'];

export default defineFeature({
  name: 'languages',
  summary: 'Java 21 and 25 to switch between, PHP, Ruby, and rustup for Rust',
  requirements: ['LANG-03', 'LANG-05'],
  options: {
    which: {
      description: 'languages that are installed',
      type: 'array',
      items: { type: 'string', enum: ['java', 'php', 'ruby', 'rust'] },
      uniqueItems: true,
      minItems: 1,
      default: ['java', 'php', 'ruby', 'rust'],
    },
  },
  early: ['etc/default/cacerts'],
  effect: ({ which }) => {
    const chosen = which as string[];
    const java = chosen.includes('java');
    return {
      packages: { debian: chosen.flatMap((language) => packages[language]!) },
      enable: java ? ['java-authorities.service'] : [],
      leaveOut: java ? [] : ofJava,
    };
  },
});
