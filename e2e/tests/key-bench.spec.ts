/**
 * Work at the key bench: keys made by the real ssh-keygen, puttygen and openssl are opened, converted, downloaded, and read back by
 * those programs. Nothing is stored or sent.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Locator, type Page, test as base, expect } from '@playwright/test';
import { expectNoViolation } from './axe.ts';

const passphrase = 'correct horse';

/** One reader at the bench, with a folder for files. Errors of the console fail the journey. */
class Bench {
  readonly page: Page;
  readonly folder: string;

  constructor(page: Page, folder: string) {
    this.page = page;
    this.folder = folder;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  run(program: string, ...args: readonly string[]): string {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: this.folder });
  }

  fingerprint(file: string): string {
    return this.run('ssh-keygen', '-lf', this.path(file)).split(' ')[1] ?? '';
  }

  get area(): Locator {
    return this.page.locator('.paste textarea');
  }

  async visit(): Promise<void> {
    await this.page.goto('/keys/');
    await expect(this.page.getByRole('heading', { name: 'What is in this key?' })).toBeVisible();
  }

  async choose(file: string): Promise<void> {
    await this.page.locator('input[type=file]').setInputFiles(this.path(file));
  }

  async open(words: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Passphrase' }).fill(words);
    await this.page.keyboard.press('Enter');
  }

  async download(title: string): Promise<string> {
    const waiting = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: new RegExp(`^Download .*, ${title}`) }).click();
    const download = await waiting;
    await download.saveAs(this.path(download.suggestedFilename()));
    this.run('chmod', '600', this.path(download.suggestedFilename()));
    return download.suggestedFilename();
  }
}

const test = base.extend<{ bench: Bench }>({
  bench: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    const folder = mkdtempSync(join(tmpdir(), 'seashell-bench-'));
    await use(new Bench(page, folder));
    rmSync(folder, { recursive: true });
    expect(errors).toEqual([]);
  },
});

/** How the real programs make the file `key`. */
const makers: Readonly<Record<string, (bench: Bench) => void>> = {
  'ssh-keygen ed25519': (bench) =>
    void bench.run(
      'ssh-keygen',
      '-qt',
      'ed25519',
      '-a',
      '2',
      '-N',
      passphrase,
      '-C',
      'a comment',
      '-f',
      bench.path('key'),
    ),
  'ssh-keygen ecdsa 384, aes256-gcm': (bench) =>
    void bench.run(
      'ssh-keygen',
      '-qt',
      'ecdsa',
      '-b',
      '384',
      '-a',
      '2',
      '-Z',
      'aes256-gcm@openssh.com',
      '-N',
      passphrase,
      '-f',
      bench.path('key'),
    ),
  'ssh-keygen rsa as PEM': (bench) =>
    void bench.run('ssh-keygen', '-qt', 'rsa', '-b', '2048', '-m', 'PEM', '-N', passphrase, '-f', bench.path('key')),
  'ssh-keygen rsa as PKCS8': (bench) =>
    void bench.run('ssh-keygen', '-qt', 'rsa', '-b', '2048', '-m', 'PKCS8', '-N', passphrase, '-f', bench.path('key')),
  'openssl ec as SEC1': (bench) => {
    bench.run('openssl', 'ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', bench.path('plain'));
    bench.run(
      'openssl',
      'ec',
      '-aes256',
      '-passout',
      `pass:${passphrase}`,
      '-in',
      bench.path('plain'),
      '-out',
      bench.path('key'),
    );
  },
  'openssl ed25519 as PKCS8': (bench) =>
    void bench.run(
      'openssl',
      'genpkey',
      '-algorithm',
      'ed25519',
      '-aes-256-cbc',
      '-pass',
      `pass:${passphrase}`,
      '-out',
      bench.path('key'),
    ),
  'puttygen PPK 3': (bench) => putty(bench, '3'),
  'puttygen PPK 2': (bench) => putty(bench, '2'),
};

function putty(bench: Bench, version: string): void {
  writeFileSync(bench.path('words'), passphrase);
  bench.run(
    'puttygen',
    '-q',
    '-t',
    'ecdsa',
    '-b',
    '256',
    '--ppk-param',
    `version=${version}`,
    '--new-passphrase',
    bench.path('words'),
    '-o',
    bench.path('key'),
  );
}

