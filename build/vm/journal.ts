/**
 * Credentials that make the guest copy its journal to the second serial port from early boot on, so that a
 * boot that never reaches SSH still tells why. They add a unit and a drop-in at run time; the image is not
 * changed. Drop-ins that the caller plants for the same unit stay as they are.
 */
export function journalCredentials(planted: Record<string, string>): Record<string, string> {
  return {
    'systemd.extra-unit.ingot-journal.service': `[Unit]
Description=Journal on the second serial port
DefaultDependencies=no
IgnoreOnIsolate=yes
After=systemd-journald.service dev-ttyS1.device
# What runs in the initramfs sees nothing behind it, and would keep the system's own from being started.
Conflicts=initrd-switch-root.target
Before=initrd-switch-root.target
[Service]
ExecStart=journalctl --follow --no-tail --boot --output=short-monotonic
StandardOutput=tty
TTYPath=/dev/ttyS1
`,
    'systemd.unit-dropin.sysinit.target': '[Unit]\nWants=ingot-journal.service\n',
    ...planted,
  };
}
