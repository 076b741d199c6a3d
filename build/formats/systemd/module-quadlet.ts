import {
  type Container,
  folder,
  lines,
  type Module,
  type Part,
  settings,
  type UnitFile,
  unit,
} from './module-unit.ts';

/** Containers, and a pod of them when the module has parts. `wanted` are the units of what it needs. */
export function quadlets(module: Module, wanted: string[]): UnitFile[] {
  const { name, parts = [] } = module;
  const file = (of: string, content: string[]) => ({
    path: `usr/share/containers/systemd/${of}`,
    content: lines(content),
  });
  if (!parts.length)
    return [
      file(`${name}.container`, [
        ...unit(module, wanted),
        ...container(module, name, folder(name), published(module)),
        ...restart,
      ]),
    ];
  const services = parts.map((part) => `${name}-${part.name}.service`);
  const passwords = parts.filter(({ password }) => password).map(({ name: part }) => passwordOf(name, part));
  return [
    file(`${name}.pod`, [...unit(module, []), '[Pod]', `PodName=${name}`, ...published(module)]),
    file(`${name}.container`, [
      ...unit(module, [...wanted, ...services]),
      ...container(module, name, folder(name), [`Pod=${name}.pod`, ...passwords.map(environmentFile)]),
      ...restart,
    ]),
    ...parts.map((part) => file(`${name}-${part.name}.container`, partOf(module, part))),
  ];
}

function partOf({ name, summary }: Module, part: Part): string[] {
  const password = passwordOf(name, part.name);
  const variables = Object.entries(part.password ?? {}).map(([key, value]) => `"${key}=${value}"`);
  return [
    // It ends with the module's own container.
    ...unit({ name: part.name, summary: `${summary}: part` }, [], [`PartOf=${name}.service`]),
    ...container(part, `${name}-${part.name}`, `${folder(name)}/${part.name}`, [
      `Pod=${name}.pod`,
      ...(variables.length ? [environmentFile(password)] : []),
    ]),
    ...restart,
    ...(variables.length
      ? [`ExecStartPre=/usr/libexec/ingot/module-password ${password} ${variables.join(' ')}`]
      : []),
  ];
}

function container(of: Container, name: string, kept: string, network: string[]): string[] {
  const { source, data = [], owner, environment = {}, command = [] } = of;
  const image = source.digest ? `${source.name}@${source.digest}` : `${source.name}:${source.version}`;
  return [
    '[Container]',
    `ContainerName=${name}`,
    `Image=${image}`,
    'Pull=never',
    'NoNewPrivileges=true',
    ...network,
    ...data.map((path) => `Volume=${kept}${path}:${path}`),
    ...settings(environment),
    ...(command.length ? [`Exec=${command.join(' ')}`] : []),
    '',
    '[Service]',
    ...data.map(
      (path) => `ExecStartPre=/usr/bin/install --directory ${owner ? `--owner=${owner} ` : ''}${kept}${path}`,
    ),
  ];
}

const restart = ['Restart=on-failure', 'MemoryMax=75%'];

function published({ ports = [] }: Module): string[] {
  return ports.map(({ host, container }) => `PublishPort=127.0.0.1:${host}:${container ?? host}`);
}

/** File with the variables that hold a part's password. */
function passwordOf(module: string, part: string): string {
  return `${folder(module)}/passwords/${part}`;
}

function environmentFile(path: string): string {
  return `EnvironmentFile=${path}`;
}
