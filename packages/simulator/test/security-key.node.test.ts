/** Keys in the authenticator of a virtual host: made by ssh-keygen, used by ssh with a virtual sshd and by -Y sign; the words are 10.5's. */
import { expect, test } from 'vitest';
import { accept, authLog, converse, pair, runCommand } from './login-pair.ts';

const touch = (again = ''): string => `You may need to touch your authenticator${again} to authorize key generation.\n`;
const askPin = 'Enter PIN for authenticator: ';

test('ssh-keygen -t ed25519-sk and ecdsa-sk make keys of the device', async () => {
  const world = pair();
  const [made, , listed] = await converse(world, [
    'ssh-keygen -t ed25519-sk -N "" -f a',
    'ssh-keygen -q -t ecdsa-sk -O no-touch-required -O application=ssh:work -N "" -f b',
    'ssh-keygen -lf a; ssh-keygen -lf b.pub; ssh-keygen -yf b; cat b.pub',
  ]);
  expect(made).toContain(`Generating public/private ed25519-sk key pair.\n${touch()}Your identification`);
  expect(made).toContain('+[ED25519-SK 256]-+');
  expect(listed).toMatch(/256 SHA256:\S{43} demo@laptop \(ED25519-SK\)\n256 SHA256:\S{43} demo@laptop \(ECDSA-SK\)\n/);
  const lines = (listed ?? '').split('\n').filter((line) => line.startsWith('sk-ecdsa'));
  expect(lines[0]).toBe(lines[1]);
});

test('the PIN is asked for when the device wants it; a resident key is not overwritten unasked', async () => {
  const world = pair();
  const screens = await converse(world, [
    'ssh-keygen -t ed25519-sk -O resident -O user=joe -N "" -f r',
    '0000',
    '1234',
    'ssh-keygen -t ed25519-sk -O resident -O user=joe -N "" -f s',
    '1234',
    'n',
    'ssh-keygen -t ecdsa-sk -O verify-required -N "" -f v',
    'a',
    'b',
    'c',
  ]);
  expect(screens[0]).toContain(`${touch()}${askPin}`);
  expect(screens[1]).toContain(`${touch(' again')}PIN incorrect\n${askPin}`);
  expect(screens[2]).toContain(`${touch(' again')}Your identification has been saved in r\n`);
  expect(screens[4]).toContain(
    "A resident key scoped to 'ssh:' with user id 'joe' already exists.\nOverwrite key in token (y/n)? ",
  );
  expect(screens[5]).toContain('Key enrollment failed: bad permissions\n');
  expect(screens[9]).toContain('PIN incorrect\nToo many incorrect PINs\n');
});

test('options of enrollment are refused, honoured, and the device can be pulled out', async () => {
  const world = pair();
  const make = 'ssh-keygen -q -t ed25519-sk -N "" -f k';
  const fails = async (options: string): Promise<string> => {
    const { stderr, status } = await runCommand(world, `${make} ${options}`);
    expect(status).toBe(255);
    return stderr;
  };
  expect(await fails('-O nonsense')).toBe('Option "nonsense" is unsupported for FIDO authenticator enrollment\r\n');
  expect(await fails('-O application=web')).toBe('FIDO application string must begin with "ssh:"\r\n');
  expect(await fails('-O challenge=no')).toBe(
    'Unable to load FIDO enrollment challenge "no": No such file or directory\r\n',
  );
  expect(await fails('-O device=/dev/hidraw7')).toBe('Key enrollment failed: device not found\r\n');
  expect(await fails(`-O user=${'u'.repeat(32)}`)).toBe('Key enrollment failed: invalid format\r\n');
  const attested = await runCommand(world, `${make} -O device=/dev/hidraw0 -O write-attestation=att; wc -c < att`);
  expect(attested.stdout.trim()).toBe('41');
  const removed = world.removeFile('laptop', '/dev/hidraw0');
  await runCommand(world, 'true');
  await removed;
  expect(await fails('')).toBe('Key enrollment failed: device not found\r\n');
});

