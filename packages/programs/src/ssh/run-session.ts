/** From a finished login to the end of the session, with the host keys that the server tells in between. */
import type { ClientEvent } from '@seashell/protocol';
import { sayRekey } from './exchange.ts';
import { HostKeyUpdate } from './host-key-update.ts';
import type { KnownHosts } from './known-hosts.ts';
import { disconnectionLines, type Login } from './login.ts';
import type { SessionPlan } from './session-plan.ts';
import { ClientSession } from './session.ts';

interface RunParts {
  readonly plan: SessionPlan;
  readonly known: KnownHosts;
}

/** Runs the session; the exit status of ssh. */
export async function runSession(login: Login, { plan, known }: RunParts): Promise<number> {
  const { system, log, peer, settings } = login;
  if (plan.background) {
    await log.debug1('forking to background');
    await system.process.detach();
  }
  const update = new HostKeyUpdate(login, known);
  const session = new ClientSession(system, {
    peer,
    log,
    options: {
      command: plan.command,
      host: settings.host,
      wantsTerminal: plan.wantsTerminal,
      terminalForced: plan.terminalForced,
      terminalType: system.process.environment['TERM'] ?? '',
      environment: plan.environment,
      escape: plan.escape,
      stdinDescriptor: plan.noInput ? undefined : 0,
      keepalive: {
        intervalMilliseconds: settings.settings.get('ServerAliveInterval') * 1000,
        countMaximum: settings.settings.get('ServerAliveCountMax'),
      },
      sayPackets: async () => login.packetLog?.write(log),
      onEvent: (event) => handleOther(login, update, event),
    },
  });
  return session.run();
}

async function handleOther(login: Login, update: HostKeyUpdate, event: ClientEvent): Promise<void> {
  switch (event.type) {
    case 'hostKeysAnnounced':
      return update.handleAnnounced(event.keys);
    case 'hostKeysProved':
      return update.handleProved(event.keys);
    case 'algorithmsNegotiated':
    case 'keyExchanged':
      return sayRekey(login, event);
    case 'debug':
      return login.log.write(event.alwaysDisplay ? 'INFO' : 'DEBUG1', `Remote: ${event.message}`);
    case 'globalRequest':
      return login.log.debug1(`client_input_global_request: rtype ${event.name} want_reply ${event.wantReply ? 1 : 0}`);
    case 'disconnected':
      for (const line of disconnectionLines(login, event)) await login.log.error(line);
      return undefined;
    default:
      return undefined;
  }
}
