/** Configurations made of plausible lines, the same for the same seed: keywords with right and wrong arguments, blocks, quotes. */
import type { RandomSource } from '../src/crypto/index.ts';

export interface Picker {
  below(limit: number): number;
  of<T>(items: readonly T[]): T;
  chance(percent: number): boolean;
}

export function pickerOf(random: RandomSource): Picker {
  const below = (limit: number): number => {
    const [a = 0, b = 0, c = 0] = random(3);
    return ((a << 16) | (b << 8) | c) % limit;
  };
  const of = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return { below, of, chance: (percent) => below(100) < percent };
}

const flagWords = ['yes', 'no', 'YES', 'true', 'false'];
const times = ['0', '90', '10m', '1h30m', '1d', '2W', '1h30'];
const numbers = ['0', '1', '3', '17'];

/** Keywords of ssh_config that 9.2 and 10.5 read and print alike, with arguments that are right. */
const clientArguments: Readonly<Record<string, readonly string[]>> = {
  Port: ['22', '2222', '1', '65535', '"4444"'],
  User: ['demo', '"quoted user"', 'a\\b', "'single one'", 'web-admin'],
  HostName: ['10.0.0.1', '%h.example.com', 'Web.Example.com', '%%x', '::1'],
  ForwardX11: flagWords,
  ForwardX11Timeout: times,
  ForwardAgent: ['yes', 'no', '/run/agent', '$SOME_SOCKET'],
  BatchMode: flagWords,
  AddressFamily: ['any', 'inet', 'inet6'],
  StrictHostKeyChecking: ['yes', 'no', 'ask', 'accept-new', 'off', 'true'],
  ServerAliveInterval: times,
  ServerAliveCountMax: numbers,
  ConnectTimeout: [...times.slice(1), 'none'],
  ConnectionAttempts: ['1', '3'],
  NumberOfPasswordPrompts: ['1', '3'],
  Compression: ['yes', 'no'],
  ControlMaster: ['yes', 'no', 'auto', 'ask', 'autoask'],
  ControlPersist: ['yes', 'no', '10m', '0'],
  IdentitiesOnly: flagWords,
  IdentityFile: ['/keys/a', '/keys/b', '"/keys/e f"'],
  CertificateFile: ['/keys/a-cert.pub', '/keys/b-cert.pub'],
  // ssh -G lists a local forwarding to a socket as a dynamic one; that is left out.
  LocalForward: ['8080 localhost:80', '127.0.0.1:81 h:82', '[::1]:83 [fe80::1]:84', '/run/a.sock h:85'],
  RemoteForward: ['9090 localhost:80', '*:91 h:92', '93', 'h:94'],
  DynamicForward: ['1080', '127.0.0.1:1081', '[::1]:1082'],
  SendEnv: ['LANG', 'LC_* FOO', 'A B', '-LC_*'],
  SetEnv: ['A=b', 'A=b C="d e"'],
  RequestTTY: ['yes', 'no', 'auto', 'force'],
  SessionType: ['none', 'subsystem', 'default'],
  EscapeChar: ['~', 'none', '^]', '%'],
  RekeyLimit: ['1G', '500M 1h', 'default none', '10K 90', 'default 1d'],
  LogLevel: ['QUIET', 'info', 'DEBUG', 'DEBUG3', 'verbose'],
  ProxyCommand: ['nc -X 5 %h %p', 'sh -c "exec nc %h %p"', 'a # b'],
  PreferredAuthentications: ['publickey,password'],
  UserKnownHostsFile: ['/a', '/a /b', 'none', '"/c d" /e'],
  GlobalKnownHostsFile: ['/g', '/g /h'],
  TCPKeepAlive: flagWords,
  VerifyHostKeyDNS: ['yes', 'no', 'ask'],
  Tunnel: ['yes', 'no', 'point-to-point', 'ethernet'],
  TunnelDevice: ['0', '1:2', 'any:3', 'any'],
  IPQoS: ['af21 cs1', 'ef', 'lowdelay throughput', 'none'],
  CanonicalDomains: ['example.com', 'a.com b.com'],
  CanonicalizeMaxDots: numbers,
  PermitRemoteOpen: ['any', 'none', 'h:80', 'h:80 i:*'],
  PermitLocalCommand: flagWords,
  LocalCommand: ['echo done', 'logger "hi there"'],
  RemoteCommand: ['tmux a', 'echo "x y"'],
  HashKnownHosts: flagWords,
  HostKeyAlias: ['alias1', 'alias2'],
  BindAddress: ['127.0.0.1'],
  AddKeysToAgent: ['yes', 'no', 'ask', 'confirm', '1h', 'confirm 10m'],
  PubkeyAuthentication: ['yes', 'no', 'unbound', 'host-bound'],
  SyslogFacility: ['AUTH', 'LOCAL3', 'user'],
  XAuthLocation: ['/usr/bin/xauth2'],
  FingerprintHash: ['md5', 'sha256'],
  RequiredRSASize: ['2048'],
  KeepAlive: ['no'],
  ChallengeResponseAuthentication: ['no'],
};

