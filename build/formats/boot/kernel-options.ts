/**
 * The options that a kernel's .config sets, in its own order: `CONFIG_SMP` → `y`. Options that are off are
 * left out.
 */
export function parseKernelOptions(config: string): [name: string, value: string][] {
  return [...config.matchAll(/^(CONFIG_\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]);
}
