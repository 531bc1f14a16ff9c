/** The keywords of sshd_config(5), one row each, in the order of the alphabet; facts of OpenSSH 10.5 and of 6.6. */
import { ciphers, kexAlgorithms, macs, signatureAlgorithms } from './grammars/algorithms.ts';
import { choice, fingerprintHash, logFacility, logLevel, strictFlag } from './grammars/choice.ts';
import { integer, integerOrNone, mask, ports } from './grammars/number.ts';
import {
  absoluteCommand,
  authenticationMethods,
  groupPatterns,
  listenAddresses,
  maxStartups,
  netBlockSize,
  permitListen,
  permitOpen,
  pubkeyAuthOptions,
  routingDomain,
  sourcePenalties,
  subsystems,
  type Subsystem,
  userEnvironment,
  userPatterns,
} from './grammars/server.ts';
import { channelTimeouts, ipQos, versionAddendum } from './grammars/shared.ts';
import { command, environmentNames, environmentSettings, file, files, text, wordList } from './grammars/text.ts';
import { mergeRekeyLimits, rekeyLimit, time, timeOrNone } from './grammars/time.ts';
import { retired, rowMaker, type RetiredKeyword, type ValuesOf } from './row.ts';

const { first, last, parts, all } = rowMaker('sshd_config(5)');
const inMatch = { inMatch: true } as const;
const since10 = { since10: true } as const;
const forwarding = choice({ yes: ['yes', 'all'], no: ['no'], remote: ['remote'], local: ['local'] });

/** Of two subsystems with one name the first holds. */
function distinctSubsystems(values: readonly (readonly Subsystem[])[]): readonly Subsystem[] {
  const byName = new Map<string, Subsystem>();
  for (const subsystem of values.flat()) if (!byName.has(subsystem.name)) byName.set(subsystem.name, subsystem);
  return [...byName.values()];
}

