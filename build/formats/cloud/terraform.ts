import { type CloudFacts, tunnel } from './facts.ts';

/** A variable's arguments, as HCL has them. */
interface Variable {
  type: 'string' | 'number';
  default?: string;
  description?: string;
}

export interface Module {
  facts: CloudFacts;
  /** Lines of the comment that the module begins with. */
  comment: string[];
  /** What the cloud calls a machine. */
  machine: string;
  /** Where the machine's resource is described. */
  page: string;
  provider: { name: string; source: string; version: string };
  /** By name; the machine's user data and the addresses that may use SSH are the same everywhere. */
  variables: { [name: string]: Variable };
  resources: string;
  /** The machine's public address, as HCL has it. */
  address: string;
}

/** Addresses that may use SSH: nobody's are the default. */
export const sshCidr = {
  ssh_cidr: { type: 'string', description: 'Addresses that may use SSH, such as 203.0.113.7/32' },
} as const;

const userData = {
  user_data: { type: 'string', default: 'null', description: 'What cloud-init shall do at the first boot' },
} as const;

/** A module for one machine, which OpenTofu and Terraform read. */
export function renderModule({ facts, provider, resources, address, ...module }: Module): string {
  const variables = Object.entries({ ...module.variables, ...userData });
  return `${module.comment.map((line) => `# ${line}\n`).join('')}\
# ${facts.name} ${facts.version}. The model's server listens on the ${module.machine}'s loopback only; reach it by an SSH tunnel.
# ${module.page}
terraform {
  required_providers {
    ${provider.name} = { source = "${provider.source}", version = ">= ${provider.version}" }
  }
}

${variables.map(renderVariable).join('')}
${resources}
output "tunnel" {
  value = "${tunnel(facts, `\${${address}}`)}"
}
`;
}

function renderVariable([name, { type, ...more }]: [string, Variable]): string {
  const { default: value, description } = more;
  const lines = Object.entries({
    type,
    ...(value === undefined ? {} : { default: value }),
    ...(description === undefined ? {} : { description: `"${description}"` }),
  });
  if (lines.length === 1) return `variable "${name}" { type = ${type} }\n`;
  const width = Math.max(...lines.map(([key]) => key.length));
  const text = lines.map(([key, each]) => `  ${key.padEnd(width)} = ${each}\n`).join('');
  return `variable "${name}" {\n${text}}\n`;
}