test('ssh logs in with a touch, with a PIN where one is wanted, and sshd says what is missing', async () => {
  const world = pair();
  const login = `ssh ${accept} -o IdentitiesOnly=yes -o PreferredAuthentications=publickey`;
  const screens = await converse(world, [
    'ssh-keygen -q -t ed25519-sk -N "" -f a; ssh-keygen -q -t ecdsa-sk -O no-touch-required -N "" -f n',
    'ssh-keygen -q -t ed25519-sk -O verify-required -N "" -f v',
    '1234',
    `{ cat a.pub n.pub; echo "verify-required $(cat v.pub)"; } | ssh ${accept} demo@server 'mkdir -p -m 700 .ssh; cat > .ssh/authorized_keys'`,
    'right',
    `${login} -i a demo@server echo in`,
    `${login} -i v demo@server echo in`,
    '1234',
    `${login} -i n demo@server echo in`,
    `${login} -o BatchMode=yes -i a demo@server echo in`,
    `ssh ${accept} demo@server 'sed -i "s/^sk-ecdsa/no-touch-required &/; s/^sk-ssh/verify-required &/" .ssh/authorized_keys'`,
    'right',
    `${login} -i n demo@server echo in`,
    `${login} -i a demo@server echo in`,
  ]);
  const confirm = /Confirm user presence for key ED25519-SK SHA256:\S{43}\nUser presence confirmed\nin\n/;
  expect(screens[5]).toMatch(confirm);
  expect(screens[6]).toMatch(/Confirm user presence for key ED25519-SK \S+\nEnter PIN for ED25519-SK key \S*v: $/);
  expect(screens[7]).toMatch(confirm);
  expect(screens[8]).toContain('Permission denied (publickey');
  expect(screens[8]).not.toContain('Confirm');
  expect(screens[9]).toMatch(/\nin\n/);
  expect(screens[9]).not.toContain('Confirm');
  expect(screens[12]).toMatch(/\nin\n/);
  expect(screens[13]).toContain('Permission denied (publickey');
  const log = authLog(world);
  expect(log).toMatch(/rejected: user presence \(authenticator touch\) requirement not met \n/);
  expect(log).toMatch(/rejected: user verification requirement not met \n/);
  expect(log).toMatch(/Accepted publickey for demo from 192\.0\.2\.10 port \d+ ssh2: ECDSA-SK SHA256:/);
});

test('ssh-keygen -Y sign with a key of the device is verified; its words come even with -q', async () => {
  const world = pair();
  const screens = await converse(world, [
    'ssh-keygen -q -t ed25519-sk -N "" -f a; ssh-keygen -q -t ecdsa-sk -O verify-required -N "" -f v',
    '1234',
    'echo "demo $(cat a.pub)" > allowed; echo "demo $(cat v.pub)" >> allowed; echo text > t; cp t u; cp t w',
    'ssh-keygen -q -Y sign -f a -n file t; ssh-keygen -Y verify -f allowed -I demo -n file -s t.sig < t',
    'ssh-keygen -Y sign -f v -n file u',
    '1234',
    'ssh-keygen -Y verify -f allowed -I demo -n file -s u.sig < u',
    'ssh-keygen -Y sign -f v -n file w',
    '0000',
  ]);
  expect(screens[3]).toMatch(/Confirm user presence for key ED25519-SK SHA256:\S{43}\nGood "file" signature for demo/);
  expect(screens[4]).toContain('Signing file u\nEnter PIN for ECDSA-SK key: ');
  expect(screens[5]).toMatch(/Confirm user presence for key ECDSA-SK SHA256:\S{43}\nWrite signature to u.sig\n/);
  expect(screens[6]).toContain('Good "file" signature for demo with ECDSA-SK key SHA256:');
  expect(screens[8]).toContain(
    "Couldn't sign message: incorrect passphrase supplied to decrypt private key\nSigning w failed: incorrect passphrase",
  );
});

