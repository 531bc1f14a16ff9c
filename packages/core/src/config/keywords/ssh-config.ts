/** The keywords of ssh_config(5), one row each, in the order of the alphabet; facts of OpenSSH 10.5 and of 6.6. */
import { matchPattern } from '../patterns/wildcard.ts';
import { ciphers, kexAlgorithms, macs, signatureAlgorithms } from './grammars/algorithms.ts';
import { choice, fingerprintHash, flag, logFacility, logLevel, no, strictFlag, yes } from './grammars/choice.ts';
import {
  addKeysToAgent,
  escapeCharacter,
  forwardAgent,
  identityAgent,
  keystrokeTiming,
  permitRemoteOpen,
  permittedCnames,
  proxyJump,
  tunnelDevice,
} from './grammars/client.ts';
import { forwards, type Forward } from './grammars/forward.ts';
import { integer, mask, port } from './grammars/number.ts';
import { channelTimeouts, ipQos, versionAddendum } from './grammars/shared.ts';
import { command, environmentNames, environmentSettings, file, files, text, wordList } from './grammars/text.ts';
import { clientTime, mergeRekeyLimits, persistence, rekeyLimit, timeOrNone } from './grammars/time.ts';
import { retired, rowMaker, type RetiredKeyword, type ValuesOf } from './row.ts';

const { first, firstDefined, last, parts, all } = rowMaker('ssh_config(5)');

/** The tokens that most keywords with tokens take. */
const tokens = '%CdhijkLlnpru';
const fileTokens = { tokens, environment: true } as const;
const yesNoAsk = choice({ yes, no, ask: ['ask'] });
const fileList = wordList({ syntax: 'file...|none', alone: 'none' });

/** SendEnv: a name that begins with `-` takes back what matched before it. */
function withoutRemoved(values: readonly (readonly string[])[]): readonly string[] {
  let kept: string[] = [];
  for (const word of values.flat()) {
    if (word.startsWith('-')) kept = kept.filter((name) => !matchPattern(name, word.slice(1)));
    else kept.push(word);
  }
  return kept;
}

/** A file named twice is used once. */
function distinct(values: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(values.flat())];
}

/** A forwarding named twice is made once. */
function distinctForwards(values: readonly (readonly Forward[])[]): readonly Forward[] {
  return [...new Map(values.flat().map((forward) => [JSON.stringify(forward), forward])).values()];
}

