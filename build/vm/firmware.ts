import { join } from 'node:path';
import { copyInto, exists } from '../host/fs/files.ts';
import { IngotError } from '../model/errors.ts';

/** OVMF: its code, which nobody writes, and its variables, of which each machine has its own. */
export const ovmf = { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', vars: '/usr/share/OVMF/OVMF_VARS_4M.fd' };

/** The same with Microsoft's keys in its variables, and Secure Boot on. */
export const ovmfSecure = {
  code: '/usr/share/OVMF/OVMF_CODE_4M.secboot.fd',
  vars: '/usr/share/OVMF/OVMF_VARS_4M.ms.fd',
};

/** Gives a machine the variables of a firmware that has never started anything, as `vars.fd`. */
export async function copyFirmware(folder: string, firmware: typeof ovmf): Promise<void> {
  for (const path of Object.values(firmware))
    if (!(await exists(path)))
      throw new IngotError('HOST_TOOL_MISSING', `the UEFI firmware ${path} does not exist`, {
        hint: 'npm run setup, or install the package ovmf',
      });
  await copyInto(firmware.vars, join(folder, 'vars.fd'));
}
