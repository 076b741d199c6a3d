import { Command, CommanderError, Option } from 'commander';
import type { Options, Verb } from './commands/_verb.ts';
import { verbs } from './commands/_verbs.ts';
import { listenForSignals } from './host/interrupt.ts';
import { createProgress } from './host/progress.ts';
import { exitStatus, IngotError, toIngotError } from './model/errors.ts';

listenForSignals();
const program = new Command('ingot')
  .description('Builds bootable images for local AI and boots every one of them.')
  .showSuggestionAfterError()
  .showHelpAfterError('(see ingot --help)')
  .helpCommand(false);
for (const verb of verbs) add(verb);
walk(program, (command) => command.exitOverride());

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
  const options = command.opts<Options & { json?: boolean }>();
  const progress = createProgress({ json: options.json === true });
  const outcome = await verb.run(command.args, options, progress);
  process.stdout.write(`${options.json ? JSON.stringify(outcome.json, null, 2) : outcome.text}\n`);
}

/** Prints the failure on standard error and returns the exit status. */
function report(thrown: unknown): number {
  if (thrown instanceof CommanderError) {
    // Commander has printed the message already; asking for help is no failure.
    return thrown.exitCode === 0 ? 0 : exitStatus(new IngotError('USAGE', thrown.message));
  }
  const error = toIngotError(thrown);
  if (process.argv.includes('--json'))
    process.stderr.write(
      `${JSON.stringify({ error: error.code, message: error.message, hint: error.hint })}\n`,
    );
  else {
    process.stderr.write(`error ${error.code}: ${error.message}\n`);
    if (error.hint) process.stderr.write(`  try: ${error.hint}\n`);
    if (error.code === 'INTERNAL') process.stderr.write(`${(error.cause as Error)?.stack ?? error.stack}\n`);
  }
  return exitStatus(error);
}

function walk(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) walk(child, visit);
}
