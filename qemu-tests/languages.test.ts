import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const which = session.feature('languages').options.which as string[];

/** Runs a program of a few lines, each of which prints 42, and what a language alone promises. */
const checks: { [language: string]: () => Promise<void> } = {
  async java() {
    const program = 'class Answer { public static void main(String[] a) { System.out.println(6 * 7); } }';
    await vm.guest.succeed(`mkdir -p /run/trial && echo '${program}' > /run/trial/Answer.java`);
    for (const version of [21, 25]) {
      const java = `/usr/lib/jvm/java-${version}-openjdk-amd64/bin/java`;
      await vm.guest.succeed(`update-alternatives --set java ${java}`);
      expect(await vm.guest.succeed('java --version')).toContain(`openjdk ${version}`);
      expect((await vm.guest.succeed('java /run/trial/Answer.java')).trim()).toBe('42');
    }
    await vm.guest.succeed('update-alternatives --auto java');
    // The list of authorities, without which no connection is encrypted.
    await vm.guest.waitUntilSucceeds('test -s /etc/ssl/certs/java/cacerts', 300);
    const list = 'keytool -list -cacerts -storepass changeit | grep --count trustedCertEntry';
    expect(Number(await vm.guest.succeed(list))).toBeGreaterThan(50);
  },
  async php() {
    expect(await vm.guest.succeed(`php -r 'echo json_decode("{\\"n\\":6}")->n * 7;'`)).toBe('42');
  },
  async ruby() {
    expect((await vm.guest.succeed("ruby -e 'puts (1..6).sum * 2'")).trim()).toBe('42');
    await vm.guest.succeed('bundle --version');
  },
  /** A compiler is fetched by its user; what it links with is there. */
  async rust() {
    expect(await vm.guest.succeed('rustup toolchain list 2>&1')).toContain('no installed toolchains');
    expect(await vm.guest.fail('cargo --version 2>&1')).toContain('rustup default stable');
    const program = 'int printf(const char *, ...); int main(void) { return printf("42") != 2; }';
    await vm.guest.succeed(`echo '${program}' | gcc -x c - -o /tmp/answer`);
    expect(await vm.guest.succeed('/tmp/answer && rm /tmp/answer')).toBe('42');
  },
};

test.each(which)('%s runs', (language) => checks[language]!());
