/** A reader of the guide, for the journeys: opens lessons, presses Run, types, reads. Any console error fails the journey. */
import { test as base, expect, type Locator, type Page } from '@playwright/test';

export const lessons = {
  makePair: '/guide/keys/make-a-pair/',
  moreBits: '/guide/keys/more-bits/',
  passphrase: '/guide/keys/passphrase/',
  fingerprint: '/guide/keys/fingerprint/',
  copyId: '/guide/keys/ssh-copy-id/',
  byHand: '/guide/keys/by-hand/',
  firstLogin: '/guide/connecting/first-login/',
  names: '/guide/connecting/names-and-commands/',
  failures: '/guide/connecting/when-it-fails/',
} as const;

export class Reader {
  readonly page: Page;
  /** The terminal in sight: a page with machines of two times has two. */
  readonly terminal: Locator;
  /** The terminal's text, as assistive technology has it. */
  readonly log: Locator;

  constructor(page: Page) {
    this.page = page;
    this.terminal = page.getByRole('group', { name: 'Terminal: laptop' });
    this.log = this.terminal.getByRole('log');
  }

  /** Brings the terminal of a world into sight, where the page has several. */
  async showMachinesOf(world: string | undefined): Promise<void> {
    const times = this.page.locator('.times:visible');
    if ((await times.count()) > 0) {
      await times.getByRole('button', { name: /\d{4}$/.exec(world ?? '')?.[0] ?? 'now', exact: true }).click();
    }
  }

  /** The block of a command, by its text and how many of the same stand before it. */
  block(command: string, before = 0): Locator {
    return this.page.locator(`.cmd[data-command=${JSON.stringify(command)}]`).nth(before);
  }

  /** A block of the laptop in the lesson of the first login with another command: no lesson has one that goes on for long. */
  async blockWith(command: string): Promise<Locator> {
    await this.block('echo $?').evaluate((block, text) => block.setAttribute('data-command', text), command);
    return this.block(command);
  }

  async run(command: string, before = 0): Promise<void> {
    await this.block(command, before).getByRole('button', { name: /^Run/ }).click();
  }

  /** Runs a block's command to its end: a prompt alone could be the one before it. */
  async runToEnd(command: string): Promise<void> {
    await this.run(command);
    await expect(this.block(command).locator('.state')).toHaveText('exit 0');
  }

  /** Waits until the last line of the terminal is `line`, as one who is about to type there does. */
  async waitFor(line: string): Promise<void> {
    await expect.poll(async () => (await this.lines()).at(-1), { message: `the terminal shows "${line}"` }).toBe(line);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(`${text}\n`);
  }

  async answer(question: string, text: string): Promise<void> {
    await this.waitFor(question);
    await this.type(text);
  }

  async lines(): Promise<readonly string[]> {
    return (await this.log.count()) === 0 ? [] : this.log.locator('> div').allTextContents();
  }

  async logIn(): Promise<void> {
    await this.run('ssh demo@remote_host');
    await this.answer(hostKeyQuestion, 'yes');
    await this.answer("demo@remote_host's password: ", 'seashell');
    await this.waitFor('demo@remote_host:~$ ');
  }
}

export const hostKeyQuestion = 'Are you sure you want to continue connecting (yes/no/[fingerprint])? ';

export const test = base.extend<{ reader: Reader }>({
  reader: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await use(new Reader(page));
    expect(errors, 'errors of the console, violations of the policy among them').toEqual([]);
  },
});

export { expect } from '@playwright/test';
