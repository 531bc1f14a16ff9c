/** Entry `@seashell/core`: what all parts share. The parts have entries of their own: wire, crypto, keys, config, files. */
export type { Diagnostic, Fix, Severity, Span } from './diagnostic.ts';
export { runAtOnce, runInSlices, type LongStep, type LongWork, type Progress, type Slices } from './long-work.ts';
export { DecodeError, type DecodePosition } from './wire/decode-error.ts';
