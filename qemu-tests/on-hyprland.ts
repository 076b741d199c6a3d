import { session } from './guest.ts';

/** Name of the user whose desktop it is. */
export const { user } = session.feature('greetd').values;

/** A shell command in the environment of the running Hyprland desktop, as its user. */
export function onHyprland(command: string): string {
  const runtime = `/run/user/$(id --user ${user})`;
  const signature = `$(ls -t ${runtime}/hypr | head -1)`;
  const variables = `XDG_RUNTIME_DIR=${runtime} HYPRLAND_INSTANCE_SIGNATURE=${signature} WAYLAND_DISPLAY=wayland-1`;
  return `runuser --user ${user} -- env ${variables} ${command}`;
}
