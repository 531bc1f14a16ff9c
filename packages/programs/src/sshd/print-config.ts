/** sshd -T: what the configuration means, one keyword a line, in the order of servconf.c dump_config(). */
import { sshdConfigRows, type SshdConfigValues, type SshdSettings } from '@seashell/core/config';
import { supportedAlgorithms } from '@seashell/protocol';
import type { SocketAddress } from '@seashell/system';
import type { HostKey } from './host-keys.ts';
import { acceptedKeyAlgorithms, serverPreferences } from './preferences.ts';
import { formatPenalties } from './source-penalties.ts';

type Keyword = keyof SshdConfigValues;

const keywords: readonly Keyword[] = [
  'UsePAM',
  'PAMServiceName',
  'LoginGraceTime',
  'X11DisplayOffset',
  'MaxAuthTries',
  'MaxSessions',
  'ClientAliveInterval',
  'ClientAliveCountMax',
  'RequiredRSASize',
  'StreamLocalBindMask',
  'UnusedConnectionTimeout',
  'PermitRootLogin',
  'IgnoreRhosts',
  'IgnoreUserKnownHosts',
  'HostbasedAuthentication',
  'HostbasedUsesNameFromPacketOnly',
  'PubkeyAuthentication',
  'PasswordAuthentication',
  'KbdInteractiveAuthentication',
  'PrintMotd',
  'PrintLastLog',
  'X11Forwarding',
  'X11UseLocalhost',
  'PermitTTY',
  'PermitUserRC',
  'StrictModes',
  'TCPKeepAlive',
  'PermitEmptyPasswords',
  'Compression',
  'GatewayPorts',
  'UseDNS',
  'AllowTcpForwarding',
  'AllowAgentForwarding',
  'DisableForwarding',
  'AllowStreamLocalForwarding',
  'StreamLocalBindUnlink',
  'FingerprintHash',
  'ExposeAuthInfo',
  'RefuseConnection',
  'PidFile',
  'ModuliFile',
  'XAuthLocation',
  'Ciphers',
  'MACs',
  'Banner',
  'ForceCommand',
  'ChrootDirectory',
  'TrustedUserCAKeys',
  'RevokedKeys',
  'SecurityKeyProvider',
  'AuthorizedPrincipalsFile',
  'VersionAddendum',
  'AuthorizedKeysCommand',
  'AuthorizedKeysCommandUser',
  'AuthorizedPrincipalsCommand',
  'AuthorizedPrincipalsCommandUser',
  'HostKeyAgent',
  'KexAlgorithms',
  'CASignatureAlgorithms',
  'HostbasedAcceptedAlgorithms',
  'HostKeyAlgorithms',
  'PubkeyAcceptedAlgorithms',
  'SshdSessionPath',
  'SshdAuthPath',
  'PerSourcePenaltyExemptList',
  'LogLevel',
  'SyslogFacility',
  'AuthorizedKeysFile',
  'HostKey',
  'AllowUsers',
  'DenyUsers',
  'AllowGroups',
  'DenyGroups',
  'AcceptEnv',
  'SetEnv',
  'AuthenticationMethods',
  'ChannelTimeout',
  'Subsystem',
  'MaxStartups',
  'PerSourceMaxStartups',
  'PerSourceNetBlockSize',
  'PerSourcePenalties',
  'PermitTunnel',
  'IPQoS',
  'RekeyLimit',
  'PermitOpen',
  'PermitListen',
  'PermitUserEnvironment',
  'PubkeyAuthOptions',
];

interface Printed {
  readonly settings: SshdSettings;
  readonly addresses: readonly SocketAddress[];
  readonly hostKeys: readonly HostKey[];
}

/** The lines of `sshd -T`; 6.6 prints the keywords in lower case. */
export function printServerConfig({ settings, addresses, hostKeys }: Printed): readonly string[] {
  const spell = (keyword: string) => (settings.version === '6.6' ? keyword.toLowerCase() : keyword);
  const lines = (settings.get('Port') ?? [22]).map((port) => `${spell('Port')} ${port}`);
  lines.push(`${spell('AddressFamily')} ${settings.get('AddressFamily')}`);
  for (const { address, port } of addresses.toReversed()) {
    lines.push(`${spell('ListenAddress')} ${address.includes(':') ? `[${address}]` : address}:${port}`);
  }
  const lists = algorithmLists(settings, hostKeys);
  for (const keyword of keywords) {
    if (!sshdConfigRows[keyword].versions.includes(settings.version)) continue;
    const values = lists[keyword] ?? settings.format(keyword);
    const shown = keyword === 'MACs' ? 'Macs' : keyword;
    for (const value of values) lines.push(`${spell(shown)} ${value}`);
  }
  return lines;
}

function algorithmLists(
  settings: SshdSettings,
  hostKeys: readonly HostKey[],
): Readonly<Partial<Record<Keyword, readonly string[]>>> {
  const preferences = serverPreferences(settings, hostKeys);
  return {
    Ciphers: [preferences.cipher.join(',')],
    MACs: [preferences.mac.join(',')],
    KexAlgorithms: [preferences.kex.join(',')],
    HostKeyAlgorithms: [preferences.hostKey.join(',')],
    PubkeyAcceptedAlgorithms: [acceptedKeyAlgorithms(settings).join(',')],
    CASignatureAlgorithms: [supportedAlgorithms(settings.version).hostKey.join(',')],
    HostbasedAcceptedAlgorithms: [supportedAlgorithms(settings.version).hostKey.join(',')],
    PerSourcePenalties: [formatPenalties(settings)],
    ...(settings.has('ChannelTimeout') ? {} : { ChannelTimeout: ['none'] }),
  };
}
