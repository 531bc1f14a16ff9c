/** ssh, sshd and ssh-keygen on two hosts of a world: logins end to end, in OpenSSH's words. */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { describe, expect, test } from 'vitest';
import { accept, authLog, converse, pair, runCommand, Typist, type Ran } from './login-pair.ts';

/** Of a login to a server that knows only curve25519. */
const olderLogin = (words: string): Promise<Ran> =>
  runCommand(
    pair({ sshdConfig: ['KexAlgorithms curve25519-sha256'] }),
    `ssh ${accept} -o BatchMode=yes ${words} keyed@server true`,
  );

describe('the warning of a key exchange that is not post-quantum', () => {
  const warning = '** WARNING: connection is not using a post-quantum key exchange algorithm.';

  test.each(['', '-o WarnWeakCrypto=yes'])('comes with "%s"', async (words) => {
    expect((await olderLogin(words)).stderr).toContain(warning);
  });

  test.each([
    '-o KexAlgorithms=curve25519-sha256',
    '-o KexAlgorithms=^curve25519-sha256',
    '-o WarnWeakCrypto=no-pq-kex',
  ])('does not come with "%s"', async (words) => {
    const { stderr, status } = await olderLogin(words);
    expect(status).toBe(0);
    expect(stderr).not.toContain(warning);
  });
});

test('ssh -v calls a key explicit that the user named, and not the usual ones', async () => {
  const world = pair();
  const attempts = async (words: string) => {
    const { stderr } = await runCommand(world, `ssh ${accept} -v -o BatchMode=yes ${words} keyed@server true`);
    return [...stderr.matchAll(/(?:Will attempt|Offering public|Server accepts) key: \S*id_ed25519 (.*)\r/g)].map(
      ([, rest = '']) => rest.replace(/SHA256:\S+/, ''),
    );
  };
  const usual = await attempts('');
  expect(usual).toHaveLength(3);
  expect(new Set(usual)).toEqual(new Set(['ED25519 ']));
  const named = await attempts('-i .ssh/id_ed25519');
  expect(named).toHaveLength(3);
  expect(new Set(named)).toEqual(new Set(['ED25519  explicit']));
});

describe('a first login', () => {
  test('asks about the host, then for the password, and gives a shell', async () => {
    const world = pair();
    const [question, password, shell, hostname, end, status] = await converse(world, [
      'ssh server',
      'yes',
      'right',
      'hostname',
      'exit',
      'echo $?',
    ]);
    expect(question).toContain(
      "The authenticity of host 'server (192.0.2.20)' can't be established.\nED25519 key fingerprint is: SHA256:",
    );
    expect(question).toContain('(yes/no/[fingerprint])? ');
    expect(password).toBe(
      "yes\nWarning: Permanently added 'server' (ED25519) to the list of known hosts.\ndemo@server's password: ",
    );
    expect(shell).toContain('Welcome\n');
    expect(hostname).toContain('\nserver\n');
    expect(end).toContain('logout\nConnection to server closed.\n');
    expect(status).toContain('\n0\n');
  });

  test('a second one tells of the last', async () => {
    const world = pair();
    await converse(world, [`ssh ${accept} keyed@server`, 'exit']);
    const [shell] = await converse(world, ['ssh keyed@server']);
    expect(shell).toMatch(/Last login: Mon Jan {2}5 09:00:\d\d 2026 from 192\.0\.2\.10\n/);
  });

  test('three wrong passwords are the end', async () => {
    const world = pair();
    const answers = await converse(world, [`ssh ${accept} server`, 'a', 'b', 'c', 'echo $?']);
    expect(answers[1]).toBe("\nPermission denied, please try again.\ndemo@server's password: ");
    expect(answers[3]).toContain('demo@server: Permission denied (publickey,password).\n');
    expect(answers[4]).toContain('\n255\n');
    const log = authLog(world);
    expect(log.match(/^Failed password for demo from 192\.0\.2\.10 port \d+ ssh2$/gm)).toHaveLength(3);
    expect(log).toMatch(/^Connection closed by authenticating user demo 192\.0\.2\.10 port \d+ \[preauth\]$/m);
  });

  test('^C at the password ends ssh by SIGINT, and echo is on again', async () => {
    const answers = await converse(pair(), [`ssh ${accept} server`, '\u0003', 'echo $?']);
    expect(answers[2]).toContain('echo $?\n130\n');
  });

  test.each([
    ['the password', ['ssh -o StrictHostKeyChecking=accept-new server']],
    ['the question about the host', ['ssh server']],
    ['a new passphrase', ['ssh-keygen -f new']],
    ['the question about a file', ['ssh-keygen', '']],
  ])('a terminal that hangs up at %s ends the shell with 129', async (_question, lines) => {
    const typist = new Typist(pair());
    await typist.settle();
    for (const line of lines) await typist.type(line);
    typist.terminal.hangUp();
    await typist.settle();
    expect(typist.terminal.status).toMatchObject({ type: 'exited', status: 129 });
  });

  test('an answer other than yes or the fingerprint is asked again; no ends it', async () => {
    const answers = await converse(pair(), ['ssh server', 'y', 'no', 'echo $?']);
    expect(answers[1]).toContain("Please type 'yes', 'no' or the fingerprint: ");
    expect(answers[2]).toContain('Host key verification failed.\n');
    expect(answers[3]).toContain('\n255\n');
  });
});

