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

/** 9.2 takes the last MaxStartups and PerSource values, 10.5 the first; they are left out. Keywords of sshd_config that 9.2 and 10.5 read and print alike; the first list may stand in a Match block. */
const serverInMatch: Readonly<Record<string, readonly string[]>> = {
  AcceptEnv: ['LANG', 'LC_* FOO'],
  AllowAgentForwarding: ['yes', 'no'],
  AllowTcpForwarding: ['yes', 'no', 'local', 'remote', 'all'],
  AllowUsers: ['root', 'root demo', 'root@10.0.0.0/8'],
  DenyUsers: ['mallory', 'eve@*.example.com'],
  AllowGroups: ['root wheel'],
  AuthenticationMethods: ['publickey,password publickey,keyboard-interactive'],
  AuthorizedKeysFile: ['.ssh/keys', '.ssh/a /etc/keys/%u', 'none'],
  Banner: ['none', '/etc/issue.net'],
  ClientAliveCountMax: numbers,
  ClientAliveInterval: times,
  ForceCommand: ['none', 'internal-sftp', 'echo "a b" # c'],
  GatewayPorts: ['yes', 'no', 'clientspecified'],
  KbdInteractiveAuthentication: ['yes', 'no'],
  MaxAuthTries: numbers,
  MaxSessions: numbers,
  PasswordAuthentication: ['yes', 'no', 'NO'],
  PermitEmptyPasswords: ['yes', 'no'],
  PermitListen: ['any', 'none', '8080 h:9090', '*:80'],
  PermitOpen: ['any', 'none', 'h:80 [::1]:81', '*:*'],
  PermitRootLogin: ['yes', 'no', 'prohibit-password', 'without-password', 'forced-commands-only'],
  PermitTTY: ['yes', 'no'],
  PermitTunnel: ['yes', 'no', 'ethernet'],
  PubkeyAuthentication: ['yes', 'no'],
  RekeyLimit: ['1G', '500M 1h', 'default none'],
  SetEnv: ['A=b', 'A=b C="d e"'],
  StreamLocalBindMask: ['0177', '0111'],
  X11DisplayOffset: numbers,
  X11Forwarding: ['yes', 'no'],
  LogLevel: ['INFO', 'verbose', 'QUIET'],
};

const serverGlobal: Readonly<Record<string, readonly string[]>> = {
  Port: ['22', '2222'],
  AddressFamily: ['any', 'inet', 'inet6'],
  LoginGraceTime: times,
  PidFile: ['none', '/run/x.pid'],
  PrintMotd: ['yes', 'no'],
  StrictModes: ['yes', 'no'],
  SyslogFacility: ['AUTH', 'LOCAL3', 'DAEMON'],
  TCPKeepAlive: ['yes', 'no'],
  UseDNS: ['yes', 'no'],
  VersionAddendum: ['none', 'Seashell test'],
};

const serverErrors = [
  'Foo bar',
  'PasswordAuthentication maybe',
  'PasswordAuthentication',
  'PasswordAuthentication no yes',
  'UsePrivilegeSeparation yes',
  'RSAAuthentication yes',
  'Match Foo bar',
  'Match User',
  'Match Address 10.0.0.0/33',
  'Match LocalPort x',
  'AllowTcpForwarding perhaps',
  'ListenAddress 1.2.3.4:abc',
  'Ciphers foo',
  'LogLevel LOUD',
  'SyslogFacility FOO',
  'MaxAuthTries x',
  'MaxStartups 10:30',
  'LoginGraceTime -1',
  'AuthenticationMethods foo',
  'PermitOpen foo',
  'X11DisplayOffset -1',
  'Port abc',
  'Port ""',
  'HostKey ""',
  'Banner ""',
  'AllowUsers ""',
  'AcceptEnv a=b',
  'SetEnv x',
  'RekeyLimit 1',
  'AuthorizedKeysCommand foo',
  'PerSourceNetBlockSize 99',
  'User "x',
];

const serverCriteria = [
  'all',
  'User root',
  'user demo,root',
  'User *,!root',
  'Group root',
  'Group wheel',
  'Host *.example.com',
  'Address 10.0.0.0/8',
  'Address 192.0.2.*,!10.1.2.3',
  'LocalPort 22',
  'LocalAddress 203.0.113.10',
  'User root Address 10.0.0.0/8',
];

/** A file of sshd_config whose lines are right. */
export function serverSample(picker: Picker): string {
  const line = (table: Readonly<Record<string, readonly string[]>>): string => {
    const [keyword, words] = picker.of(Object.entries(table));
    return `${picker.of(['', '  '])}${picker.of([keyword, keyword.toLowerCase()])}${picker.of([' ', '\t', ' = '])}${picker.of(words)}`;
  };
  const start = Array.from({ length: 2 + picker.below(8) }, () =>
    line(picker.chance(50) ? serverGlobal : serverInMatch),
  );
  const blocks = Array.from({ length: picker.below(4) }, () => [
    `Match ${picker.of(serverCriteria)}`,
    ...Array.from({ length: 1 + picker.below(4) }, () => line(serverInMatch)),
  ]);
  return `${[...start, ...blocks.flat()].join('\n')}\n`;
}

/** One wrong line each, of sshd_config. */
export const wrongServerLines: readonly string[] = serverErrors;
