import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ExecResult, GenericContainer, type StartedTestContainer } from 'testcontainers';
import { buildTools, requireTools } from '../../commands/_host.ts';
import { sha256 } from '../../formats/text/canonical-json.ts';
import { exists, repository } from '../../host/fs/files.ts';
import { withScratchFolder } from '../../host/fs/scratch.ts';
import { run } from '../../host/run/command.ts';
import { openStore, withTemporary } from '../../host/store/store.ts';

/** What the README asks for, and nothing else, on top of a minimal Debian 13. */
const packages = ['git', 'nodejs', 'npm'];

const image = 'ingot-fresh:debian-13';
const engineScript = join(repository, 'scripts/docker.sh');
/** Where the container has the repository to clone, and the clone. */
const [origin, clone] = ['/origin.git', '/root/ingot'];

export interface FreshMachine {
  /** Runs a command in the clone. */
  run(command: string[]): Promise<ExecResult>;
  /** The same, for a command that must succeed; returns its standard output. */
  output(command: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** A clean Debian 13 that has cloned what is committed in this checkout, or in INGOT_FRESH_SOURCE. */
export async function startFreshMachine(): Promise<FreshMachine> {
  await requireTools(buildTools);
  await startEngine();
  let container: StartedTestContainer | undefined;
  const stop = async () => {
    await container?.stop();
    await stopEngine();
  };
  try {
    await importImage();
    container = await withScratchFolder('fresh', startContainer);
    const machine = inside(container, stop);
    const { exitCode, output } = await container.exec(['git', 'clone', '--quiet', origin, clone]);
    if (exitCode !== 0) throw new Error(`the container cannot clone: ${output}`);
    return machine;
  } catch (error) {
    await stop();
    throw error;
  }
}

function inside(container: StartedTestContainer, stop: () => Promise<void>): FreshMachine {
  const run = (command: string[]) => container.exec(command, { workingDir: clone });
  return {
    run,
    async output(command) {
      const { exitCode, stdout, output } = await run(command);
      if (exitCode !== 0) throw new Error(`in the container, ${command.join(' ')}: ${exitCode}\n${output}`);
      return stdout.trimEnd();
    },
    stop,
  };
}

/** The host's Docker engine, or one of our own. Without any, the test has failed: it is never skipped. */
async function startEngine(): Promise<void> {
  const address = await run(['sh', engineScript]).catch((error: Error) => {
    const what = 'no Docker engine, so nothing is known about a fresh machine; run `npm run setup` as root';
    throw new Error(`\n*** ${what}\n${error.message}`);
  });
  process.env.DOCKER_HOST = address.trim();
  // The helper container would have to be pulled, and the address be looked up on a bridge that need not
  // exist.
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  process.env.TESTCONTAINERS_HOST_OVERRIDE = 'localhost';
  // Containers that an earlier run, killed, could not remove; they end by themselves.
  await run(['docker', 'container', 'prune', '--force', '--filter', 'label=ingot-fresh']);
}

async function stopEngine(): Promise<void> {
  // Another run at the same time may still use it.
  await run(['docker', 'image', 'rm', image]).catch(() => {});
  await run(['sh', engineScript, 'stop']);
}

/** The clean machine's image, made by mmdebstrap; its tarball is kept in the store. */
async function importImage(): Promise<void> {
  const store = await openStore();
  const mirror = process.env.INGOT_DEBIAN_MIRROR ? [process.env.INGOT_DEBIAN_MIRROR] : [];
  const command = ['mmdebstrap', '--variant=minbase', `--include=${packages.join(',')}`, 'trixie'];
  const key = sha256([...command, ...mirror]).slice(0, 12);
  const folder = join(store.folder, 'fresh');
  const tarball = join(folder, `debian-13-${key}.tar`);
  if (!(await exists(tarball))) {
    await mkdir(folder, { recursive: true });
    await withTemporary(store, async (temporary) => {
      const made = join(temporary, 'image.tar');
      await run([...command, made, ...mirror]);
      await rename(made, tarball);
    });
  }
  await run(['docker', 'import', tarball, image]);
}

async function startContainer(folder: string): Promise<StartedTestContainer> {
  // A complete clone owned by root, whatever the owner and history of the checkout.
  const source = process.env.INGOT_FRESH_SOURCE ?? repository;
  const uploadPack = `git -c safe.directory='*' upload-pack`;
  const bare = join(folder, 'origin.git');
  await run([
    'git',
    'clone',
    '--quiet',
    '--bare',
    '--upload-pack',
    uploadPack,
    pathToFileURL(source).href,
    bare,
  ]);
  const { INGOT_DEBIAN_MIRROR } = process.env;
  const container = new GenericContainer(image)
    .withLabels({ 'ingot-fresh': '' })
    // All that a build needs beyond a plain container: it mounts, inside namespaces of its own.
    .withAddedCapabilities('SYS_ADMIN')
    .withSecurityOpt('apparmor=unconfined')
    .withNetworkMode('host')
    .withEnvironment(INGOT_DEBIAN_MIRROR ? { INGOT_DEBIAN_MIRROR } : {})
    .withCopyDirectoriesToContainer([{ source: bare, target: origin }])
    // Unlike sleep, bash as the first process buries the orphans it is given. Two hours bound what a kill
    // leaves.
    .withCommand(['bash', '-c', 'sleep 2h & wait']);
  const certificates = await hostCertificates();
  if (certificates) {
    const target = '/etc/ingot-host-certificates.pem';
    container
      .withEnvironment({ NODE_EXTRA_CA_CERTS: target })
      .withCopyFilesToContainer([{ source: certificates, target }]);
  }
  return container.start();
}

/** Certificates that npm on this host was told to trust as well; the container's must then, too. */
async function hostCertificates(): Promise<string | undefined> {
  if (process.env.NODE_EXTRA_CA_CERTS) return process.env.NODE_EXTRA_CA_CERTS;
  const file = (await run(['npm', 'config', 'get', 'cafile'])).trim();
  return file === 'null' ? undefined : file;
}