describe('publickey', () => {
  test('lets in without a question, and logs the key', async () => {
    const world = pair();
    const { stdout, status } = await runCommand(world, `ssh ${accept} keyed@server 'whoami; exit 42'`);
    expect([stdout, status]).toEqual(['keyed\n', 42]);
    // The far end hears of it a moment later.
    await world.run({ untilMilliseconds: world.nowMilliseconds + 1000 });
    const log = authLog(world);
    expect(log).toMatch(/^Accepted key ED25519 SHA256:\S+ found at \/home\/keyed\/\.ssh\/authorized_keys:1$/m);
    expect(log).toMatch(/^Postponed publickey for keyed from 192\.0\.2\.10 port \d+ ssh2 \[preauth\]$/m);
    expect(log).toMatch(/^Accepted publickey for keyed from 192\.0\.2\.10 port \d+ ssh2: ED25519 SHA256:\S+$/m);
    expect(log).toMatch(/^Starting session: command for keyed from 192\.0\.2\.10 port \d+ id 0$/m);
    expect(log).toMatch(/^Received disconnect from 192\.0\.2\.10 port \d+:11: disconnected by user$/m);
  });

  test('a home that others may write is refused by StrictModes', async () => {
    const world = pair();
    const loosen = `ssh ${accept} keyed@server chmod 777 .`;
    expect((await runCommand(world, loosen)).status).toBe(0);
    const { stderr, status } = await runCommand(world, 'ssh -o BatchMode=yes keyed@server true');
    expect([stderr, status]).toEqual(['keyed@server: Permission denied (publickey,password).\r\n', 255]);
    expect(authLog(world)).toContain('Authentication refused: bad ownership or modes for directory /home/keyed\n');
  });

  test('a private key that others may read is not used', async () => {
    const world = pair();
    const { stderr } = await runCommand(
      world,
      `chmod 644 .ssh/id_ed25519; ssh -o BatchMode=yes ${accept} keyed@server true`,
    );
    expect(stderr).toContain("Permissions 0644 for '/home/demo/.ssh/id_ed25519' are too open.\r\n");
    expect(stderr).toContain('Load key "/home/demo/.ssh/id_ed25519": bad permissions\r\n');
  });

  test('an encrypted key asks for its passphrase', async () => {
    const world = pair();
    const answers = await converse(world, [
      "ssh-keygen -q -N secret -f locked; cat locked.pub | ssh -o StrictHostKeyChecking=accept-new keyed@server 'cat >> .ssh/authorized_keys'",
      'ssh -i locked -o IdentitiesOnly=yes keyed@server whoami',
      'wrong',
      'secret',
    ]);
    expect(answers[1]).toContain("Enter passphrase for key 'locked': ");
    expect(answers[2]).toContain("Enter passphrase for key 'locked': ");
    expect(answers[3]).toContain('\nkeyed\n');
  });

  test('options of the line hold: forced command, from, no-pty', async () => {
    const world = pair();
    const line = (await runCommand(world, 'cat .ssh/id_ed25519.pub')).stdout;
    const write = (options: string) =>
      world.writeFile('server', '/home/keyed/.ssh/authorized_keys', utf8Encode(`${options} ${line}`));
    await write('command="echo forced: $SSH_ORIGINAL_COMMAND"');
    expect((await runCommand(world, `ssh ${accept} keyed@server ls -l`)).stdout).toBe('forced: ls -l\n');
    await write('from="10.0.0.0/8"');
    expect((await runCommand(world, 'ssh -o BatchMode=yes keyed@server true')).status).toBe(255);
    expect(authLog(world)).toContain(
      'not from a permitted host (host=192.0.2.10, ip=192.0.2.10, required=10.0.0.0/8).',
    );
    await write('no-pty');
    expect((await runCommand(world, 'ssh -tt keyed@server echo hi')).stderr).toContain(
      'PTY allocation request failed on channel 0',
    );
  });

  test('root is let in by key, not by password', async () => {
    const world = pair();
    expect((await runCommand(world, `ssh ${accept} root@server id -un`)).stdout).toBe('root\n');
    const answers = await converse(world, [
      'ssh -o PubkeyAuthentication=no -o NumberOfPasswordPrompts=1 root@server',
      'right',
    ]);
    expect(answers[1]).toContain('root@server: Permission denied (publickey,password).');
  });
});