for (const [name, make] of Object.entries(makers)) {
  test(`${name}: opened, and saved as OpenSSH and PPK in three actions, is the same key to the real programs`, async ({
    bench,
  }) => {
    make(bench);
    await bench.visit();
    await bench.choose('key');
    await expect(bench.page.getByRole('heading', { name: 'Open it' })).toBeVisible();
    await bench.open('not it');
    await expect(bench.page.locator('#refused')).toHaveText('That is not the passphrase of this key.');
    await bench.open(passphrase);
    await expect(bench.page.getByRole('heading', { name: 'Private key', exact: true })).toBeVisible();
    const shown = await bench.page.locator('.fp').textContent();

    const openssh = await bench.download('OpenSSH$');
    const line = bench.run('ssh-keygen', '-y', '-P', passphrase, '-f', bench.path(openssh));
    writeFileSync(bench.path('read-back.pub'), line);
    expect(bench.fingerprint('read-back.pub')).toBe(shown);

    const ppk = await bench.download('PuTTY \\(PPK 3\\)');
    writeFileSync(bench.path('words'), passphrase);
    const fromPutty = bench.run('puttygen', bench.path(ppk), '-L', '--old-passphrase', bench.path('words'));
    expect(fromPutty.split(' ').slice(0, 2)).toEqual(line.trim().split(' ').slice(0, 2));
  });
}

