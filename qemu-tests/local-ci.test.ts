import { test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

const made = `cd $(mktemp --directory) && export HOME=$PWD && git init -q --bare there && git init -q here && cd here &&
  git config user.name t && git config user.email t@localhost && git remote add origin ../there &&
  printf 'ci:\\n  test -e good\\n' > justfile && git add . && git commit -qm one && local-ci on`;

test('a push whose checks fail does not happen, and one whose checks pass does', async () => {
  await vm.guest.succeed(`${made} && ! git push -q origin HEAD:main 2>/dev/null &&
    touch good && git add . && git commit -qm two && git push -q origin HEAD:main &&
    git -C ../there rev-parse --quiet --verify main && test "$(git worktree list | wc --lines)" = 1`);
});

test('a commit without checks is refused by name', async () => {
  await vm.guest.succeed(`cd $(mktemp --directory) && git init -q && git -c user.name=t -c user.email=t@localhost \\
    commit -q --allow-empty -m one && local-ci run 2>&1 | grep -q 'no justfile'`);
});