describe('commands', () => {
  test('streams stay apart, and the exit status comes back', async () => {
    const ran = await runCommand(pair(), `ssh -q ${accept} keyed@server 'echo out; echo err >&2; exit 3'`);
    expect(ran).toEqual({ stdout: 'out\n', stderr: 'err\n', status: 3 });
  });

  test('a program ended by a signal gives 255', async () => {
    expect((await runCommand(pair(), `ssh -q ${accept} keyed@server 'kill -9 $$'`)).status).toBe(255);
  });

  test('stdin goes through, and its end', async () => {
    const ran = await runCommand(pair(), `ssh -q ${accept} keyed@server wc -c`, 'x'.repeat(70_000));
    expect(ran.stdout.trim()).toBe('70000');
  });

  test('-n has no stdin', async () => {
    expect((await runCommand(pair(), `ssh -n -q ${accept} keyed@server wc -c`, 'hello')).stdout.trim()).toBe('0');
  });

  test('an unknown subsystem is refused', async () => {
    const { stderr, status } = await runCommand(pair(), `ssh ${accept} -o LogLevel=ERROR -s keyed@server nosuch`);
    expect([stderr, status]).toEqual(['subsystem request failed on channel 0\r\n', 255]);
  });

  test('-f goes on in the background', async () => {
    const world = pair();
    const [prompt, done] = await converse(world, [`ssh -f ${accept} keyed@server 'sleep 1; echo done'`, 'sleep 2']);
    expect(prompt).not.toContain('done\n');
    expect(done).toContain('done\n');
  });
});

