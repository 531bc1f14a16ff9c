/** The attributes that a new terminal of Linux has (`stty sane`), and raw mode as cfmakeraw(3) makes it. */
import type { TerminalAttributes, WindowSize } from '@seashell/system';

export const saneAttributes: TerminalAttributes = {
  ICANON: true,
  ECHO: true,
  ECHOE: true,
  ECHOK: true,
  ECHONL: false,
  ECHOCTL: true,
  ISIG: true,
  IEXTEN: true,
  ICRNL: true,
  INLCR: false,
  IGNCR: false,
  IXON: true,
  ISTRIP: false,
  OPOST: true,
  ONLCR: true,
  characters: {
    VINTR: 0x03,
    VQUIT: 0x1c,
    VERASE: 0x7f,
    VKILL: 0x15,
    VEOF: 0x04,
    VSTART: 0x11,
    VSTOP: 0x13,
    VSUSP: 0x1a,
    VREPRINT: 0x12,
    VWERASE: 0x17,
    VLNEXT: 0x16,
  },
};

/** cfmakeraw(3) of `attributes`. */
export function makeRaw(attributes: TerminalAttributes): TerminalAttributes {
  return {
    ...attributes,
    ICANON: false,
    ECHO: false,
    ECHONL: false,
    ISIG: false,
    IEXTEN: false,
    ICRNL: false,
    INLCR: false,
    IGNCR: false,
    IXON: false,
    ISTRIP: false,
    OPOST: false,
  };
}

export const defaultWindowSize: WindowSize = { columns: 80, rows: 24, widthPixels: 0, heightPixels: 0 };
