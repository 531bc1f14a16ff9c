/** Keywords that ask for what a later version of ssh brings: better said than done by half. */
import type { SshSettings } from '@seashell/core/config';

interface LaterKeyword {
  readonly name: string;
  readonly isAsked: (settings: SshSettings, environment: Readonly<Record<string, string>>) => boolean;
}

const keywords: readonly LaterKeyword[] = [
  { name: 'ProxyCommand', isAsked: (settings) => isGiven(settings.get('ProxyCommand')) },
  { name: 'ProxyJump', isAsked: (settings) => isGiven(settings.get('ProxyJump')) },
  { name: 'LocalForward', isAsked: (settings) => hasForwards(settings, 'LocalForward') },
  { name: 'RemoteForward', isAsked: (settings) => hasForwards(settings, 'RemoteForward') },
  { name: 'DynamicForward', isAsked: (settings) => hasForwards(settings, 'DynamicForward') },
  { name: 'Tunnel', isAsked: (settings) => settings.get('Tunnel') !== 'no' },
  {
    name: 'ControlMaster',
    isAsked: (settings) => settings.get('ControlMaster') !== 'no' && isGiven(settings.get('ControlPath')),
  },
  {
    name: 'ForwardAgent',
    isAsked: (settings, environment) =>
      settings.get('ForwardAgent') !== false && environment['SSH_AUTH_SOCK'] !== undefined,
  },
  {
    name: 'ForwardX11',
    isAsked: (settings, environment) => settings.get('ForwardX11') && environment['DISPLAY'] !== undefined,
  },
  {
    name: 'LocalCommand',
    isAsked: (settings) => settings.get('PermitLocalCommand') && isGiven(settings.get('LocalCommand')),
  },
  { name: 'RevokedHostKeys', isAsked: (settings) => (settings.get('RevokedHostKeys') ?? []).some(isGiven) },
  { name: 'CanonicalizeHostname', isAsked: (settings) => settings.get('CanonicalizeHostname') !== 'no' },
  { name: 'ChannelTimeout', isAsked: (settings) => (settings.get('ChannelTimeout') ?? []).some(isGiven) },
  { name: 'BindInterface', isAsked: (settings) => settings.get('BindInterface') !== undefined },
  { name: 'BindAddress', isAsked: (settings) => settings.get('BindAddress') !== undefined },
  { name: 'KnownHostsCommand', isAsked: (settings) => isGiven(settings.get('KnownHostsCommand')) },
  { name: 'VerifyHostKeyDNS', isAsked: (settings) => settings.get('VerifyHostKeyDNS') === 'yes' },
];

function isGiven(value: string | undefined): boolean {
  return value !== undefined && value.toLowerCase() !== 'none';
}

function hasForwards(settings: SshSettings, name: 'LocalForward' | 'RemoteForward' | 'DynamicForward'): boolean {
  return !settings.get('ClearAllForwardings') && (settings.get(name)?.length ?? 0) > 0;
}

/** The first keyword that asks for something not built; `undefined` when there is none. */
export function findLaterKeyword(
  settings: SshSettings,
  environment: Readonly<Record<string, string>>,
): string | undefined {
  return keywords.find((keyword) => keyword.isAsked(settings, environment))?.name;
}