describe('host keys', () => {
  test('a changed key is refused', async () => {
    const world = pair();
    await runCommand(world, `ssh ${accept} keyed@server true`);
    await runCommand(world, 'ssh-keygen -q -N "" -f k; echo "server $(cut -d" " -f1,2 k.pub)" > .ssh/known_hosts');
    const { stderr, status } = await runCommand(world, 'ssh keyed@server true');
    expect(stderr).toContain('@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\n');
    expect(stderr).toContain('The fingerprint for the ED25519 key sent by the remote host is\nSHA256:');
    expect(stderr).toContain('Offending ED25519 key in /home/demo/.ssh/known_hosts:1\r\n');
    expect(stderr.endsWith('Host key verification failed.\r\n')).toBe(true);
    expect(status).toBe(255);
  });

  test('with checking off no password is sent to a changed host', async () => {
    const world = pair();
    await runCommand(world, 'ssh-keygen -q -N "" -f k; echo "server $(cut -d" " -f1,2 k.pub)" > .ssh/known_hosts');
    const { stderr } = await runCommand(world, 'ssh -o StrictHostKeyChecking=no demo@server true');
    expect(stderr).toContain('Password authentication is disabled to avoid man-in-the-middle attacks.\r\n');
    expect(stderr).toContain('UpdateHostkeys is disabled because the host key is not trusted.\r\n');
    expect(stderr.endsWith('demo@server: Permission denied (publickey,password).\r\n')).toBe(true);
  });

  test('strict checking takes no new host', async () => {
    const { stderr, status } = await runCommand(pair(), 'ssh -o StrictHostKeyChecking=yes keyed@server true');
    expect(stderr).toBe(
      'No ED25519 host key is known for server and you have requested strict checking.\r\nHost key verification failed.\r\n',
    );
    expect(status).toBe(255);
  });

  test('the question names other names of the key', async () => {
    const world = pair();
    await runCommand(world, `ssh ${accept} keyed@server true`);
    const [question] = await converse(world, ['ssh keyed@other']);
    expect(question).toContain(
      'This host key is known by the following other names/addresses:\n    ~/.ssh/known_hosts:1: server\n',
    );
  });
});

describe('bad input', () => {
  const cases: readonly (readonly [string, string, number])[] = [
    ['ssh -p 1 server true', 'ssh: connect to host server port 1: Connection refused\r\n', 255],
    ['ssh nosuch true', 'ssh: Could not resolve hostname nosuch: Name or service not known\r\n', 255],
    ['ssh -F nosuch server', "Can't open user config file nosuch: No such file or directory\r\n", 255],
    ['ssh -p x server', "Bad port 'x'\n", 255],
    ['ssh -o Foo=1 server', 'command-line: line 0: Bad configuration option: foo\r\n', 255],
    ["ssh 'a;b'", 'hostname contains invalid characters\r\n', 255],
    ['ssh -Q nosuch', 'Unsupported query "nosuch"\r\n', 255],
    ['ssh -o RevokedHostKeys=k server true', 'ssh: keyword RevokedHostKeys is not available yet\n', 1],
    ['ssh -L 1:a:2 server', 'ssh: option -L is not available yet\n', 1],
    ['ssh-keygen -t foo', 'unknown key type foo\r\n', 255],
    ['ssh-keygen -lf nosuch', 'ssh-keygen: nosuch: No such file or directory\r\n', 255],
    ['ssh-keygen -K', 'ssh-keygen: option -K is not available yet\n', 1],
  ];
  test.each(cases)('%s', async (command, stderr, status) => {
    expect(await runCommand(pair(), command)).toEqual({ stdout: '', stderr, status });
  });

  test('an unknown option gets the usage', async () => {
    const { stderr, status } = await runCommand(pair(), 'ssh --foo server');
    expect(stderr.startsWith('unknown option -- -\r\nusage: ssh [-46AaCfGgKkMNnqsTtVvXxYyZ]')).toBe(true);
    expect(status).toBe(255);
  });

  test('a configuration that others may write is refused', async () => {
    const ran = await runCommand(pair(), 'touch .ssh/config; chmod 666 .ssh/config; ssh server');
    expect(ran).toEqual({ stdout: '', stderr: 'Bad owner or permissions on /home/demo/.ssh/config\r\n', status: 255 });
  });
});