/** Every keyword of sshd_config(5) that has an effect, by its name there. */
export const sshdConfigRows = {
  AcceptEnv: all('AcceptEnv', environmentNames, {
    ...inMatch,
    documentation: 'Environment variables, by pattern, that a client may set for its session.',
  }),
  AddressFamily: first('AddressFamily', choice({ any: ['any'], inet: ['inet'], inet6: ['inet6'] }), {
    default: 'any',
    documentation: 'Which addresses to listen on: IPv4, IPv6 or both.',
  }),
  AllowAgentForwarding: first('AllowAgentForwarding', strictFlag, {
    ...inMatch,
    default: true,
    documentation: 'Whether a session may use the agent of the client.',
  }),
  AllowGroups: all('AllowGroups', groupPatterns, {
    ...inMatch,
    documentation: 'Only members of a group that matches may log in.',
  }),
  AllowStreamLocalForwarding: first('AllowStreamLocalForwarding', forwarding, {
    ...inMatch,
    ...since10,
    default: 'yes',
    documentation: 'Whether Unix-domain sockets may be forwarded, and in which direction.',
  }),
  AllowTcpForwarding: first('AllowTcpForwarding', forwarding, {
    ...inMatch,
    default: 'yes',
    documentation: 'Whether TCP connections may be forwarded, and in which direction.',
  }),
  AllowUsers: all('AllowUsers', userPatterns, {
    ...inMatch,
    documentation: 'Only users that match, from hosts that match, may log in.',
  }),
  AuthenticationMethods: first('AuthenticationMethods', authenticationMethods, {
    ...inMatch,
    default: ['any'],
    documentation: 'The methods that must all succeed before access is given.',
  }),
  AuthorizedKeysCommand: first('AuthorizedKeysCommand', absoluteCommand, {
    ...inMatch,
    default: 'none',
    tokens: '%CDfhktUu',
    documentation: 'A program that prints further lines of authorized keys.',
  }),
  AuthorizedKeysCommandUser: first('AuthorizedKeysCommandUser', text, {
    ...inMatch,
    default: 'none',
    documentation: 'The user that AuthorizedKeysCommand runs as.',
  }),
  AuthorizedKeysFile: first('AuthorizedKeysFile', wordList({ syntax: 'file...|none', alone: 'none' }), {
    ...inMatch,
    default: ['.ssh/authorized_keys', '.ssh/authorized_keys2'],
    tokens: '%hUu',
    documentation: "The files that hold a user's authorized keys, from the home directory on.",
  }),
  AuthorizedPrincipalsCommand: first('AuthorizedPrincipalsCommand', absoluteCommand, {
    ...inMatch,
    ...since10,
    default: 'none',
    tokens: '%CDFfhiKksTtUu',
    documentation: 'A program that prints the principals a certificate may name.',
  }),
  AuthorizedPrincipalsCommandUser: first('AuthorizedPrincipalsCommandUser', text, {
    ...inMatch,
    ...since10,
    default: 'none',
    documentation: 'The user that AuthorizedPrincipalsCommand runs as.',
  }),
  AuthorizedPrincipalsFile: first('AuthorizedPrincipalsFile', text, {
    ...inMatch,
    default: 'none',
    tokens: '%hUu',
    documentation: 'A file with the principals a certificate may name.',
  }),
  Banner: first('Banner', file, {
    ...inMatch,
    default: 'none',
    documentation: 'A file whose text is shown before authentication.',
  }),
  CASignatureAlgorithms: first('CASignatureAlgorithms', signatureAlgorithms, {
    ...inMatch,
    ...since10,
    documentation: 'The signature algorithms that a certificate authority may have used.',
  }),
  ChannelTimeout: first('ChannelTimeout', channelTimeouts, {
    ...inMatch,
    ...since10,
    documentation: 'After how long without traffic a channel of a type is closed.',
  }),
  ChrootDirectory: first('ChrootDirectory', file, {
    ...inMatch,
    default: 'none',
    tokens: '%hUu',
    documentation: 'The directory that becomes the root for the session.',
  }),
  Ciphers: first('Ciphers', ciphers, { documentation: 'The ciphers to allow, the preferred one first.' }),
  ClientAliveCountMax: first('ClientAliveCountMax', integer, {
    ...inMatch,
    default: 3,
    documentation: 'How many questions of ClientAliveInterval may go unanswered.',
  }),
  ClientAliveInterval: first('ClientAliveInterval', time, {
    ...inMatch,
    default: 0,
    documentation: 'After how long without data the client is asked whether it is alive; 0 for never.',
  }),
  Compression: first('Compression', choice({ yes: ['yes', 'delayed'], no: ['no'] }), {
    default: 'yes',
    documentation: 'Whether data may be compressed once the user has logged in.',
  }),
  DenyGroups: all('DenyGroups', groupPatterns, {
    ...inMatch,
    documentation: 'Members of a group that matches may not log in.',
  }),
  DenyUsers: all('DenyUsers', userPatterns, {
    ...inMatch,
    documentation: 'Users that match, from hosts that match, may not log in.',
  }),
  DisableForwarding: first('DisableForwarding', strictFlag, {
    ...inMatch,
    ...since10,
    default: false,
    documentation: 'Turns off all forwarding, whatever else allows it.',
  }),
  ExposeAuthInfo: first('ExposeAuthInfo', strictFlag, {
    ...inMatch,
    ...since10,
    default: false,
    documentation: 'Whether the session finds a file that tells how the user authenticated.',
  }),
  FingerprintHash: first('FingerprintHash', fingerprintHash, {
    ...since10,
    default: 'SHA256',
    documentation: 'The hash that fingerprints in the log are made with.',
  }),
  ForceCommand: first('ForceCommand', command, {
    ...inMatch,
    default: 'none',
    documentation: 'The command that runs whatever the client asks for.',
  }),
  GatewayPorts: first('GatewayPorts', choice({ no: ['no'], yes: ['yes'], clientspecified: ['clientspecified'] }), {
    ...inMatch,
    default: 'no',
    documentation: 'Whether other machines may use ports that clients forward from here.',
  }),
  HostbasedAcceptedAlgorithms: first('HostbasedAcceptedAlgorithms', signatureAlgorithms, {
    ...inMatch,
    ...since10,
    aliases: ['hostbasedacceptedkeytypes'],
    documentation: 'The signature algorithms for host-based authentication.',
  }),
  HostbasedAuthentication: first('HostbasedAuthentication', strictFlag, {
    ...inMatch,
    default: false,
    documentation: "Whether a user may be let in by the client machine's host key.",
  }),
  HostbasedUsesNameFromPacketOnly: first('HostbasedUsesNameFromPacketOnly', strictFlag, {
    ...inMatch,
    default: false,
    documentation: "Whether the client's own word for its name is taken in host-based authentication.",
  }),
  HostCertificate: all('HostCertificate', files, { documentation: 'A file with a certificate of a host key.' }),
  HostKey: all('HostKey', files, {
    aliases: ['hostdsakey'],
    default: [
      '/etc/ssh/ssh_host_rsa_key',
      '/etc/ssh/ssh_host_ecdsa_key',
      '/etc/ssh/ssh_host_ed25519_key',
      '/etc/ssh/ssh_host_mldsa44_ed25519_key',
    ],
    defaultOf66: [
      '/etc/ssh/ssh_host_rsa_key',
      '/etc/ssh/ssh_host_dsa_key',
      '/etc/ssh/ssh_host_ecdsa_key',
      '/etc/ssh/ssh_host_ed25519_key',
    ],
    documentation: 'A file with a private host key.',
  }),
  HostKeyAgent: first('HostKeyAgent', text, {
    default: 'none',
    documentation: 'The socket of an agent that holds the host keys.',
  }),
  HostKeyAlgorithms: first('HostKeyAlgorithms', signatureAlgorithms, {
    ...since10,
    documentation: 'The host key algorithms to offer, the preferred one first.',
  }),
  IgnoreRhosts: first('IgnoreRhosts', choice({ yes: ['yes'], no: ['no'], 'shosts-only': ['shosts-only'] }), {
    ...inMatch,
    default: 'yes',
    documentation: 'Whether .rhosts and .shosts of users are passed over.',
  }),
  IgnoreUserKnownHosts: first('IgnoreUserKnownHosts', strictFlag, {
    default: false,
    documentation: "Whether users' own known_hosts are passed over in host-based authentication.",
  }),
  Include: first('Include', wordList({ syntax: 'pattern...' }), {
    ...inMatch,
    ...since10,
    effect: 'include',
    documentation: 'Reads other files at this place.',
  }),
  IPQoS: first('IPQoS', ipQos, {
    ...inMatch,
    default: ['ef', 'cs0'],
    defaultOf66: ['lowdelay', 'throughput'],
    documentation: 'The quality-of-service marks of interactive sessions and of others.',
  }),
  KbdInteractiveAuthentication: first('KbdInteractiveAuthentication', strictFlag, {
    ...inMatch,
    aliases: ['challengeresponseauthentication', 'skeyauthentication'],
    default: true,
    documentation: 'Whether keyboard-interactive authentication is allowed.',
  }),
  KexAlgorithms: first('KexAlgorithms', kexAlgorithms, {
    documentation: 'The key exchange algorithms to allow, the preferred one first.',
  }),
  ListenAddress: all('ListenAddress', listenAddresses, {
    documentation: 'An address to listen on; without any, on all.',
  }),
  LoginGraceTime: first('LoginGraceTime', time, {
    default: 120,
    documentation: 'How long a client has to log in; 0 for any time.',
  }),
  LogLevel: first('LogLevel', logLevel, {
    ...inMatch,
    default: 'INFO',
    documentation: 'How much sshd tells about what it does.',
  }),
  LogVerbose: first('LogVerbose', wordList({ syntax: 'file:function:line...|none', alone: 'none' }), {
    ...inMatch,
    ...since10,
    documentation: 'Places in the source whose messages are logged whatever the level.',
  }),
  MACs: first('MACs', macs, { documentation: 'The message authentication codes to allow, the preferred one first.' }),
  Match: first('Match', wordList({ syntax: 'criterion...' }), {
    ...inMatch,
    effect: 'match',
    documentation: 'Begins a block that overrides what stands above for connections that meet all of its criteria.',
  }),
  MaxAuthTries: first('MaxAuthTries', integer, {
    ...inMatch,
    default: 6,
    documentation: 'How many attempts to authenticate one connection has; from half of them on they are logged.',
  }),
  MaxSessions: first('MaxSessions', integer, {
    ...inMatch,
    default: 10,
    documentation: 'How many sessions one connection may hold.',
  }),
  MaxStartups: first('MaxStartups', maxStartups, {
    default: { begin: 10, ratePercent: 30, full: 100 },
    documentation: 'From how many connections without login on new ones are refused, at what rate, and when all.',
  }),
  ModuliFile: first('ModuliFile', file, {
    ...since10,
    default: '/etc/ssh/moduli',
    documentation: 'The file of groups for the key exchange with negotiated groups.',
  }),
  PAMServiceName: first('PAMServiceName', text, {
    ...inMatch,
    ...since10,
    default: 'sshd',
    documentation: 'The name under which PAM is asked.',
  }),
  PasswordAuthentication: first('PasswordAuthentication', strictFlag, {
    ...inMatch,
    default: true,
    documentation: 'Whether authentication by password is allowed.',
  }),
  PermitEmptyPasswords: first('PermitEmptyPasswords', strictFlag, {
    ...inMatch,
    default: false,
    documentation: 'Whether accounts with an empty password may log in by it.',
  }),
  PermitListen: first('PermitListen', permitListen, {
    ...inMatch,
    ...since10,
    default: ['any'],
    documentation: 'The addresses and ports that clients may forward from here.',
  }),
  PermitOpen: first('PermitOpen', permitOpen, {
    ...inMatch,
    default: ['any'],
    documentation: 'The hosts and ports that clients may reach through here.',
  }),
  PermitRootLogin: first(
    'PermitRootLogin',
    choice({
      yes: ['yes'],
      'prohibit-password': ['prohibit-password', 'without-password'],
      'forced-commands-only': ['forced-commands-only'],
      no: ['no'],
    }),
    {
      ...inMatch,
      default: 'prohibit-password',
      defaultOf66: 'yes',
      documentation: 'Whether root may log in, and by what.',
    },
  ),
  PermitTTY: first('PermitTTY', strictFlag, {
    ...inMatch,
    default: true,
    documentation: 'Whether sessions may have a terminal.',
  }),
  PermitTunnel: first(
    'PermitTunnel',
    choice({ no: ['no'], yes: ['yes'], 'point-to-point': ['point-to-point'], ethernet: ['ethernet'] }),
    { ...inMatch, default: 'no', documentation: 'Whether tun devices may be forwarded, and on which layer.' },
  ),
  PermitUserEnvironment: first('PermitUserEnvironment', userEnvironment, {
    default: false,
    documentation: 'Whether ~/.ssh/environment and the option environment= of a key set variables.',
  }),
  PermitUserRC: first('PermitUserRC', strictFlag, {
    ...inMatch,
    ...since10,
    default: true,
    documentation: 'Whether ~/.ssh/rc is run at login.',
  }),
  PerSourceMaxStartups: first('PerSourceMaxStartups', integerOrNone, {
    ...since10,
    default: 'none',
    documentation: 'How many connections without login one source may hold.',
  }),
  PerSourceNetBlockSize: first('PerSourceNetBlockSize', netBlockSize, {
    ...since10,
    default: [32, 128],
    documentation: 'How many bits of an address make a source.',
  }),
  PerSourcePenalties: all('PerSourcePenalties', sourcePenalties, {
    ...since10,
    documentation: 'How long a source is refused after what it did wrong.',
  }),
  PerSourcePenaltyExemptList: first('PerSourcePenaltyExemptList', text, {
    ...since10,
    default: 'none',
    documentation: 'Addresses that get no penalties.',
  }),
  PidFile: first('PidFile', file, {
    default: '/run/sshd.pid',
    documentation: "The file that holds sshd's process ID.",
  }),
  Port: all('Port', ports, { default: [22], documentation: 'A port to listen on.' }),
  PrintLastLog: first('PrintLastLog', strictFlag, {
    default: true,
    documentation: 'Whether a login shows when the user was last here.',
  }),
  PrintMotd: first('PrintMotd', strictFlag, {
    default: true,
    documentation: 'Whether a login shows /etc/motd.',
  }),
  PubkeyAcceptedAlgorithms: first('PubkeyAcceptedAlgorithms', signatureAlgorithms, {
    ...inMatch,
    ...since10,
    aliases: ['pubkeyacceptedkeytypes'],
    documentation: 'The signature algorithms for authentication by key.',
  }),
  PubkeyAuthentication: first('PubkeyAuthentication', strictFlag, {
    ...inMatch,
    aliases: ['dsaauthentication'],
    default: true,
    documentation: 'Whether authentication by key is allowed.',
  }),
  PubkeyAuthOptions: first('PubkeyAuthOptions', pubkeyAuthOptions, {
    ...inMatch,
    ...since10,
    default: ['none'],
    documentation: 'What is demanded of keys on authenticators.',
  }),
  RDomain: first('RDomain', routingDomain, {
    ...inMatch,
    ...since10,
    documentation: 'The routing domain of the session.',
  }),
  RefuseConnection: first('RefuseConnection', strictFlag, {
    ...inMatch,
    ...since10,
    default: false,
    documentation: 'Whether the connection is ended unceremoniously.',
  }),
  RekeyLimit: parts('RekeyLimit', rekeyLimit, {
    merge: mergeRekeyLimits,
    ...inMatch,
    default: { bytes: 0, seconds: 0 },
    documentation: 'After how much data, and after how long, keys are exchanged anew.',
  }),
  RequiredRSASize: first('RequiredRSASize', integer, {
    ...inMatch,
    ...since10,
    default: 1024,
    documentation: 'The smallest RSA key that is accepted, in bits.',
  }),
  RevokedKeys: first('RevokedKeys', wordList({ syntax: 'file...|none', alone: 'none' }), {
    ...inMatch,
    documentation: 'Files of keys that are refused.',
  }),
  SecurityKeyProvider: first('SecurityKeyProvider', text, {
    ...since10,
    default: 'internal',
    documentation: 'The library that speaks to a FIDO authenticator.',
  }),
  SetEnv: first('SetEnv', environmentSettings('Invalid environment.'), {
    ...inMatch,
    ...since10,
    documentation: 'Environment variables, with values, of every session.',
  }),
  SshdAuthPath: first('SshdAuthPath', file, {
    ...since10,
    default: '/usr/lib/openssh/sshd-auth',
    documentation: 'The program that authenticates.',
  }),
  SshdSessionPath: first('SshdSessionPath', file, {
    ...since10,
    default: '/usr/lib/openssh/sshd-session',
    documentation: 'The program that serves one connection.',
  }),
  StreamLocalBindMask: last('StreamLocalBindMask', mask, {
    ...inMatch,
    ...since10,
    default: 0o177,
    documentation: 'The mode bits that a forwarded Unix-domain socket does not get.',
  }),
  StreamLocalBindUnlink: first('StreamLocalBindUnlink', strictFlag, {
    ...inMatch,
    ...since10,
    default: false,
    documentation: 'Whether a socket file in the way of a forwarding is removed.',
  }),
  StrictModes: first('StrictModes', strictFlag, {
    default: true,
    documentation: "Whether login is refused when others can write the user's home or key files.",
  }),
  Subsystem: all('Subsystem', subsystems, {
    merge: distinctSubsystems,
    ...inMatch,
    documentation: 'A name that clients may ask for instead of a command, such as sftp, and what it runs.',
  }),
  SyslogFacility: first('SyslogFacility', logFacility, {
    default: 'AUTH',
    documentation: 'The facility that messages to the system log are marked with.',
  }),
  TCPKeepAlive: first('TCPKeepAlive', strictFlag, {
    aliases: ['keepalive'],
    default: true,
    documentation: 'Whether TCP itself watches that the other side is there.',
  }),
  TrustedUserCAKeys: first('TrustedUserCAKeys', file, {
    ...inMatch,
    default: 'none',
    documentation: 'A file of certificate authorities whose user certificates are accepted.',
  }),
  UnusedConnectionTimeout: first('UnusedConnectionTimeout', timeOrNone, {
    ...inMatch,
    ...since10,
    default: 'none',
    documentation: 'After how long a connection without any channel is ended.',
  }),
  UseDNS: first('UseDNS', strictFlag, {
    default: false,
    defaultOf66: true,
    documentation: "Whether the client's name is looked up and checked against its address.",
  }),
  UsePAM: first('UsePAM', strictFlag, {
    default: false,
    documentation: 'Whether PAM takes part in accounts, sessions and passwords.',
  }),
  VersionAddendum: first('VersionAddendum', versionAddendum, {
    default: 'none',
    documentation: 'Text to add to the identification string.',
  }),
  X11DisplayOffset: first('X11DisplayOffset', integer, {
    ...inMatch,
    default: 10,
    documentation: 'The first display number for forwarded X11.',
  }),
  X11Forwarding: first('X11Forwarding', strictFlag, {
    ...inMatch,
    default: false,
    documentation: 'Whether X11 may be forwarded.',
  }),
  X11UseLocalhost: first('X11UseLocalhost', strictFlag, {
    ...inMatch,
    default: true,
    documentation: 'Whether forwarded X11 displays are reached by this machine alone.',
  }),
  XAuthLocation: first('XAuthLocation', file, {
    default: '/usr/bin/xauth',
    documentation: 'The path of the program xauth.',
  }),
} as const;

