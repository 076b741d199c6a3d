import { run } from '../host/run/command.ts';
import { runInside } from '../host/run/sandbox.ts';
import type { StageContext } from './context.ts';

/** A local apt repository that holds exactly the fetched packages, with the index made by apt's own tool. */
export async function repoStage(context: StageContext): Promise<void> {
  const { inputs, output, options, sourceDateEpoch, log } = context;
  await run(['cp', '-al', `${inputs.files}/.`, `${output}/pool`], { log });
  const command = ['sh', '-euc', writeIndex, 'index', String(options.suite)];
  await runInside({ tools: inputs.tools!, work: output, sourceDateEpoch }, command, { log });
}

/** Run in a folder with pool/; `$1` is the suite. SHA-256 only: the other hashes cost time and prove nothing more. */
export const writeIndex = `
suite=$1
index=dists/$suite/main/binary-amd64
mkdir -p "$index"
only='-o APT::FTPArchive::MD5=false -o APT::FTPArchive::SHA1=false -o APT::FTPArchive::SHA512=false'
apt-ftparchive $only packages pool > "$index/Packages"
apt-ftparchive $only -o APT::FTPArchive::Release::Codename="$suite" -o APT::FTPArchive::Release::Suite="$suite" \\
  -o APT::FTPArchive::Release::Components=main -o APT::FTPArchive::Release::Architectures=amd64 \\
  release "dists/$suite" > Release
mv Release "dists/$suite/Release"
`;
