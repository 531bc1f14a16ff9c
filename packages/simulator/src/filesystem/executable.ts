/**
 * Programs as files: an ELF-like header that holds the name in the registry of programs, or the first line of a script.
 * This is the one place that knows how an executable looks.
 */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';

/** What execve(2) finds behind a path that the caller may execute. */
export type Executable =
  | {
      readonly type: 'program';
      /** The name in the registry of programs. */
      readonly program: string;
      /** The caller's own, or what a set-user-ID or set-group-ID bit gives. */
      readonly effectiveUid: number;
      readonly effectiveGid: number;
    }
  /** `#!interpreter argument`. */
  | { readonly type: 'script'; readonly interpreter: string; readonly argument: string | undefined };

/** ELF, 64 bits, little-endian, System V; then zeros to the 16 bytes of e_ident. */
const identification = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/** How much of a file is looked at: BINPRM_BUF_SIZE. */
export const headerBytes = 256;

/** The content of an executable that runs the program of this name. */
export function encodeExecutable(program: string): Uint8Array {
  const name = utf8Encode(program);
  const content = new Uint8Array(identification.length + name.length + 1);
  content.set(identification);
  content.set(name, identification.length);
  return content;
}

export type ExecutableHeader =
  | { readonly type: 'program'; readonly program: string }
  | { readonly type: 'script'; readonly interpreter: string; readonly argument: string | undefined };

/** What the beginning of a file says; `undefined` is ENOEXEC. */
export function decodeExecutable(beginning: Uint8Array): ExecutableHeader | undefined {
  const header = beginning.subarray(0, headerBytes);
  if (identification.every((value, at) => header[at] === value)) return decodeProgram(header);
  return decodeScript(header);
}

function decodeProgram(header: Uint8Array): ExecutableHeader | undefined {
  const end = header.indexOf(0, identification.length);
  if (end <= identification.length) return undefined;
  return { type: 'program', program: utf8DecodeLossy(header.subarray(identification.length, end)) };
}

/** execve(2), "Interpreter scripts": all after the interpreter's name is one argument. */
function decodeScript(header: Uint8Array): ExecutableHeader | undefined {
  const line = utf8DecodeLossy(header).split('\n', 1)[0] ?? '';
  const match = /^#![ \t]*([^ \t]+)[ \t]*(.*?)[ \t]*$/.exec(line);
  const interpreter = match?.[1];
  if (interpreter === undefined) return undefined;
  const argument = match?.[2];
  return { type: 'script', interpreter, argument: argument === '' ? undefined : argument };
}
