/** Where every cloud but Azure's host channel answers. */
export const metadataAddress = '169.254.169.254';
/** Azure's wire server. */
export const wireServerAddress = '168.63.129.16';

/**
 * Makes QEMU's network lead the clouds' addresses to ports on this machine, and still nowhere else. QEMU
 * answers only for addresses within its own network, so that is the smallest one with both of them in it, and
 * the guest finds them as neighbours, with or without a gateway. Each connection gets a relay of its own.
 */
export function cloudNetwork(ports: { [address: string]: number }): string[] {
  return [
    ...['net=168.0.0.0/7', 'host=168.0.0.2', 'dns=168.0.0.3', 'dhcpstart=168.0.0.15'],
    ...Object.entries(ports).map(([address, port]) => `guestfwd=tcp:${address}:80-cmd:${relay(port)}`),
  ];
}

/**
 * QEMU splits the words like a shell and expands nothing; bash is on every machine that can build. What bash
 * puts in the background reads no standard input by default.
 */
function relay(port: number): string {
  return `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}; cat <&0 >&3 & cat <&3; kill $!'`;
}
