/** What the session is to be: a shell, a command, a subsystem or nothing, with a terminal or without (ssh.c). */
import { matchPattern } from '@seashell/core/config';
import type { System } from '@seashell/system';
import type { Log } from '../logging/log.ts';
import { isTerminal } from '../terminal/read-passphrase.ts';
import { writeAll } from '../storage/write-all.ts';
import { parseEscapeCharacter } from './escapes.ts';
import type { SshRequest } from './options.ts';
import type { SessionCommand } from './session.ts';
import type { ClientSettings } from './settings.ts';

export interface SessionPlan {
  readonly command: SessionCommand;
  readonly wantsTerminal: boolean;
  readonly terminalForced: boolean;
  readonly noInput: boolean;
  readonly background: boolean;
  readonly environment: readonly (readonly [string, string])[];
  readonly escape: number | undefined;
}

interface PlanInputs {
  readonly client: ClientSettings;
  readonly request: SshRequest;
  readonly log: Log;
}

type PlanSystem = Pick<System, 'terminal' | 'process' | 'streams'>;

/** The plan; `usage` where ssh prints its usage. Says what ssh says about a terminal that will not be. */
export async function planSession(system: PlanSystem, inputs: PlanInputs): Promise<SessionPlan | 'usage'> {
  const { client, request, log } = inputs;
  const command = await chooseCommand(system, inputs);
  if (command === 'usage') return 'usage';
  const background = request.background || client.settings.get('ForkAfterAuthentication');
  if (background && command.type === 'shell') {
    return log.fatal('Cannot fork into background without a command to execute.');
  }
  const noInput = request.noInput || background || client.settings.get('StdinNull');
  const terminal = await chooseTerminal(system, { ...inputs, command, noInput });
  const escape = client.settings.get('EscapeChar');
  return {
    command,
    ...terminal,
    noInput,
    background,
    environment: chooseEnvironment(client, system.process.environment),
    escape: terminal.wantsTerminal ? parseEscapeCharacter(escape) : undefined,
  };
}

async function chooseCommand(system: PlanSystem, { client, request, log }: PlanInputs) {
  const { settings } = client;
  const sessionType = settings.get('SessionType');
  const words = request.command.join(' ');
  const remote = settings.get('RemoteCommand');
  const configured = remote === undefined || remote === 'none' ? undefined : client.expand(remote);
  if (configured?.ok === true && words !== '') {
    return log.fatal('Cannot execute command-line and remote command.');
  }
  if (request.noCommand || sessionType === 'none') return { type: 'none' } as const;
  const text = words === '' && configured?.ok === true ? configured.value : words;
  if (!request.subsystem && sessionType !== 'subsystem') {
    return text === '' ? ({ type: 'shell' } as const) : ({ type: 'exec', command: text } as const);
  }
  if (text !== '') return { type: 'subsystem', name: text } as const;
  await writeAll(system.streams, 2, 'You must specify a subsystem to invoke.\n');
  return 'usage' as const;
}

interface TerminalInputs extends PlanInputs {
  readonly command: SessionCommand;
  readonly noInput: boolean;
}

async function chooseTerminal(system: PlanSystem, { client, request, log, command, noInput }: TerminalInputs) {
  const wish = request.noCommand ? 'no' : (request.terminal ?? client.settings.get('RequestTTY'));
  const terminalForced = wish === 'force';
  const wanted = wish === 'yes' || terminalForced || (wish === 'auto' && command.type === 'shell');
  if (terminalForced || (!noInput && (await isTerminal(system, 0)))) return { wantsTerminal: wanted, terminalForced };
  if (wanted) await log.info('Pseudo-terminal will not be allocated because stdin is not a terminal.');
  return { wantsTerminal: false, terminalForced };
}

/** SendEnv's patterns over the environment, then SetEnv. */
function chooseEnvironment(
  client: ClientSettings,
  environment: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  const patterns = client.settings.get('SendEnv') ?? [];
  const sent = Object.entries(environment).filter(([name]) => patterns.some((pattern) => matchPattern(name, pattern)));
  const set = (client.settings.get('SetEnv') ?? []).map((text) => {
    const equals = text.indexOf('=');
    return [text.slice(0, equals), text.slice(equals + 1)] as const;
  });
  return [...sent, ...set];
}
