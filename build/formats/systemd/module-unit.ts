/** Software that no package brings, as its manifest describes it. */
export interface Module {
  name: string;
  summary: string;
  licence: string;
  kind: 'container' | 'unit';
  source: { type: string; name: string; version?: string; digest?: string };
  command?: string[];
  ports?: { host: number; container?: number }[];
  data?: string[];
  environment?: { [name: string]: string };
  /** Other modules, and features of the recipe that serve others. */
  needs?: string[];
  ramGiB?: number;
}

/**
 * Path on the image and text of what starts a module: a quadlet for podman, or a unit of systemd. `wanted`
 * are the units of what it needs.
 */
export function renderModule(module: Module, wanted: string[]): { path: string; content: string } {
  return module.kind === 'container'
    ? { path: `usr/share/containers/systemd/${module.name}.container`, content: quadlet(module, wanted) }
    : { path: `usr/lib/systemd/system/${module.name}.service`, content: service(module, wanted) };
}

/** Nothing is fetched when it is started, and nothing starts it by itself: what manages modules does both. */
function quadlet(module: Module, wanted: string[]): string {
  const { name, source, ports = [], data = [], environment = {}, command = [] } = module;
  const image = source.digest ? `${source.name}@${source.digest}` : `${source.name}:${source.version}`;
  return lines([
    ...unit(module, wanted),
    '[Container]',
    `ContainerName=${name}`,
    `Image=${image}`,
    'Pull=never',
    'NoNewPrivileges=true',
    ...ports.map(({ host, container }) => `PublishPort=127.0.0.1:${host}:${container ?? host}`),
    ...data.map((path) => `Volume=${folder(name)}${path}:${path}`),
    ...settings(environment),
    ...(command.length ? [`Exec=${command.join(' ')}`] : []),
    '',
    '[Service]',
    'Restart=on-failure',
    'MemoryMax=75%',
  ]);
}

function service(module: Module, wanted: string[]): string {
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

function unit({ name, summary }: Module, wanted: string[]): string[] {
  const others = wanted.join(' ');
  return [
    '[Unit]',
    `Description=${summary} (${name})`,
    'RequiresMountsFor=/var/ai-data',
    ...(others ? [`Wants=${others}`, `After=${others}`] : []),
    '',
  ];
}

function settings(environment: { [name: string]: string }): string[] {
  return Object.entries(environment).map(([key, value]) => `Environment="${key}=${value}"`);
}

function folder(name: string): string {
  return `/var/ai-data/modules/${name}`;
}

function lines(all: string[]): string {
  return `${all.join('\n')}\n`;
}
