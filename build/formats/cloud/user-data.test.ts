import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { assertNetworkConfig, readUserData } from './user-data.ts';

it.each<[string | Buffer, string]>([
  ['#cloud-config\n', 'cloud-config'],
  ['\n#Cloud-Config \npackages: [tmux]\n', 'cloud-config'],
  ['#cloud-config-archive\n- type: text/cloud-config\n', 'cloud-config-archive'],
  ['#!/bin/sh\necho "\tok"\n', 'script'],
  ['#!/usr/bin/env python3\n', 'script'],
  ['#include\nhttp://x.example/y\n', 'list of addresses'],
  ['#include-once\nhttp://x.example/y\n', 'list of addresses'],
  ['#cloud-boothook\n#!/bin/sh\n', 'boot hook'],
  ['#part-handler\n', 'part handler'],
  ['## template: jinja\n#cloud-config\nruncmd: [{{ x }}]\n', 'Jinja template'],
  ['Content-Type: multipart/mixed; boundary="x"\nMIME-Version: 1.0\n', 'MIME message'],
  [gzipSync('#cloud-config\n'), 'compressed file'],
])('knows what %j is', (text, kind) => {
  expect(readUserData(Buffer.from(text as string), '/x')).toBe(kind);
});

it.each<[what: string, text: string, says: RegExp, hint: RegExp]>([
  ['nothing', '', /^user data \/x are empty$/, /#cloud-config/],
  ['white space', '\n \n', /are empty$/, /#cloud-config/],
  [
    'no first line of a kind',
    'packages: [tmux]\n',
    /begins with "packages: \[tmux\]".*ignore them$/,
    /first line/,
  ],
  ['a comment before it', '# mine\n#cloud-config\n', /begins with "# mine"/, /first line/],
  ['a kind that there is not', '#cloud-confg\n', /begins with "#cloud-confg"/, /first line/],
  [
    'a kind with words behind',
    '#cloud-config for web\n',
    /begins with "#cloud-config for web"/,
    /first line/,
  ],
  ['tabs', '#cloud-config\na:\n\t- b\n', /Tabs are not allowed.* line 3/, /YAML/],
  ['a mark before the first line', '\ufeff#cloud-config\n', /byte order mark/, /sed/],
  ['line ends of Windows', '#!/bin/sh\r\nset -e\r\n', /CRLF.* line 1$/, /sed/],
  ['a list', '#cloud-config\n- a\n', /wants a mapping of keys, and this is a list$/, /packages:/],
  ['a text', '#cloud-config\napt install tmux\n', /this is a text$/, /packages:/],
  ['a key twice', '#cloud-config\nruncmd: [a]\nruncmd: [b]\n', /unique/, /YAML/],
])('refuses user data with %s', (_what, text, says, hint) => {
  expect(() => readUserData(Buffer.from(text), '/x')).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(says),
      hint: expect.stringMatching(hint),
    }),
  );
});

it.each(['version: 1\nconfig: []\n', 'version: 2\nethernets: {}\n', 'network:\n  version: 2\n'])(
  'takes %j',
  (text) => {
    expect(() => assertNetworkConfig(Buffer.from(text), '/x')).not.toThrow();
  },
);

it.each<[string, string, RegExp]>([
  ['that is for another program', 'auto eth0\niface eth0 inet dhcp\n', /this is a text$|Implicit|Nested/],
  ['without a version', 'ethernets: {}\n', /has no version, cloud-init reads 1 and 2$/],
  ['of another version', 'version: 3\n', /has version 3, cloud-init reads 1 and 2$/],
  ['whose version is a text', 'version: "2"\n', /has version "2"/],
  ['that is empty', '', /has no version/],
  ['with tabs', 'version: 2\nethernets:\n\teth0: {}\n', /Tabs/],
  ['of Windows', 'version: 2\r\n', /CRLF/],
])('refuses a network configuration %s', (_what, text, says) => {
  expect(() => assertNetworkConfig(Buffer.from(text), '/x')).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringMatching(says) }),
  );
});
