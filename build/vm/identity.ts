import { userDataMark } from './clouds/user-data.ts';
import type { Guest } from './guest.ts';

/** What makes a machine itself, and must outlive every restart. */
export interface Identity {
  machineId: string;
  /** Fingerprints of the SSH host keys. */
  hostKeys: string;
  hostname: string;
  /** How often the user data were executed; empty where there is no cloud. */
  userDataRuns: string;
}

export async function readIdentity(guest: Guest): Promise<Identity> {
  const read = async (command: string) => (await guest.succeed(command)).trim();
  return {
    machineId: await read('cat /etc/machine-id'),
    hostKeys: await read(
      // The name as it is written, where there is none.
      'for key in /etc/ssh/ssh_host_*_key.pub; do [ ! -e "$key" ] || ssh-keygen -l -f "$key"; done',
    ),
    hostname: await read('hostname'),
    userDataRuns: await read(`cat ${userDataMark} 2> /dev/null || true`),
  };
}
