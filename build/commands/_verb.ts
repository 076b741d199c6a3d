import type { Progress } from '../host/progress.ts';
import type { IngotError } from '../model/errors.ts';

/** What a verb found or made: text for people, the same as data for `--json`. */
export interface Outcome {
  text: string;
  json: unknown;
  /** Exit status, for a verb whose finding is a bad one. Default 0. */
  status?: number;
  /** The bad finding as an error, told after the text; its code decides the exit status. */
  failure?: IngotError;
}

/** One verb of the command line; help, parsing and README's table are made from this. */
export interface Verb {
  /** `model check` is the verb `check` under `model`. */
  name: string;
  summary: string;
  /** Commander syntax: `<needed>`, `[optional]`, `<several...>`. */
  arguments: [syntax: string, description: string][];
  options: { flags: string; description: string; default?: string | string[]; several?: boolean }[];
  examples: string[];
  run(args: string[], options: Options, progress: Progress): Promise<Outcome>;
}

/** Option values as Commander names them. */
export interface Options {
  target?: string[];
  platform?: string[];
  base?: string;
  model?: string[];
  set?: string[];
  tag?: string;
  role?: string;
  ram?: string;
  diskSize?: string;
  memory?: string;
  lock?: string;
  mirror?: string[];
  ca?: string;
  offline?: boolean;
  timestamp?: string;
  environments?: string;
  only?: string[];
  record?: boolean;
  out?: string;
  update?: boolean;
  firmware?: string[];
  powerCuts?: string;
  seed?: string;
  days?: string;
  maxSize?: string;
  dryRun?: boolean;
  jobs?: string;
  sign?: string[];
  key?: string[];
  allowedSigners?: string;
  failOn?: string[];
  full?: boolean;
  html?: string;
  reports?: string;
  hostname?: string;
  userData?: string;
  networkConfig?: string;
  device?: string;
  check?: boolean;
  yes?: boolean;
  kernel?: string[];
  config?: string;
}

const lockFile = { flags: '--lock <file>', description: "lock to use instead of the recipe's own" };
const base = { flags: '--base <suite>', description: "base to build from instead of the recipe's" };
const model = {
  flags: '--model <source>',
  description:
    "model to preload instead of the recipe's: builtin:smoke, a path, an https URL, catalogue:<name>; name=path names it, name@embed=path gives it a role",
  several: true,
};

const set = {
  flags: '--set <feature.option=value>',
  description: "value for an option of one of the recipe's features, such as system.hostname=box",
  several: true,
};

/** Of verbs that name a finished file. */
export const tagOption = {
  flags: '--tag <text>',
  description: "a part of the file's name; by default the models and options that are not the recipe's own",
};

const diskSize = {
  flags: '--disk-size <size>',
  description: "disk size instead of the recipe's, such as 12GiB",
};

const memory = {
  flags: '--memory <size>',
  description: "memory of the machine that the image is meant for instead of the recipe's, such as 8GiB",
};

/** Shared by every verb that fetches. */
export const fetchOptions = [
  {
    flags: '--mirror <place>',
    description: 'URL or folder with the locked files; several are tried in order',
    several: true,
  },
  {
    flags: '--ca <file>',
    description: 'certificate of an authority to trust besides the usual ones when something is fetched',
  },
];

/** Options that change what a recipe builds; shared by every verb that reads one. */
export const recipeOptions = [base, model, set, diskSize, memory, lockFile];
export const targetOption = {
  flags: '--target <name>',
  description: 'what to build; ingot list shows all',
  default: ['iso'],
  several: true,
};