/** What ssh-keygen makes in a new world. */
async function madeKey(): Promise<string> {
  const { stdout } = await runCommand(pair(), 'ssh-keygen -q -t ed25519-sk -N "" -f k && cat k.pub k');
  return stdout;
}

test('the same world gives the same keys of its device', async () => {
  const first = await madeKey();
  expect(first).toContain('sk-ssh-ed25519@openssh.com');
  expect(await madeKey()).toBe(first);
});

test('ssh-keygen -s certifies with a key of the device, in the words of 10.5 with its test library', async () => {
  const world = pair();
  const screens = await converse(world, [
    'ssh-keygen -q -t ed25519-sk -N "" -f a; ssh-keygen -q -t ecdsa-sk -O no-touch-required -N "" -f n',
    'ssh-keygen -q -t ed25519-sk -O verify-required -N "" -f v',
    '1234',
    'ssh-keygen -q -t ed25519 -N "" -f u; ssh-keygen -q -t ecdsa -N "" -f w',
    'ssh-keygen -s a -I x -n demo u.pub w.pub; ssh-keygen -Lf u-cert.pub',
    'ssh-keygen -q -s n -h -I x -n demo u.pub; ssh-keygen -Lf u-cert.pub',
    'ssh-keygen -s v -I x -n demo u.pub',
    '0000',
    'ssh-keygen -s v -I x -n demo u.pub',
    '1234',
    'ssh-keygen -s n -t ecdsa-sk -I x -n demo u.pub; echo "status $?"',
  ]);
  const confirmed = /Confirm user presence for key ED25519-SK SHA256:\S{43}\nUser presence confirmed\n/.source;
  const signed = 'Signed user key u-cert.pub: id "x" serial 0 for demo valid forever\n';
  expect(screens[4]).toMatch(new RegExp(`${confirmed}${signed}${confirmed}${signed.replace('u-cert', 'w-cert')}`));
  expect(screens[4]).toMatch(/Signing CA: ED25519-SK SHA256:\S{43} \(using sk-ssh-ed25519@openssh.com\)\n/);
  expect(screens[5]).toMatch(/Signing CA: ECDSA-SK SHA256:\S{43} \(using sk-ecdsa-sha2-nistp256@openssh.com\)\n/);
  expect(screens[5]).not.toContain('Confirm');
  expect(screens[6]).toContain('Enter PIN for CA key: ');
  expect(screens[7]).toMatch(
    new RegExp(`${confirmed}Couldn't certify key u.pub: incorrect passphrase supplied to decrypt private key\n`),
  );
  expect(screens[9]).toMatch(new RegExp(confirmed + signed));
  expect(screens[10]).toContain("Couldn't certify key u.pub: signature algorithm not supported\nstatus 255\n");
});

test('sshd signs with a host key of its device, untouched, and ends the connection in the words of 10.5 where there is none', async () => {
  const world = pair({ securityKey: true });
  const trust = '-o StrictHostKeyChecking=accept-new -o UpdateHostKeys=no';
  const sshd = 'printf "Port 2222\nHostKey /root/sk\n" >c; /usr/sbin/sshd -f c -E /root/log';
  await runCommand(world, `ssh ${trust} root@server 'ssh-keygen -q -t ed25519-sk -N "" -f sk; ${sshd}'`);
  const reached = await runCommand(world, `ssh -v ${trust} -p 2222 keyed@server hostname`);
  expect(reached.stdout).toBe('server\n');
  expect(reached.stderr).toMatch(/debug1: Server host key: sk-ssh-ed25519@openssh\.com SHA256:\S{43}/);
  const pulled = await runCommand(world, `ssh root@server 'rm /dev/hidraw0'; ssh -p 2222 keyed@server hostname`);
  expect(pulled.stderr).toBe('Connection closed by 192.0.2.20 port 2222\r\n');
  const log = await runCommand(world, 'ssh root@server cat log');
  expect(log.stdout).toContain('mm_answer_sign: sign: device not found');
});
