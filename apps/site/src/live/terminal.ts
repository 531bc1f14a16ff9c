/**
 * The terminal on the page: xterm with our type and inks. What a host prints is not trusted: it cannot reach the clipboard, the title
 * or the colours, and its links open only after a question.
 */
import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { type ITheme, Terminal } from '@xterm/xterm';
import type { Party } from './carriers.ts';

const fontFamily = '"Seashell Mono", ui-monospace, monospace';
/** Clipboard, title, working directory, colours, notifications. */
const deafOscCodes = [0, 1, 2, 4, 7, 9, 10, 11, 12, 50, 52, 104, 110, 111, 112, 777, 1337];

/** The line at the left of a row. */
export interface Rail {
  remove(): void;
}

export interface PageTerminal {
  readonly columns: number;
  readonly rows: number;
  /** Resolves when the bytes are on the screen, to the number of rows by which the caret went down. */
  write(bytes: Uint8Array): Promise<number>;
  focus(): void;
  paste(text: string): void;
  selection(): string;
  /** Whether keys go in by the terminal itself; not where a touch keyboard would garble them. */
  setTyping(on: boolean): void;
  setCaret(party: Party): void;
  /** Draws the line by which a row came at its left; rows count back from the one of the caret. */
  drawRail(party: Party, rowsAbove: number): Rail;
  /** Whether a row, counted back in the same way, goes on from the one above it. */
  isWrapped(rowsAbove: number): boolean;
  /** Whether nothing stands in the caret's row. */
  readonly isRowEmpty: boolean;
  /** Writes the first `length` cells of the caret's row in the ink of a party. */
  drawPrompt(party: Party, length: number): void;
  onInput(listener: (text: string) => void): void;
  onResize(listener: (columns: number, rows: number) => void): void;
}

function openLink(uri: string): void {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return;
  if (window.confirm(`A machine of this page wants to open\n\n${url.href}\n\nOpen it?`))
    window.open(url.href, '_blank', 'noopener,noreferrer');
}

/** A colour of the style sheet in the theme of now. */
function colorOf(element: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** `rgb(1, 2, 3)` as `#010203`. */
const hexOf = (color: string): string =>
  `#${(color.match(/\d+/g) ?? [])
    .slice(0, 3)
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')}`;

function themeOf(element: HTMLElement, party: Party): ITheme {
  const color = (name: string): string => colorOf(element, name);
  const [ink, ink3, sheet, sunk] = [color('ink'), color('ink-3'), color('sheet'), color('sunk')];
  const six = {
    red: color('t-red'),
    green: color('t-green'),
    yellow: color('t-yellow'),
    blue: color('t-blue'),
    magenta: color('t-magenta'),
    cyan: color('t-cyan'),
  };
  const theme: ITheme = {
    background: sheet,
    foreground: ink,
    cursor: color(party),
    cursorAccent: sheet,
    selectionBackground: color('select'),
    black: sunk,
    white: ink3,
    brightBlack: ink3,
    brightWhite: ink,
    ...six,
    brightRed: six.red,
    brightGreen: six.green,
    brightYellow: six.yellow,
    brightBlue: six.blue,
    brightMagenta: six.magenta,
    brightCyan: six.cyan,
  };
  return theme;
}

/**
 * Esc, then Tab moves the focus on, as a keyboard's user expects; Tab alone completes. The program gets the Esc with the key after it, and
 * never one that was the way out: a shell would take the next letter for a command of its editor. A program of the whole screen gets it at
 * once.
 */
function escapeByTab(terminal: Terminal): void {
  let escaped = false;
  let isHeld = false;
  const release = (): void => {
    if (isHeld) terminal.input('\x1b');
    isHeld = false;
  };
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type !== 'keydown') return true;
    if (event.key === 'Tab' && escaped) {
      escaped = false;
      isHeld = false;
      return false;
    }
    if (event.key !== 'Shift') {
      release();
      escaped = event.key === 'Escape';
      isHeld = escaped && terminal.buffer.active.type === 'normal';
    }
    if (isHeld) return false;
    if (event.ctrlKey && event.shiftKey && event.code === 'KeyC') {
      event.preventDefault();
      void navigator.clipboard.writeText(terminal.getSelection());
      return false;
    }
    return !(event.ctrlKey && event.shiftKey && event.code === 'KeyV');
  });
}

