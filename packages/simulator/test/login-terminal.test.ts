/** An interactive login while things happen to it: a dead link, keys changed under it, escapes, another size of the window. */
import { describe, expect, test } from 'vitest';
import { accept, authLog, pair, runCommand, Typist } from './login-pair.ts';

async function logIn(world: ReturnType<typeof pair>, options = ''): Promise<Typist> {
  const typist = new Typist(world);
  await typist.settle();
  await typist.type(`ssh ${accept} ${options} keyed@server`);
  return typist;
}

describe('a dead link', () => {
  test('ServerAliveInterval ends the session after one interval more than ServerAliveCountMax', async () => {
    const world = pair();
    const typist = await logIn(world, '-o ServerAliveInterval=10 -o ServerAliveCountMax=3');
    await typist.wait(35_000);
    world.setLink('server', false);
    const cutAt = world.nowMilliseconds;
    // The last answer came at 30 s; the fourth interval without one ends at 70 s.
    expect(await typist.wait(34_900)).toBe('');
    expect(await typist.wait(200)).toContain('Timeout, server server not responding.\n');
    expect(world.nowMilliseconds - cutAt).toBe(35_100);
    expect(await typist.type('echo $?')).toContain('\n255\n');
  });

  test('answers keep it alive', async () => {
    const typist = await logIn(pair(), '-o ServerAliveInterval=1 -o ServerAliveCountMax=1');
    expect(await typist.wait(60_000)).toBe('');
    expect(await typist.type('hostname')).toContain('\nserver\n');
  });

  test('ClientAliveInterval ends it on the server, whose log says so', async () => {
    const world = pair({ sshdConfig: ['LogLevel VERBOSE', 'ClientAliveInterval 10', 'ClientAliveCountMax 2'] });
    const typist = await logIn(world);
    world.setLink('laptop', false);
    await typist.wait(29_000);
    expect(authLog(world)).not.toContain('Timeout, client');
    await typist.wait(2000);
    expect(authLog(world)).toMatch(/^Timeout, client not responding from user keyed 192\.0\.2\.10 port \d+$/m);
  });

  test('ConnectTimeout bounds the connection, in the words of TCP', async () => {
    const world = pair();
    world.setLink('server', false);
    const startedAt = world.nowMilliseconds;
    const { stderr, status } = await runCommand(world, 'ssh -o ConnectTimeout=3 server true');
    expect([stderr, status]).toEqual(['ssh: connect to host server port 22: Connection timed out\r\n', 255]);
    expect(Math.floor((world.nowMilliseconds - startedAt) / 1000)).toBe(3);
  });
});

describe('a session goes on', () => {
  test('through new keys, in the middle of output and of typing', async () => {
    const typist = await logIn(pair(), '-v -o RekeyLimit=16K');
    const output = await typist.type('for i in {1..4000}; do echo line $i of many; done');
    expect(output).toContain('\nline 4000 of many\n');
    expect(output).toContain('debug1: SSH2_MSG_NEWKEYS received\n');
    expect(await typist.type('hostname')).toContain('\nserver\n');
    const asked = (await typist.type('~R')) + (await typist.wait(1000));
    expect(asked).toContain('debug1: SSH2_MSG_NEWKEYS received\n');
    expect(await typist.type('hostname')).toContain('\nserver\n');
  });

  test('~^Z stops it and leaves a usable terminal; fg brings it back', async () => {
    const typist = await logIn(pair());
    await typist.type('');
    expect(await typist.type('~\u001A')).toContain('~^Z [suspend ssh]\n');
    expect(await typist.type('hostname; stty -a | grep -o -e "-*icanon" -e "-*echo "')).toMatch(
      /\nlaptop\nicanon\necho\s/,
    );
    await typist.type('fg');
    expect(await typist.type('hostname')).toContain('\nserver\n');
    expect(await typist.type('exit')).toContain('Connection to server closed.\n');
  });

  test('~. ends it at once, with status 255', async () => {
    const typist = await logIn(pair());
    await typist.type('');
    expect(await typist.type('~.')).toContain('Connection to server closed.\n');
    expect(await typist.type('echo $?; hostname')).toContain('\n255\nlaptop\n');
  });

  test('another size of the window reaches the far terminal', async () => {
    const typist = await logIn(pair());
    expect(await typist.type('stty size')).toContain('\n24 80\n');
    typist.terminal.resize({ columns: 132, rows: 50, widthPixels: 0, heightPixels: 0 });
    await typist.wait(100);
    expect(await typist.type('stty size')).toContain('\n50 132\n');
  });

  test('one login inside another takes ~~. for itself', async () => {
    const world = pair();
    const typist = await logIn(world);
    await typist.type(`ssh -o StrictHostKeyChecking=accept-new demo@server`);
    await typist.type('right');
    await typist.type('');
    expect(await typist.type('whoami')).toContain('\ndemo\n');
    expect(await typist.type('~~.\u0000')).toContain('Connection to server closed.\n');
    expect(await typist.type('whoami')).toContain('\nkeyed\n');
  });
});