/** Every keyword of ssh_config(5) that has an effect, by its name there. */
export const sshConfigRows = {
  AddKeysToAgent: first('AddKeysToAgent', addKeysToAgent, {
    default: { mode: 'no' },
    since10: true,
    documentation: 'Whether a key that was read from a file is handed to the running agent.',
  }),
  AddressFamily: first('AddressFamily', choice({ any: ['any'], inet: ['inet'], inet6: ['inet6'] }), {
    default: 'any',
    documentation: 'Which addresses to connect to: IPv4, IPv6 or both.',
  }),
  BatchMode: first('BatchMode', flag, {
    default: false,
    documentation: 'Never ask for passwords, passphrases or confirmations, so that scripts do not hang.',
  }),
  BindAddress: first('BindAddress', text, { documentation: 'The local address that the connection is made from.' }),
  BindInterface: first('BindInterface', text, {
    since10: true,
    documentation: 'The network interface whose address the connection is made from.',
  }),
  CanonicalDomains: first('CanonicalDomains', wordList({ syntax: 'domain...|none', alone: 'none' }), {
    documentation: 'The domains that are tried, in order, to complete a short host name.',
  }),
  CanonicalizeFallbackLocal: first('CanonicalizeFallbackLocal', flag, {
    default: true,
    documentation: "Whether a name that no domain completes is left to the system's resolver.",
  }),
  CanonicalizeHostname: first('CanonicalizeHostname', choice({ yes, no, always: ['always'] }), {
    default: 'no',
    documentation: 'Whether the host name is completed to its full form before connecting.',
  }),
  CanonicalizeMaxDots: first('CanonicalizeMaxDots', integer, {
    default: 1,
    documentation: 'How many dots a name may hold and still be completed.',
  }),
  CanonicalizePermittedCNAMEs: first('CanonicalizePermittedCNAMEs', permittedCnames, {
    documentation: 'Which aliases in the DNS are followed when a name is completed.',
  }),
  CASignatureAlgorithms: first('CASignatureAlgorithms', signatureAlgorithms, {
    since10: true,
    documentation: 'The signature algorithms that a certificate authority may have used.',
  }),
  CertificateFile: all('CertificateFile', files, {
    ...fileTokens,
    since10: true,
    merge: distinct,
    documentation: "A file with a user's certificate, offered together with its private key.",
  }),
  ChannelTimeout: first('ChannelTimeout', channelTimeouts, {
    since10: true,
    documentation: 'After how long without traffic a channel of a type is closed.',
  }),
  CheckHostIP: first('CheckHostIP', flag, {
    default: false,
    defaultOf66: true,
    documentation: 'Whether the address of the host is looked up in known_hosts as well as its name.',
  }),
  Ciphers: first('Ciphers', ciphers, { documentation: 'The ciphers to offer, the preferred one first.' }),
  ClearAllForwardings: first('ClearAllForwardings', flag, {
    default: false,
    documentation: 'Whether the forwardings of the files and the command line are dropped.',
  }),
  Compression: first('Compression', strictFlag, { default: false, documentation: 'Whether the data are compressed.' }),
  ConnectionAttempts: first('ConnectionAttempts', integer, {
    default: 1,
    documentation: 'How often to try to connect, a second apart, before giving up.',
  }),
  ConnectTimeout: {
    ...first('ConnectTimeout', timeOrNone, {
      documentation: 'How long to wait for the TCP connection and the first words of the server.',
    }),
    leavesOpen: (value: number | 'none' | undefined) => value === 'none',
  },
  ControlMaster: first('ControlMaster', choice({ no, yes, auto: ['auto'], ask: ['ask'], autoask: ['autoask'] }), {
    default: 'no',
    documentation: 'Whether further sessions may share this connection over a control socket.',
  }),
  ControlPath: first('ControlPath', text, {
    ...fileTokens,
    documentation: 'The control socket through which sessions share a connection.',
  }),
  ControlPersist: first('ControlPersist', persistence, {
    default: false,
    documentation: 'Whether, or how long, a shared connection stays open after its last session.',
  }),
  DynamicForward: all('DynamicForward', forwards('dynamic'), {
    merge: distinctForwards,
    documentation: 'A local port that acts as a SOCKS proxy whose connections leave from the server.',
  }),
  EnableEscapeCommandline: first('EnableEscapeCommandline', flag, {
    default: false,
    since10: true,
    documentation: 'Whether the escape ~C opens a command line in a session.',
  }),
  EnableSSHKeysign: first('EnableSSHKeysign', flag, {
    default: false,
    documentation: 'Whether ssh-keysign may be used for host-based authentication; of the system file only.',
  }),
  EscapeChar: first('EscapeChar', escapeCharacter, {
    default: '~',
    documentation: 'The character that, after a newline, begins an escape.',
  }),
  ExitOnForwardFailure: first('ExitOnForwardFailure', flag, {
    default: false,
    documentation: 'Whether the connection ends if a forwarding that was asked for cannot be set up.',
  }),
  FingerprintHash: first('FingerprintHash', fingerprintHash, {
    default: 'SHA256',
    since10: true,
    documentation: 'The hash that fingerprints of keys are shown with.',
  }),
  ForkAfterAuthentication: first('ForkAfterAuthentication', flag, {
    default: false,
    since10: true,
    documentation: 'Whether ssh goes to the background just before the command runs, as with -f.',
  }),
  ForwardAgent: first('ForwardAgent', forwardAgent, {
    default: false,
    environment: true,
    documentation: 'Whether the server may use the local agent; use it only with servers that are trusted.',
  }),
  ForwardX11: first('ForwardX11', flag, {
    default: false,
    documentation: 'Whether X11 connections are carried to the local display.',
  }),
  ForwardX11Timeout: firstDefined('ForwardX11Timeout', clientTime, {
    default: 1200,
    documentation: 'How long untrusted X11 connections are let through.',
  }),
  ForwardX11Trusted: first('ForwardX11Trusted', flag, {
    default: false,
    documentation: 'Whether remote X11 programs get full access to the local display.',
  }),
  GatewayPorts: first('GatewayPorts', flag, {
    default: false,
    documentation: 'Whether other machines may use the local ends of forwardings.',
  }),
  GlobalKnownHostsFile: first('GlobalKnownHostsFile', fileList, {
    default: ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'],
    documentation: 'The files of host keys that hold for all users.',
  }),
  HashKnownHosts: first('HashKnownHosts', flag, {
    default: false,
    documentation: 'Whether names are hashed when they are added to known_hosts.',
  }),
  Host: first('Host', wordList({ syntax: 'pattern...' }), {
    effect: 'host',
    documentation: 'Begins a block that holds for hosts whose name, as given, matches one of the patterns.',
  }),
  HostbasedAcceptedAlgorithms: first('HostbasedAcceptedAlgorithms', signatureAlgorithms, {
    aliases: ['hostbasedkeytypes'],
    since10: true,
    documentation: 'The signature algorithms for host-based authentication.',
  }),
  HostbasedAuthentication: first('HostbasedAuthentication', flag, {
    default: false,
    documentation: "Whether to try authentication by this machine's host key.",
  }),
  HostKeyAlgorithms: first('HostKeyAlgorithms', signatureAlgorithms, {
    documentation: 'The host key algorithms to accept, the preferred one first.',
  }),
  HostKeyAlias: first('HostKeyAlias', text, {
    documentation: 'A name to use instead of the real one when the host key is looked up or saved.',
  }),
  HostName: first('HostName', text, {
    tokens: '%h',
    documentation: 'The real name or address to connect to, where Host gives a nickname.',
  }),
  IdentitiesOnly: first('IdentitiesOnly', flag, {
    default: false,
    documentation: 'Whether only the configured keys are offered, even if the agent holds more.',
  }),
  IdentityAgent: first('IdentityAgent', identityAgent, {
    ...fileTokens,
    since10: true,
    documentation: 'The socket of the agent, in place of SSH_AUTH_SOCK.',
  }),
  IdentityFile: all('IdentityFile', files, {
    ...fileTokens,
    aliases: ['identityfile2'],
    merge: distinct,
    default: [
      '~/.ssh/id_rsa',
      '~/.ssh/id_ecdsa',
      '~/.ssh/id_ecdsa_sk',
      '~/.ssh/id_ed25519',
      '~/.ssh/id_ed25519_sk',
      '~/.ssh/id_mldsa44_ed25519',
    ],
    defaultOf66: ['~/.ssh/id_rsa', '~/.ssh/id_dsa', '~/.ssh/id_ecdsa', '~/.ssh/id_ed25519'],
    documentation: 'A file with a private key to offer.',
  }),
  IgnoreUnknown: first('IgnoreUnknown', text, {
    documentation: 'Patterns of keywords that are skipped in silence where they are not known.',
  }),
  Include: first('Include', wordList({ syntax: 'pattern...' }), {
    ...fileTokens,
    effect: 'include',
    since10: true,
    documentation: 'Reads other files at this place.',
  }),
  IPQoS: first('IPQoS', ipQos, {
    default: ['ef', 'cs0'],
    defaultOf66: ['lowdelay', 'throughput'],
    documentation: 'The quality-of-service marks of interactive sessions and of others.',
  }),
  KbdInteractiveAuthentication: first('KbdInteractiveAuthentication', flag, {
    aliases: ['challengeresponseauthentication', 'skeyauthentication', 'tisauthentication'],
    default: true,
    documentation: 'Whether to try keyboard-interactive authentication.',
  }),
  KbdInteractiveDevices: first('KbdInteractiveDevices', text, {
    documentation: 'The methods to name in keyboard-interactive authentication.',
  }),
  KexAlgorithms: first('KexAlgorithms', kexAlgorithms, {
    documentation: 'The key exchange algorithms to offer, the preferred one first.',
  }),
  KnownHostsCommand: first('KnownHostsCommand', command, {
    tokens: `${tokens}fHIKt`,
    since10: true,
    documentation: 'A command that prints further lines of known host keys.',
  }),
  LocalCommand: first('LocalCommand', command, {
    tokens: `${tokens}fHIKTt`,
    documentation: 'A command to run on this machine once the connection stands.',
  }),
  LocalForward: all('LocalForward', forwards('local'), {
    merge: distinctForwards,
    ...fileTokens,
    documentation: 'A local port whose connections are carried to a host and port as the server sees them.',
  }),
  LogLevel: first('LogLevel', logLevel, { default: 'INFO', documentation: 'How much ssh tells about what it does.' }),
  LogVerbose: first('LogVerbose', wordList({ syntax: 'file:function:line...|none', alone: 'none' }), {
    since10: true,
    documentation: 'Places in the source whose messages are shown whatever the level.',
  }),
  MACs: first('MACs', macs, { documentation: 'The message authentication codes to offer, the preferred one first.' }),
  Match: first('Match', wordList({ syntax: 'criterion...' }), {
    effect: 'match',
    documentation: 'Begins a block that holds where all of its criteria do.',
  }),
  NoHostAuthenticationForLocalhost: first('NoHostAuthenticationForLocalhost', flag, {
    default: false,
    documentation: 'Whether the host key of this machine itself goes unchecked.',
  }),
  NumberOfPasswordPrompts: first('NumberOfPasswordPrompts', integer, {
    default: 3,
    documentation: 'How often to ask for a password.',
  }),
  ObscureKeystrokeTiming: first('ObscureKeystrokeTiming', keystrokeTiming, {
    default: 20,
    since10: true,
    documentation: 'Whether the rhythm of typing is hidden from those who watch the network.',
  }),
  PasswordAuthentication: first('PasswordAuthentication', flag, {
    default: true,
    documentation: 'Whether to try authentication by password.',
  }),
  PermitLocalCommand: first('PermitLocalCommand', flag, {
    default: false,
    documentation: 'Whether LocalCommand and the escape ~C !command may run commands.',
  }),
  PermitRemoteOpen: first('PermitRemoteOpen', permitRemoteOpen, {
    since10: true,
    documentation: 'Where a SOCKS proxy on the server may connect to.',
  }),
  PKCS11Provider: first('PKCS11Provider', text, {
    documentation: 'The library that speaks to a smart card.',
    aliases: ['smartcarddevice'],
  }),
  Port: first('Port', port, { default: 22, documentation: 'The port to connect to.' }),
  PreferredAuthentications: first('PreferredAuthentications', text, {
    documentation: 'The order in which authentication methods are tried.',
  }),
  ProxyCommand: first('ProxyCommand', command, {
    tokens: '%hnpr',
    documentation: 'A command whose input and output are the connection to the server.',
  }),
  ProxyJump: first('ProxyJump', proxyJump, {
    tokens: '%hnpr',
    since10: true,
    documentation: 'Servers to go through, in order, on the way to the host.',
  }),
  ProxyUseFdpass: first('ProxyUseFdpass', flag, {
    default: false,
    documentation: 'Whether ProxyCommand hands over a connected descriptor and ends.',
  }),
  PubkeyAcceptedAlgorithms: first('PubkeyAcceptedAlgorithms', signatureAlgorithms, {
    aliases: ['pubkeyacceptedkeytypes'],
    since10: true,
    documentation: 'The signature algorithms for authentication by key.',
  }),
  PubkeyAuthentication: first(
    'PubkeyAuthentication',
    choice({ yes, no, unbound: ['unbound'], 'host-bound': ['host-bound'] }),
    {
      aliases: ['dsaauthentication'],
      default: 'yes',
      documentation: 'Whether to try authentication by key.',
    },
  ),
  RefuseConnection: first('RefuseConnection', text, {
    since10: true,
    documentation: 'A message to end with instead of connecting.',
  }),
  RekeyLimit: parts('RekeyLimit', rekeyLimit, {
    merge: mergeRekeyLimits,
    default: { bytes: 0, seconds: 0 },
    documentation: 'After how much data, and after how long, keys are exchanged anew.',
  }),
  RemoteCommand: first('RemoteCommand', command, {
    tokens,
    since10: true,
    documentation: 'The command to run on the server when none is given.',
  }),
  RemoteForward: all('RemoteForward', forwards('remote'), {
    merge: distinctForwards,
    ...fileTokens,
    documentation: 'A port on the server whose connections are carried to a host and port as this machine sees them.',
  }),
  RequestTTY: first('RequestTTY', choice({ no, yes, force: ['force'], auto: ['auto'] }), {
    default: 'auto',
    documentation: 'Whether to ask for a terminal on the server.',
  }),
  RequiredRSASize: first('RequiredRSASize', integer, {
    default: 1024,
    since10: true,
    documentation: 'The smallest RSA key that is accepted, in bits.',
  }),
  RevokedHostKeys: first('RevokedHostKeys', fileList, {
    ...fileTokens,
    since10: true,
    documentation: 'Files of host keys that are refused.',
  }),
  SecurityKeyProvider: first('SecurityKeyProvider', text, {
    since10: true,
    documentation: 'The library that speaks to a FIDO authenticator.',
  }),
  SendEnv: all('SendEnv', environmentNames, {
    merge: withoutRemoved,
    documentation: 'Local environment variables to pass to the server, if it takes them.',
  }),
  ServerAliveCountMax: first('ServerAliveCountMax', integer, {
    default: 3,
    documentation: 'How many questions of ServerAliveInterval may go unanswered.',
  }),
  ServerAliveInterval: firstDefined('ServerAliveInterval', clientTime, {
    default: 0,
    documentation: 'After how long without data the server is asked whether it is alive; 0 for never.',
  }),
  SessionType: first('SessionType', choice({ default: ['default'], none: ['none'], subsystem: ['subsystem'] }), {
    default: 'default',
    since10: true,
    documentation: 'Whether to ask for a shell or command, a subsystem, or nothing.',
  }),
  SetEnv: first(
    'SetEnv',
    { ...environmentSettings('Invalid SetEnv.') },
    {
      since10: true,
      documentation: 'Environment variables, with values, to pass to the server, if it takes them.',
    },
  ),
  StdinNull: first('StdinNull', flag, {
    default: false,
    since10: true,
    documentation: 'Whether input is taken from /dev/null, as with -n.',
  }),
  // Differs from OpenSSH: its ssh takes this one from blocks that do not match, too.
  StreamLocalBindMask: last('StreamLocalBindMask', mask, {
    default: 0o177,
    since10: true,
    documentation: 'The mode bits that a forwarded Unix-domain socket does not get.',
  }),
  StreamLocalBindUnlink: first('StreamLocalBindUnlink', flag, {
    default: false,
    since10: true,
    documentation: 'Whether a socket file in the way of a forwarding is removed.',
  }),
  StrictHostKeyChecking: first(
    'StrictHostKeyChecking',
    choice({ yes, no: ['false', 'no', 'off'], ask: ['ask'], 'accept-new': ['accept-new'] }),
    {
      default: 'ask',
      documentation: 'What to do about a host key that is not known, or not the one that is known.',
    },
  ),
  SyslogFacility: first('SyslogFacility', logFacility, {
    default: 'USER',
    since10: true,
    documentation: 'The facility that messages to the system log are marked with.',
  }),
  Tag: first('Tag', text, { since10: true, documentation: 'A name for Match tagged to select by.' }),
  TCPKeepAlive: first('TCPKeepAlive', flag, {
    aliases: ['keepalive'],
    default: true,
    documentation: 'Whether TCP itself watches that the other side is there.',
  }),
  Tunnel: first(
    'Tunnel',
    choice({
      no,
      yes: ['point-to-point', 'true', 'yes'],
      'point-to-point': ['point-to-point'],
      ethernet: ['ethernet'],
    }),
    { default: 'no', documentation: 'Whether to forward a tun device, and on which layer.' },
  ),
  TunnelDevice: first('TunnelDevice', tunnelDevice, {
    default: 'any:any',
    documentation: 'The tun devices on this machine and on the server.',
  }),
  UpdateHostKeys: first('UpdateHostKeys', yesNoAsk, {
    since10: true,
    documentation: 'Whether further host keys that the server proves are added to known_hosts.',
  }),
  User: first('User', text, { tokens, environment: true, documentation: 'The name to log in as.' }),
  UserKnownHostsFile: first('UserKnownHostsFile', fileList, {
    ...fileTokens,
    default: ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'],
    documentation: "The files of the user's own known host keys.",
  }),
  VerifyHostKeyDNS: first('VerifyHostKeyDNS', yesNoAsk, {
    default: 'no',
    documentation: 'Whether the host key is checked against SSHFP records of the DNS.',
  }),
  VersionAddendum: first('VersionAddendum', versionAddendum, {
    tokens,
    since10: true,
    documentation: 'Text to add to the identification string.',
  }),
  VisualHostKey: first('VisualHostKey', flag, {
    default: false,
    documentation: 'Whether the host key is shown as a picture as well.',
  }),
  WarnWeakCrypto: first('WarnWeakCrypto', choice({ no: ['no', 'false', 'no-pq-kex'], yes: ['yes', 'true'] }), {
    default: 'yes',
    since10: true,
    documentation: 'Whether to warn of cryptography that will not stay safe.',
  }),
  XAuthLocation: first('XAuthLocation', file, {
    default: '/usr/bin/xauth',
    documentation: 'The path of the program xauth.',
  }),
} as const;

/** The type of each keyword's value, by its name in ssh_config(5). */
export type SshConfigValues = ValuesOf<typeof sshConfigRows>;

/** Known keywords without effect; of the deprecated ones ssh says nothing. What 6.6 still obeyed of protocol 1 is read there in silence. */
export const sshConfigRetired: readonly RetiredKeyword[] = [
  ...retired('protocol', { '10': 'ignored', '6.6': 'ignored' }, true),
  ...retired('cipher useroaming useprivilegedport', { '10': 'deprecated', '6.6': 'ignored' }, true),
  ...retired(
    'fallbacktorsh globalknownhostsfile2 rhostsauthentication userknownhostsfile2 usersh',
    { '10': 'deprecated', '6.6': 'deprecated' },
    true,
  ),
  ...retired(
    'afstokenpassing kerberosauthentication kerberostgtpassing gssapiauthentication gssapidelegatecredentials',
    { '10': 'unsupported', '6.6': 'unsupported' },
    true,
  ),
  ...retired(
    'rsaauthentication rhostsrsaauthentication compressionlevel',
    { '10': 'unsupported', '6.6': 'ignored' },
    true,
  ),
];