test('a PKCS#8 download is read by openssl and ssh-keygen, with its new passphrase and without', async ({ bench }) => {
  bench.run('ssh-keygen', '-qt', 'rsa', '-b', '2048', '-a', '2', '-N', '', '-C', 'me', '-f', bench.path('key'));
  await bench.visit();
  await bench.choose('key');
  await bench.page.getByRole('radio', { name: 'a new one' }).check();
  await bench.page.getByRole('button', { name: /^Download .*, PKCS#8/ }).click();
  await expect(bench.page.locator('#save-refused')).toContainText('The new passphrase is empty.');
  await expect(bench.page.getByRole('textbox', { name: 'New passphrase' })).toBeFocused();
  await bench.page.keyboard.type(passphrase);
  await bench.page.getByRole('textbox', { name: 'The same again' }).fill('something else');
  await bench.page.getByRole('button', { name: /^Download .*, PKCS#8/ }).click();
  await expect(bench.page.locator('#save-refused')).toContainText('The two passphrases are not the same.');
  await expect(bench.page.getByRole('textbox', { name: 'The same again' })).toBeFocused();
  await bench.page.getByRole('textbox', { name: 'The same again' }).fill(passphrase);
  const sealed = await bench.download('PKCS#8');
  expect(readFileSync(bench.path(sealed), 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
  bench.run('openssl', 'pkey', '-in', bench.path(sealed), '-passin', `pass:${passphrase}`, '-noout');
  expect(bench.run('ssh-keygen', '-y', '-P', passphrase, '-f', bench.path(sealed)).trim().split(' ')[1]).toBe(
    readFileSync(bench.path('key.pub'), 'utf8').split(' ')[1],
  );
  await bench.page.getByRole('radio', { name: 'none, as now' }).check();
  const plain = await bench.download('PKCS#8');
  bench.run('openssl', 'pkey', '-in', bench.path(plain), '-noout');
});

test('a key made here is one to ssh-keygen, with its comment and passphrase', async ({ bench }) => {
  await bench.visit();
  await bench.page.getByRole('button', { name: 'Make a pair' }).click();
  await bench.page.getByLabel('Comment').fill('made@here');
  await bench.page.locator('.make').getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
  await bench.page.getByRole('button', { name: 'Make the key' }).click();
  await expect(bench.page.locator('#make-refused')).toContainText('The two passphrases are not the same.');
  await bench.page.getByRole('textbox', { name: 'The same again' }).fill(passphrase);
  await bench.page.getByRole('button', { name: 'Make the key' }).click();
  await expect(bench.page.locator('.warn')).toContainText('This is a private key.');
  const name = await bench.download('OpenSSH$');
  expect(name).toBe('id_ed25519');
  const shown = (await bench.page.locator('.fp').textContent()) ?? '';
  // The comment of an encrypted file is encrypted too.
  expect(bench.run('ssh-keygen', '-lf', bench.path(name))).toBe(`256 ${shown} no comment (ED25519)\n`);
  bench.run('ssh-keygen', '-y', '-P', passphrase, '-f', bench.path(name));
  const line = await bench.download('OpenSSH line');
  expect(bench.run('ssh-keygen', '-lf', bench.path(line))).toBe(`256 ${shown} made@here (ED25519)\n`);
});

test('an RSA key can be cancelled while it is made, what was open stays open, and one can be made', async ({
  bench,
}) => {
  bench.run('ssh-keygen', '-qt', 'ed25519', '-N', '', '-f', bench.path('key'));
  await bench.visit();
  await bench.choose('key');
  await expect(bench.page.getByRole('heading', { name: 'Private key', exact: true })).toBeVisible();
  await bench.page.getByRole('button', { name: 'Make a pair' }).click();
  await bench.page.getByLabel('Type').selectOption('ssh-rsa');
  // More than any browser makes: it is searched for in slices, which takes minutes.
  await bench.page.getByRole('spinbutton', { name: 'Bits' }).fill('16384');
  await bench.page.getByRole('button', { name: 'Make the key' }).click();
  await bench.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(bench.page.getByRole('button', { name: 'Cancel' })).toBeHidden();
  await expect(bench.page.locator('.make .refusal')).toBeHidden();
  expect(await bench.page.evaluate(() => document.activeElement?.id)).toBe('make');
  const kept = await bench.download('OpenSSH$');
  expect(bench.fingerprint(kept)).toBe(bench.fingerprint('key.pub'));
  await bench.page.getByRole('spinbutton', { name: 'Bits' }).fill('2048');
  await bench.page.getByRole('button', { name: 'Make the key' }).click();
  await expect(
    bench.page.getByRole('heading', { name: 'OpenSSH private key, not encrypted: RSA, 2048 bits' }),
  ).toBeVisible();
  const name = await bench.download('OpenSSH$');
  expect(bench.run('ssh-keygen', '-lf', bench.path(name))).toMatch(/^2048 SHA256:/);
});

test('another file ends slow work on the one before, and its buttons work', async ({ bench }) => {
  test.slow();
  bench.run('ssh-keygen', '-qt', 'ed25519', '-a', '300', '-N', passphrase, '-f', bench.path('slow'));
  bench.run('ssh-keygen', '-qt', 'ed25519', '-N', '', '-f', bench.path('key'));
  await bench.visit();
  await bench.choose('slow');
  await bench.open(passphrase);
  await expect(bench.page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await bench.choose('key');
  await expect(bench.page.getByRole('heading', { name: 'Private key', exact: true })).toBeVisible();
  await expect(bench.page.getByRole('button', { name: 'Cancel' })).toBeHidden();
  // Nothing was unlocked, so the keyboard stays where it was.
  await expect(bench.page.getByRole('heading', { name: 'Save it as' })).not.toBeFocused();
  expect(bench.fingerprint(await bench.download('OpenSSH$'))).toBe(bench.fingerprint('key.pub'));
});

test('keys as openssl writes them, behind other text, are warned of and read', async ({ bench }) => {
  bench.run('openssl', 'ecparam', '-name', 'prime256v1', '-genkey', '-out', bench.path('key'));
  bench.run('chmod', '600', bench.path('key'));
  await bench.visit();
  await bench.choose('key');
  await expect(bench.page.locator('.warn')).toContainText('This is a private key.');
  await expect(bench.page.getByText('stands a block, EC PARAMETERS')).toBeVisible();
  const saved = await bench.download('OpenSSH$');
  writeFileSync(bench.path('line.pub'), bench.run('ssh-keygen', '-y', '-f', bench.path('key')));
  expect(bench.fingerprint(saved)).toBe(bench.fingerprint('line.pub'));
});

test('the rounds of a format are its own, within bounds, and are in the file', async ({ bench }) => {
  test.slow();
  bench.run('ssh-keygen', '-qt', 'ed25519', '-a', '2', '-N', passphrase, '-f', bench.path('key'));
  await bench.visit();
  await bench.choose('key');
  await bench.open(passphrase);
  await bench.page.getByText('Comment, and what makes guessing slow').click();
  await bench.page.getByLabel('Rounds of bcrypt').fill('99999');
  await bench.page.getByRole('button', { name: /^Download .*, OpenSSH$/ }).click();
  await expect(bench.page.locator('#save-refused')).toHaveText('OpenSSH takes 1 to 1,024 rounds, as a whole number.');
  await expect(bench.page.getByLabel('Rounds of bcrypt')).toBeFocused();
  await bench.page.getByLabel('Rounds of bcrypt').fill('3');
  await bench.page.getByLabel('Passes of argon2id').fill('1');
  expect(readFileSync(bench.path(await bench.download('PuTTY \\(PPK 3\\)')), 'utf8')).toContain('Argon2-Passes: 1\n');
  const name = await bench.download('OpenSSH$');
  await bench.choose(name);
  await expect(bench.page.getByText('bcrypt, 3 rounds', { exact: true })).toBeVisible();
});

test('the focus is never lost: after Clear, and after Cancel', async ({ bench }) => {
  bench.run('ssh-keygen', '-qt', 'ed25519', '-a', '300', '-N', passphrase, '-f', bench.path('slow'));
  await bench.visit();
  await bench.choose('slow');
  await bench.open(passphrase);
  await bench.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(bench.page.getByRole('heading', { name: 'Open it' })).toBeFocused();
  await bench.page.getByRole('button', { name: 'Clear everything' }).click();
  await expect(bench.area).toBeFocused();
});

test('text of 200 % needs no sideways scroll on a phone', async ({ playwright, baseURL }) => {
  const { launchOptions } = test.info().project.use;
  const args = [...(launchOptions?.args ?? []), '--blink-settings=defaultFontSize=32,defaultFixedFontSize=26'];
  const browser = await playwright.chromium.launch({ ...launchOptions, args });
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(`${baseURL}/keys/`);
  const width = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Make a pair' }).click();
  await expect(page.getByLabel('Type')).toBeVisible();
  expect(await width()).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Private key file' }).click();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('seashell');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Save it as' })).toBeVisible();
  expect(await width()).toBeLessThanOrEqual(390);
  await browser.close();
});

test('a byte and its field are seen together, whichever is chosen, and neither takes the focus of the other', async ({
  bench,
}) => {
  const { page } = bench;
  bench.run('ssh-keygen', '-qt', 'rsa', '-b', '4096', '-N', '', '-f', bench.path('key'));
  await bench.visit();
  await bench.choose('key');
  await expect(page.getByRole('heading', { name: 'Private key', exact: true })).toBeVisible();
  const list = page.locator('.fields');
  const last = list.locator('li').last();
  await last.getByRole('button').first().click();
  await expect(last.getByRole('button').first()).toBeFocused();
  await page.locator('.anatomy').scrollIntoViewIfNeeded();
  await expect(page.locator('.bytes i.sel').first()).toBeInViewport();
  // The bytes of a large key are turned like pages.
  await page.getByRole('button', { name: 'Earlier bytes' }).click();
  await page.getByRole('button', { name: 'Earlier bytes' }).click();
  await page.locator('.bytes i[data-at="20"]').click();
  await expect(list.locator('.selected')).toBeInViewport();
  await expect(page.locator('.bytes i[data-at="20"]')).toBeFocused();
  await list.locator('li').first().hover();
  await expect(page.locator('.bytes .hov').first()).toBeVisible();
  await expect(page.locator('.mirror .hov').first()).toBeAttached();
  const box = await page.locator('.bytes i[data-at="20"]').boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
});

test('damaged and truncated files are told apart, with the byte', async ({ bench }) => {
  bench.run('ssh-keygen', '-qt', 'ed25519', '-N', '', '-f', bench.path('key'));
  const text = readFileSync(bench.path('key'), 'utf8');
  await bench.visit();
  await bench.area.fill(text.replace('b3BlbnNz', 'b3BlbnNy'));
  await expect(bench.page.locator('.given .refusal')).toHaveText(/^The file is damaged at byte \d+/);
  await bench.area.fill(text.slice(0, 150));
  await expect(bench.page.locator('.given .refusal')).toHaveText(/^The file is cut off at byte \d+/);
  await bench.area.fill(text);
  await expect(bench.page.locator('.given .refusal')).toBeHidden();
});

test('nothing is stored or sent, and everything can be cleared', async ({ bench, context }) => {
  bench.run('ssh-keygen', '-qt', 'ed25519', '-N', '', '-f', bench.path('key'));
  await bench.visit();
  await bench.area.focus();
  await expect(bench.page.locator('[data-example=public]')).toHaveAttribute('aria-pressed', 'true');
  await bench.page.getByRole('button', { name: 'Private key file' }).click();
  await expect(bench.page.getByRole('heading', { name: 'Open it' })).toBeVisible();
  const requests: string[] = [];
  bench.page.on('request', (request) => requests.push(request.url()));
  await bench.choose('key');
  await expect(bench.page.locator('.warn')).toContainText('neither stored nor sent');
  const name = await bench.download('PuTTY \\(PPK 3\\)');
  expect(name).toBe('key.ppk');
  expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([]);
  const stored = await bench.page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    cookies: document.cookie,
  }));
  expect(stored).toEqual({ local: 0, session: 0, databases: 0, caches: 0, cookies: '' });
  expect(await context.cookies()).toEqual([]);
  await bench.page.getByRole('button', { name: 'Clear everything' }).click();
  await expect(bench.area).toHaveValue('');
  await expect(bench.page.locator('.fp')).toBeHidden();
  expect(await bench.page.content()).not.toContain('OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU');
});

test('the policy of the page lets it connect nowhere', async ({ bench }) => {
  await bench.visit();
  const policy = await bench.page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
  expect(policy).toContain("connect-src 'none'");
});

test('by the keyboard alone: an example, its passphrase, its bytes, a download', async ({ bench }) => {
  const { page } = bench;
  await bench.visit();
  const tabTo = async (target: Locator): Promise<void> => {
    for (let presses = 0; presses < 200; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
      await page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  };
  await tabTo(page.getByRole('button', { name: 'Private key file' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Open it' })).toBeVisible();
  await tabTo(page.getByRole('textbox', { name: 'Passphrase' }));
  await page.keyboard.type('seashell\n');
  await expect(page.getByRole('heading', { name: 'Save it as' })).toBeFocused();
  const button = page.getByRole('button', { name: /^Download .*, OpenSSH$/ });
  await tabTo(button);
  const waiting = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await waiting).suggestedFilename()).toBe('id_ed25519');
  const grid = page.getByRole('grid');
  await tabTo(grid.locator('[data-at="0"]'));
  // Both within one frame, as a held key and a busy browser have it: no step is lost.
  await page.evaluate(() => {
    for (const key of ['ArrowDown', 'ArrowRight'])
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
  await expect(grid.locator('[data-at="17"]')).toBeFocused();
  await expect(page.locator('#byte-words')).toContainText('Byte 17');
  await expect(page.locator('.fields [aria-pressed=true]')).toHaveCount(1);
});

test('the walk goes by buttons and by the slider, and has its steps as a list', async ({ bench }) => {
  const { page } = bench;
  await bench.visit();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(page.getByRole('img', { name: 'Randomart after 127 of 128 steps' })).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Walk', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByText('The 128 steps as a list').click();
  await expect(page.locator('.steps li')).toHaveCount(128);
});

test('as a document, without script, it shows its example', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL === undefined ? {} : { baseURL }) });
  const page = await context.newPage();
  await page.goto('/keys/');
  await expect(page.getByText('Reading your own key needs JavaScript.')).toBeVisible();
  await expect(page.locator('.fp')).toHaveText(/^SHA256:/);
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.locator('.fields')).toContainText('public key');
  await context.close();
});

for (const [device, width] of [
  ['desktop', 1280],
  ['phone', 360],
] as const) {
  test(`axe finds nothing: ${device}, at rest, locked, open, making, failed`, async ({ bench }) => {
    test.setTimeout(240_000);
    const { page } = bench;
    await page.setViewportSize({ width, height: 800 });
    const check = async (state: string): Promise<void> => {
      await expectNoViolation(page, state);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), state).toBeLessThanOrEqual(width);
    };
    await bench.visit();
    await check('at rest');
    await page.getByRole('button', { name: 'Private key file' }).click();
    await expect(page.getByRole('heading', { name: 'Open it' })).toBeVisible();
    await bench.open('no');
    await expect(page.locator('#refused')).toBeVisible();
    await check('failed');
    await bench.open('seashell');
    await expect(page.getByRole('heading', { name: 'Private key', exact: true })).toBeVisible();
    await check('open');
    await page.getByRole('button', { name: 'Make a pair' }).click();
    await expect(page.getByLabel('Type')).toBeVisible();
    await check('making');
  });
}