/** The type of each keyword's value, by its name in sshd_config(5). */
export type SshdConfigValues = ValuesOf<typeof sshdConfigRows>;

/** Known keywords without effect. What 6.6 still obeyed of protocol 1 is read there in silence. */
export const sshdConfigRetired: readonly RetiredKeyword[] = [
  ...retired('protocol', { '10': 'ignored', '6.6': 'ignored' }, false),
  ...retired('afstokenpassing kerberostgtpassing', { '10': 'deprecated', '6.6': 'unsupported' }, false),
  ...retired('authorizedkeysfile2', { '10': 'deprecated', '6.6': 'deprecated' }, true),
  ...retired(
    'checkmail reversemappingcheck rhostsauthentication verifyreversemapping',
    { '10': 'deprecated', '6.6': 'deprecated' },
    false,
  ),
  ...retired('pamauthenticationviakbdint', { '10': 'unknown', '6.6': 'deprecated' }, false),
  ...retired('rhostsrsaauthentication rsaauthentication', { '10': 'deprecated', '6.6': 'ignored' }, true),
  ...retired(
    'keyregenerationinterval serverkeybits uselogin useprivilegeseparation',
    { '10': 'deprecated', '6.6': 'ignored' },
    false,
  ),
  ...retired('gssapiauthentication kerberosauthentication', { '10': 'unsupported', '6.6': 'unsupported' }, true),
  ...retired('gssapicleanupcredentials', { '10': 'unsupported', '6.6': 'unsupported' }, false),
  ...retired('gssapidelegatecredentials gssapistrictacceptorcheck', { '10': 'unsupported', '6.6': 'unknown' }, false),
  ...retired(
    'kerberosgetafstoken kerberosorlocalpasswd kerberosticketcleanup',
    { '10': 'unsupported', '6.6': 'unsupported' },
    false,
  ),
];
