import { resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { buildTools, requireHost } from './commands/_host.ts';
import type { Options, Verb } from './commands/_verb.ts';
import { loadVerbs } from './commands/_verbs.ts';
import { endWithParent } from './host/end-with-parent.ts';
import { fixUmask } from './host/environment.ts';
import { assertUnconverted } from './host/fs/checkout.ts';
import { listenForSignals } from './host/interrupt.ts';
import { trustAlso } from './host/net/trust.ts';
import { printError } from './host/print-error.ts';
import { createProgress } from './host/progress.ts';
import { hasNoNetwork, rerunWithoutNetwork } from './host/run/without-network.ts';
import { exitStatus, IngotError, toIngotError } from './model/errors.ts';

fixUmask();
listenForSignals();
// npm runs this by a shell, which passes no signal on.
if (process.env.npm_lifecycle_event) endWithParent();
const program = new Command('ingot')
  .description('Builds bootable images for local AI and boots every one of them.')
  .showSuggestionAfterError()
  .helpCommand(false);
for (const verb of await loadVerbs(process.argv[2])) add(verb);
// Commander's complaints are reported like every other error.
walk(program, (command) =>
  command
    .exitOverride()
    .helpCommand(false)
    .configureOutput({ outputError: () => {} }),
);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function add(verb: Verb): void {
  const words = verb.name.split(' ');
  const parent = words.slice(0, -1).reduce((above, word) => {
    return (
      above.commands.find((c) => c.name() === word) ?? above.command(word).description(`${word} commands`)
    );
  }, program);
  const command = parent.command(words.at(-1)!).description(verb.summary);
  for (const [syntax, description] of verb.arguments) command.argument(syntax, description);
  for (const { flags, description, several, default: initial } of verb.options)
    command.addOption(
      new Option(flags, description).default(initial).argParser((value: string, previous: unknown) =>
        // The first value replaces the default, further ones add to it.
        several ? [...(previous === initial || !previous ? [] : (previous as string[])), value] : value,
      ),
    );
  command.option('--json', 'results as JSON, progress as JSON lines');
  command.addHelpText('after', ['', 'Examples:', ...verb.examples.map((line) => `  ${line}`)].join('\n'));
  command.action(() => run(verb, command));
}

async function run(verb: Verb, command: Command): Promise<void> {
  await assertUnconverted();
  const options = command.opts<Options & { json?: boolean }>();
  if (options.offline && !hasNoNetwork()) {
    await requireHost(buildTools);
    process.exitCode = await rerunWithoutNetwork();
    return;
  }
  if (options.ca) trustAlso(resolve(options.ca));
  const progress = createProgress({ json: options.json === true });
  const outcome = await verb.run(command.args, options, progress);
  process.exitCode = outcome.status ?? 0;
  process.stdout.write(`${options.json ? JSON.stringify(outcome.json, null, 2) : outcome.text}\n`);
  if (outcome.failure) process.exitCode = report(outcome.failure);
}

/** Prints the failure on standard error and returns the exit status. */
function report(thrown: unknown): number {
  // Asking for help is no failure.
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
  const error = thrown instanceof CommanderError ? usageError(thrown) : toIngotError(thrown);
  if (!process.argv.includes('--json')) return printError(error);
  const { code, message, hint } = error;
  process.stderr.write(`${JSON.stringify({ error: code, message, hint })}\n`);
  return exitStatus(error);
}

/**
 * Commander's complaint as ours: `error: unknown command 'plna'` and, on a second line, `(Did you mean
 * plan?)`.
 */
function usageError({ code, message }: CommanderError): IngotError {
  if (code === 'commander.help') return new IngotError('USAGE', 'no verb was given');
  const [says, suggestion] = message.replace(/^error: /, '').split('\n');
  const hint = suggestion ? suggestion.slice(1, -1).replace('Did', 'did') : 'ingot --help';
  return new IngotError('USAGE', says!, { hint });
}

function walk(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) walk(child, visit);
}
