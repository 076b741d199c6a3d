import { session } from './guest.ts';

/** Name of the user whose desktop it is. */
export const { user } = session.feature('lightdm').values;

/** A shell command in the environment of the running XFCE desktop, as its user and in the user's folder. */
export function onXfce(command: string): string {
  const runtime = `/run/user/$(id --user ${user})`;
  const variables = `HOME=/home/${user} DISPLAY=:0 XDG_RUNTIME_DIR=${runtime} DBUS_SESSION_BUS_ADDRESS=unix:path=${runtime}/bus`;
  return `(cd /home/${user} && runuser --user ${user} -- env ${variables} ${command})`;
}