describe('sshd', () => {
  test('SIGHUP makes it read its configuration again', async () => {
    const world = pair();
    await runCommand(world, `ssh ${accept} keyed@server true`);
    const config = utf8DecodeLossy(world.files.read('server', '/etc/ssh/sshd_config'));
    await world.writeFile('server', '/etc/ssh/sshd_config', utf8Encode(`PasswordAuthentication no\n${config}`));
    const refused = 'ssh -o BatchMode=yes demo@server true';
    expect((await runCommand(world, refused)).stderr).toContain('(publickey,password)');
    expect((await runCommand(world, 'ssh root@server "kill -HUP \\$(cat /run/sshd.pid); sleep 1"')).status).toBe(0);
    expect((await runCommand(world, refused)).stderr).toContain('(publickey).');
    expect(authLog(world)).toContain('Received SIGHUP; restarting.\n');
  });

  test('says what is wrong with a configuration', async () => {
    const world = pair();
    await runCommand(world, `ssh ${accept} root@server 'echo Foo bar > /tmp/c'`);
    const { stderr, status } = await runCommand(world, 'ssh -q root@server /usr/sbin/sshd -t -f /tmp/c');
    expect(stderr).toBe(
      '/tmp/c: line 1: Bad configuration option: Foo\r\n/tmp/c: terminating, 1 bad configuration options\r\n',
    );
    expect(status).toBe(255);
  });

  test('AllowUsers keeps others out, in the words of the log', async () => {
    const world = pair({ sshdConfig: ['AllowUsers demo'] });
    const { stderr } = await runCommand(world, `ssh -o BatchMode=yes -q ${accept} keyed@server true; echo $?`);
    expect(stderr).toBe('');
    expect(authLog(world)).toContain('User keyed from 192.0.2.10 not allowed because not listed in AllowUsers\n');
  });

  test('an unknown user is told as one', async () => {
    const world = pair();
    await converse(world, [`ssh ${accept} nobodyx@server`, 'a', 'b', 'c']);
    expect(authLog(world)).toMatch(/^Invalid user nobodyx from 192\.0\.2\.10 port \d+$/m);
    expect(authLog(world)).toMatch(/^Failed password for invalid user nobodyx from 192\.0\.2\.10 port \d+ ssh2$/m);
  });

  test('what is not built is refused wherever it stands, by one line and before any key is loaded', async () => {
    const world = pair();
    const cases = [
      'ChrootDirectory /srv',
      'Match User x\\nChrootDirectory /srv',
      'Match User x\\nForceCommand internal-sftp -d /a',
      'RevokedKeys /etc/ssh/revoked',
      'AuthorizedKeysCommand /usr/bin/keys',
      'TrustedUserCAKeys /etc/ssh/ca',
      'AuthenticationMethods publickey,keyboard-interactive:pam',
      'UseDNS yes',
    ];
    await runCommand(world, `ssh ${accept} root@server true`);
    for (const lines of cases) {
      const keyword = (lines.split('\\n').at(-1) ?? '').split(' ')[0] ?? '';
      const command = `ssh -q root@server "printf '${lines}\\n' > /tmp/c; /usr/sbin/sshd -t -f /tmp/c"`;
      const stderr = `sshd: keyword ${keyword} is not available yet\n`;
      expect(await runCommand(world, command)).toEqual({ stdout: '', stderr, status: 1 });
    }
    const fine =
      'ssh -q root@server "printf \'ChrootDirectory none\\nAuthenticationMethods publickey,password any\\n\' > /tmp/c"';
    expect((await runCommand(world, fine)).status).toBe(0);
  });

  test('MaxAuthTries of a Match block holds for its user', async () => {
    const world = pair({ sshdConfig: ['Match User demo', '  MaxAuthTries 2'] });
    const answers = await converse(world, [`ssh ${accept} -o PubkeyAuthentication=no server`, 'a', 'b', 'echo $?']);
    expect(answers[1]).toContain('Permission denied, please try again.\n');
    expect(answers[2]).toBe(
      '\nReceived disconnect from 192.0.2.20 port 22:2: Too many authentication failures\nDisconnected from 192.0.2.20 port 22\n' +
        (answers[2]?.split('port 22\n').at(-1) ?? ''),
    );
    expect(authLog(world)).toMatch(
      /^error: maximum authentication attempts exceeded for demo from 192\.0\.2\.10 port \d+ ssh2 \[preauth\]$/m,
    );
  });

  test('RequiredRSASize refuses smaller keys on both sides', async () => {
    const world = pair({
      hostKeyTypes: ['ed25519', 'rsa'],
      sshdConfig: ['Match User keyed', '  RequiredRSASize 3000'],
    });
    await runCommand(
      world,
      `ssh-keygen -q -t rsa -b 2048 -N '' -f small; cat small.pub | ssh ${accept} keyed@server 'cat >> .ssh/authorized_keys'`,
    );
    const withSmall = 'ssh -i small -o IdentitiesOnly=yes -o BatchMode=yes';
    expect(await runCommand(world, `${withSmall} -o RequiredRSASize=3000 keyed@server true`)).toMatchObject({
      stderr: 'load pubkey "small": Invalid key length\r\nkeyed@server: Permission denied (publickey,password).\r\n',
    });
    expect((await runCommand(world, `${withSmall} keyed@server true`)).status).toBe(255);
    expect(authLog(world)).toContain('refusing RSA key: Invalid key length [preauth]\n');
    const ofHost = 'ssh -o RequiredRSASize=8192 -o HostKeyAlgorithms=rsa-sha2-512 keyed@server true';
    expect((await runCommand(world, ofHost)).stderr).toBe('Bad server host key: Invalid key length\r\n');
  });

  test('VersionAddendum stands in the identification strings', async () => {
    const world = pair({ sshdConfig: ['VersionAddendum of the lab'] });
    const { stderr } = await runCommand(world, `ssh -v ${accept} -o VersionAddendum=mine keyed@server true`);
    expect(stderr).toContain('debug1: Local version string SSH-2.0-OpenSSH_10.5 mine\r\n');
    expect(stderr).toContain('remote software version OpenSSH_10.5 of the lab\r\n');
  });
});

