/** Software that no package brings, as its manifest describes it. */
export interface Module extends Container {
  summary: string;
  licence: string;
  kind: 'container' | 'unit';
  ports?: { host: number; container?: number }[];
  /** Other containers, which share its network and serve it alone. */
  parts?: Part[];
  /** Other modules, and features of the recipe that serve others. */
  needs?: string[];
  ramGiB?: number;
}

export interface Container {
  name: string;
  source: { type: string; name: string; version?: string; digest?: string };
  command?: string[];
  data?: string[];
  /** System identifier whose the folders of `data` are, unless root's. */
  owner?: number;
  environment?: { [name: string]: string };
}

/** A container with a password of its own: variables that hold it, where @ stands for the password. */
export interface Part extends Container {
  password?: { [name: string]: string };
}

export interface UnitFile {
  /** On the image, without a slash in front. */
  path: string;
  content: string;
}

/** A unit that starts what is in the module's folder. `wanted` are the units of what it needs. */
export function service(module: Module, wanted: string[]): string {
  const { name, environment = {}, command = [] } = module;
  return lines([
    ...unit(module, wanted),
    '[Service]',
    'Type=exec',
    'DynamicUser=yes',
    `StateDirectory=ingot-module-${name}`,
    `ExecStart=/usr/libexec/ingot/module-run ${[name, ...command].join(' ')}`,
    ...settings(environment),
    'Restart=on-failure',
    'MemoryMax=75%',
    'NoNewPrivileges=yes',
    'PrivateDevices=yes',
    'PrivateTmp=yes',
    'ProtectHome=yes',
    'ProtectSystem=strict',
    `ReadWritePaths=-${folder(name)}/data`,
    'CapabilityBoundingSet=',
    'RestrictSUIDSGID=yes',
  ]);
}

/** The section [Unit], with further lines at its end. */
export function unit(
  { name, summary }: { name: string; summary: string },
  wanted: string[],
  further: string[] = [],
): string[] {
  const others = wanted.join(' ');
  return [
    '[Unit]',
    `Description=${summary} (${name})`,
    'RequiresMountsFor=/var/ai-data',
    ...(others ? [`Wants=${others}`, `After=${others}`] : []),
    ...further,
    '',
  ];
}

export function settings(environment: { [name: string]: string }): string[] {
  return Object.entries(environment).map(([key, value]) => `Environment="${key}=${value}"`);
}

export function folder(name: string): string {
  return `/var/ai-data/modules/${name}`;
}

export function lines(all: string[]): string {
  return `${all.join('\n')}\n`;
}
