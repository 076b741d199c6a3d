import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';
import { pdfOf } from './sample-files.ts';

const vm = useGuest();
const { vectors, scanLanguages } = session.feature('documents').options;

test('text comes out of an OpenDocument file', async () => {
  const content = '<office:document-content><text:p>Words of a letter</text:p></office:document-content>';
  await vm.guest.succeed(
    `cd /tmp && printf '%s' '${content}' > content.xml && rm -f letter.odt &&
      python3 -m zipfile --create letter.odt content.xml`,
  );
  expect(await vm.guest.succeed('odt2txt --encoding=UTF-8 /tmp/letter.odt')).toContain('Words of a letter');
});

test('text comes out of a PDF, and out of a picture of it', async () => {
  const pdf = pdfOf('Printed words').toString('base64');
  await vm.guest.succeed(`echo ${pdf} | base64 --decode > /tmp/words.pdf`);
  expect(await vm.guest.succeed('pdftotext -q /tmp/words.pdf -')).toContain('Printed words');
  await vm.guest.succeed('pdftoppm -r 100 -png -singlefile /tmp/words.pdf /tmp/words');
  expect(await vm.guest.succeed('tesseract /tmp/words.png - 2> /dev/null')).toContain('Printed words');
});

test('scans are read in the languages that were asked for', async () => {
  const known = (await vm.guest.succeed('tesseract --list-langs')).split('\n');
  for (const language of scanLanguages as string[]) expect(known).toContain(language.replaceAll('-', '_'));
});

test('texts are found by their words', async () => {
  const sql =
    'create virtual table notes using fts5(text); ' +
    "insert into notes values ('a red house'), ('a green tree'); select text from notes('tree');";
  expect(await vm.guest.succeed(`sqlite3 :memory: "${sql}"`)).toBe('a green tree');
});

test('a new file in a folder is noticed', async () => {
  const watch = 'inotifywait --quiet --timeout 60 --event close_write --format %f /tmp/watched';
  await vm.guest.succeed('mkdir --parents /tmp/watched');
  const noticed = await vm.guest.succeed(
    `(sleep 2; echo x > /tmp/watched/new.txt) > /dev/null 2>&1 & ${watch}`,
  );
  expect(noticed).toBe('new.txt');
});

if (vectors)
  test('texts are found by their meaning: the nearest vector', async () => {
    const program =
      'import faiss, numpy as n; i = faiss.IndexFlatIP(3); i.add(n.eye(3, dtype="float32")); ' +
      'print(i.search(n.array([[0, 0.9, 0.1]], dtype="float32"), 1)[1][0][0])';
    expect(await vm.guest.succeed(`python3 -c '${program}'`)).toBe('1');
  });
