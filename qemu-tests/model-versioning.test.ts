import { test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('git keeps large files apart', async () => {
  await vm.guest.succeed(`cd $(mktemp --directory) && export HOME=$PWD && git init -q && git lfs install --local >/dev/null &&
    git lfs track '*.gguf' >/dev/null && head -c 100000 /dev/urandom > a.gguf && git add . &&
    git -c user.name=t -c user.email=t@localhost commit -qm model && git lfs ls-files | grep -q a.gguf`);
});