async function fontsLoaded(fontSize: number): Promise<void> {
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} ${fontSize}px ${fontFamily}`)));
}

function makeTerminal(screen: HTMLElement, fontSize: number): Terminal {
  const terminal = new Terminal({
    fontFamily,
    fontSize,
    lineHeight: 1.23,
    fontWeightBold: '600',
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    cursorInactiveStyle: 'outline',
    scrollback: 2000,
    // Decorations, which draw the line beside each row.
    allowProposedApi: true,
    theme: themeOf(screen, 'client'),
    linkHandler: { activate: (_event, uri) => openLink(uri), allowNonHttpProtocols: false },
  });
  for (const code of deafOscCodes) terminal.parser.registerOscHandler(code, () => true);
  return terminal;
}

/** Keeps the colours those of the theme; the caret is in the ink of the host where the reader is. */
function followTheme(terminal: Terminal, screen: HTMLElement): (party: Party) => void {
  let party: Party = 'client';
  const repaint = (): void => {
    terminal.options.theme = themeOf(screen, party);
  };
  new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  return (next) => {
    if (next === party) return;
    party = next;
    repaint();
  };
}

/** Keeps as many columns and rows as the screen has room for. */
function fillScreen(terminal: Terminal, screen: HTMLElement): void {
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(screen);
  fit.fit();
  new ResizeObserver(() => {
    if (screen.clientHeight > 0) fit.fit();
  }).observe(screen);
}

/** Writes, and counts the rows by which the caret went down: by a marker, which moves with its row when old rows are dropped. */
function writeRows(terminal: Terminal, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve) => {
    const marker = terminal.registerMarker(0);
    terminal.write(bytes, () => {
      // A row that was dropped, or belongs to the other screen, has no line.
      const start = marker.line;
      marker.dispose();
      resolve(start < 0 ? terminal.rows : caretRow(terminal) - start);
    });
  });
}

const caretRow = ({ buffer }: Terminal): number => buffer.active.baseY + buffer.active.cursorY;

function surfaceOf(terminal: Terminal, screen: HTMLElement): PageTerminal {
  return {
    get columns() {
      return terminal.cols;
    },
    get rows() {
      return terminal.rows;
    },
    write: (bytes) => writeRows(terminal, bytes),
    isWrapped: (rowsAbove) => terminal.buffer.active.getLine(caretRow(terminal) - rowsAbove)?.isWrapped === true,
    get isRowEmpty() {
      return terminal.buffer.active.getLine(caretRow(terminal))?.translateToString(true) === '';
    },
    focus: () => terminal.focus(),
    paste: (text) => terminal.paste(text),
    selection: () => terminal.getSelection(),
    setTyping: (on) => {
      terminal.options.disableStdin = !on;
    },
    setCaret: followTheme(terminal, screen),
    drawRail: (side, rowsAbove) => {
      const marker = terminal.registerMarker(-rowsAbove);
      terminal.registerDecoration({ marker, x: 0, width: 1, layer: 'bottom' })?.onRender((element) => {
        element.className = `xterm-decoration rail ${side}`;
      });
      return { remove: () => marker.dispose() };
    },
    drawPrompt: (side, length) => {
      const marker = terminal.registerMarker(0);
      terminal.registerDecoration({ marker, x: 0, width: length, foregroundColor: hexOf(colorOf(screen, side)) });
    },
    onInput: (listener) => {
      terminal.onData(listener);
      terminal.onBinary(listener);
    },
    onResize: (listener) => {
      terminal.onResize(({ cols, rows }) => listener(cols, rows));
    },
  };
}

/** How many times the usual size the reader's browser gives its text. */
const textScale = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** Back to the screen where it is already: xterm draws no caret before its first focus, which on a phone never comes. */
const showCaret = '\x1b[?47l';

export async function openTerminal(screen: HTMLElement, label: string): Promise<PageTerminal> {
  const fontSize = (matchMedia('(max-width: 47.99rem)').matches ? 13 : 15) * textScale();
  await fontsLoaded(fontSize);
  const terminal = makeTerminal(screen, fontSize);
  fillScreen(terminal, screen);
  terminal.write(showCaret);
  terminal.textarea?.setAttribute('aria-label', label);
  escapeByTab(terminal);
  return surfaceOf(terminal, screen);
}