/** Lines that are refused, in the same words by 9.2 and 10.5. */
const clientErrors = [
  'Port abc',
  'Port 99999',
  'Port ""',
  'ForwardX11 maybe',
  'ServerAliveInterval -1',
  'ServerAliveInterval 10q',
  'ServerAliveCountMax x',
  'LocalForward 8080',
  'LocalForward 8080 nonsense',
  'DynamicForward x',
  'LogLevel LOUD',
  'Nonsense x',
  'User',
  'User "unterminated',
  'HostName a b',
  'EscapeChar ab',
  'Ciphers foo',
  'MACs foo',
  'IPQoS foo',
  'TunnelDevice x',
  'StreamLocalBindMask 9',
  'RekeyLimit 1',
  'RekeyLimit 10x',
  'SyslogFacility FOO',
  'UserKnownHostsFile none /a',
  'AddKeysToAgent foo',
  'ControlPersist foo',
  'FingerprintHash foo',
  'Match nonsense x',
  'Match all host x',
  'Host ""',
  'PermitRemoteOpen any x',
  'CanonicalizePermittedCNAMEs x',
  'Include ""',
];

const patterns = ['*', 'web*', '*.example.com', 'web1', '!web2', 'other', 'w?b1', 'WEB1', '"web1"', 'web1,x'];
const criteria = [
  'all',
  'host web1',
  'host web*,!web2',
  'originalhost web1',
  'user demo',
  'user root',
  '!host other',
  'localuser nobody',
  'final',
  'host 10.0.0.1',
  'exec "true"',
  '!exec "false"',
  'exec "false"',
];

function blockLine(picker: Picker): string {
  if (picker.chance(60)) {
    return `Host ${Array.from({ length: 1 + picker.below(3) }, () => picker.of(patterns)).join(' ')}`;
  }
  const count = 1 + picker.below(2);
  const chosen = Array.from({ length: count }, () => picker.of(criteria)).filter((text) => text !== 'all');
  return `Match ${chosen.length === 0 ? 'all' : chosen.join(' ')}`;
}

function settingLine(picker: Picker): string {
  const [keyword, words] = picker.of(Object.entries(clientArguments));
  const spelled = picker.of([keyword, keyword, keyword.toLowerCase(), keyword.toUpperCase()]);
  const separator = picker.of([' ', ' ', ' ', '\t', '=', ' = ', '   ']);
  const comment = keyword.endsWith('Command') ? '' : picker.of(['', '', '', ' # comment']);
  return `${picker.of(['', '  ', '\t'])}${spelled}${separator}${picker.of(words)}${comment}${picker.of(['', '', ' ', '\r'])}`;
}

/** A file of ssh_config. `includes` are names that Include lines may hold. */
export function clientSample(picker: Picker, includes: readonly string[] = []): string {
  const lines = Array.from({ length: 3 + picker.below(14) }, () => {
    if (picker.chance(22)) return blockLine(picker);
    if (picker.chance(5)) return picker.of(['', '# a comment', '   ', '\t']);
    if (includes.length > 0 && picker.chance(8)) return `Include ${picker.of(includes)}`;
    return settingLine(picker);
  });
  if (picker.chance(12)) lines.splice(picker.below(lines.length), 0, picker.of(clientErrors));
  return lines.join('\n') + picker.of(['\n', '']);
}
