/** ssh -G: what the configuration means for a destination, one keyword a line, in the order of readconf.c dump_client_config(). */
import { applyAlgorithmList, sshConfigRows, type SshConfigValues } from '@seashell/core/config';
import { defaultPreferences, supportedAlgorithms } from '@seashell/protocol';
import { updateHostKeysOf, type ClientSettings } from './settings.ts';

type Keyword = keyof SshConfigValues;

/** Those that have a value always; the rest is printed only where it is set. */
const keywords: readonly Keyword[] = [
  'AddressFamily',
  'BatchMode',
  'CanonicalizeFallbackLocal',
  'CanonicalizeHostname',
  'CheckHostIP',
  'Compression',
  'ControlMaster',
  'EnableSSHKeysign',
  'ClearAllForwardings',
  'ExitOnForwardFailure',
  'FingerprintHash',
  'ForwardX11',
  'ForwardX11Trusted',
  'GatewayPorts',
  'HashKnownHosts',
  'HostbasedAuthentication',
  'IdentitiesOnly',
  'KbdInteractiveAuthentication',
  'NoHostAuthenticationForLocalhost',
  'PasswordAuthentication',
  'PermitLocalCommand',
  'ProxyUseFdpass',
  'PubkeyAuthentication',
  'RequestTTY',
  'SessionType',
  'StdinNull',
  'ForkAfterAuthentication',
  'StreamLocalBindUnlink',
  'StrictHostKeyChecking',
  'TCPKeepAlive',
  'Tunnel',
  'VerifyHostKeyDNS',
  'VisualHostKey',
  'UpdateHostKeys',
  'EnableEscapeCommandline',
  'WarnWeakCrypto',
  'CanonicalizeMaxDots',
  'ConnectionAttempts',
  'ForwardX11Timeout',
  'NumberOfPasswordPrompts',
  'ServerAliveCountMax',
  'ServerAliveInterval',
  'RequiredRSASize',
  'ObscureKeystrokeTiming',
  'BindAddress',
  'BindInterface',
  'Ciphers',
  'ControlPath',
  'HostKeyAlgorithms',
  'HostbasedAcceptedAlgorithms',
  'HostKeyAlias',
  'IdentityAgent',
  'IgnoreUnknown',
  'KbdInteractiveDevices',
  'KexAlgorithms',
  'CASignatureAlgorithms',
  'LocalCommand',
  'RemoteCommand',
  'LogLevel',
  'MACs',
  'PKCS11Provider',
  'PreferredAuthentications',
  'PubkeyAcceptedAlgorithms',
  'XAuthLocation',
  'KnownHostsCommand',
  'Tag',
  'DynamicForward',
  'LocalForward',
  'RemoteForward',
  'IdentityFile',
  'CanonicalDomains',
  'CertificateFile',
  'GlobalKnownHostsFile',
  'UserKnownHostsFile',
  'RevokedHostKeys',
  'SendEnv',
  'SetEnv',
  'LogVerbose',
  'ChannelTimeout',
  'PermitRemoteOpen',
  'AddKeysToAgent',
  'ForwardAgent',
  'ConnectTimeout',
  'TunnelDevice',
  'CanonicalizePermittedCNAMEs',
  'ControlPersist',
  'EscapeChar',
  'IPQoS',
  'RekeyLimit',
  'StreamLocalBindMask',
  'SyslogFacility',
  'ProxyCommand',
  'ProxyJump',
];

/** What is printed where nothing is set. */
const unset: Readonly<Partial<Record<Keyword, string>>> = {
  CanonicalDomains: 'none',
  RevokedHostKeys: 'none',
  LogVerbose: 'none',
  ChannelTimeout: 'none',
  PermitRemoteOpen: 'any',
  ConnectTimeout: 'none',
  CanonicalizePermittedCNAMEs: 'none',
};

/** The lines of `ssh -G`. */
export function printConfig(client: ClientSettings): readonly string[] {
  const lines = [
    `host ${client.originalHost}`,
    `user ${client.user}`,
    `hostname ${client.host}`,
    `port ${client.port}`,
  ];
  for (const keyword of keywords) {
    if (sshConfigRows[keyword].versions.includes(client.settings.version)) lines.push(...printKeyword(client, keyword));
  }
  return lines;
}

function printKeyword(client: ClientSettings, keyword: Keyword): readonly string[] {
  // The capital is OpenSSH's.
  const name = keyword === 'CanonicalizePermittedCNAMEs' ? 'canonicalizePermittedcnames' : keyword.toLowerCase();
  const values = listValues(client, keyword) ?? client.settings.format(keyword);
  if (values.length > 0) return values.map((value) => `${name} ${value}`);
  const otherwise = unset[keyword];
  return otherwise === undefined ? [] : [`${name} ${otherwise}`];
}

const updateHostKeysTexts = { yes: 'true', no: 'false', ask: 'ask' } as const;

/** Algorithm lists are printed as they hold, file lists with the home directory in them. */
function listValues({ settings, expand }: ClientSettings, keyword: Keyword): readonly string[] | undefined {
  const known = supportedAlgorithms(settings.version);
  const defaults = defaultPreferences(settings.version);
  switch (keyword) {
    case 'Ciphers':
      return [applyAlgorithmList(settings.get('Ciphers'), defaults.cipher, known.cipher).join(',')];
    case 'MACs':
      return [applyAlgorithmList(settings.get('MACs'), defaults.mac, known.mac).join(',')];
    case 'KexAlgorithms':
      return [applyAlgorithmList(settings.get('KexAlgorithms'), defaults.kex, known.kex).join(',')];
    case 'HostKeyAlgorithms':
    case 'HostbasedAcceptedAlgorithms':
    case 'CASignatureAlgorithms':
    case 'PubkeyAcceptedAlgorithms':
      return [applyAlgorithmList(settings.get(keyword), defaults.hostKey, known.hostKey).join(',')];
    case 'UpdateHostKeys':
      return [updateHostKeysTexts[updateHostKeysOf(settings)]];
    case 'UserKnownHostsFile':
      return [(settings.get(keyword) ?? []).map((file) => expanded(expand(file), file)).join(' ')];
    default:
      return undefined;
  }
}

function expanded(expansion: ReturnType<ClientSettings['expand']>, text: string): string {
  return expansion.ok ? expansion.value : text;
}