test('a source that fails again and again is refused for a while, and sshd says so', async () => {
  const world = pair({ sshdConfig: ['LogLevel VERBOSE'] });
  const fail = `ssh ${accept} -o BatchMode=yes nobody_here@server true`;
  const outcomes: string[] = [];
  for (let count = 0; count < 5; count += 1) outcomes.push((await runCommand(world, fail)).stderr);
  expect(outcomes.slice(0, 4).every((stderr) => stderr.includes('Permission denied'))).toBe(true);
  expect(outcomes[4]).toMatch(/Connection (?:closed|reset) by (?:192\.0\.2\.20|remote host)/);
  const log = authLog(world);
  const reason = 'penalty: attempted authentication by invalid user';
  expect(log).toContain(`srclimit_penalise: ipv4: new 192.0.2.10/32 deferred penalty of 5.000 seconds for ${reason}\n`);
  expect(log).toMatch(/srclimit_penalise: 192\.0\.2\.10\/32: activating ipv4 penalty of 1[5-9]\.\d{3} seconds for/);
  expect(log).toMatch(
    new RegExp(`drop connection #0 from \\[192\\.0\\.2\\.10\\]:\\d+ on \\[192\\.0\\.2\\.20\\]:22 ${reason}`),
  );
  await world.run({ untilMilliseconds: world.nowMilliseconds + 25_000 });
  expect(await runCommand(world, `ssh ${accept} keyed@server echo in`)).toMatchObject({ stdout: 'in\n', status: 0 });
});
