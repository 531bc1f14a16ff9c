/**
 * The trace of a connection: every packet and state change as data, for inspectors. It is built only while someone listens, and
 * never read back by the protocol.
 */
import type { Span } from '@seashell/core/wire';

/** One thing that happened on a connection, as data: `type` tells them apart. */
export type TraceEntry =
  /** The identification string of one side. */
  | {
      readonly type: 'identification';
      readonly direction: 'sent' | 'received';
      readonly text: string;
      readonly nowMilliseconds: number;
    }
  | {
      readonly type: 'packet';
      readonly direction: 'sent' | 'received';
      /** The sequence number that protected it. */
      readonly sequenceNumber: number;
      /** SSH_MSG_ number and name (`KEXINIT`). */
      readonly message: number;
      readonly name: string;
      readonly nowMilliseconds: number;
      /** The whole plain packet: length, padding length, payload, padding. `payload` begins at 5. */
      readonly plain: Uint8Array;
      /** The bytes on the wire, with the MAC or tag. */
      readonly sealed: Uint8Array;
      /** Cipher and MAC in force: `none` before NEWKEYS. */
      readonly cipher: string;
      readonly mac: string;
      /** The fields of the payload in wire order; offsets count from the payload's first byte. Built when called. */
      readonly spans: () => readonly Span[];
    }
  | {
      readonly type: 'state';
      /** `transport`: identification, key-exchange, encrypted, closed. `userauth`: service, none, ..., done. `channel`. */
      readonly layer: 'transport' | 'userauth' | 'connection';
      readonly state: string;
      readonly channel?: number;
      readonly nowMilliseconds: number;
    };

/** Hears of each entry as it happens. */
export type TraceListener = (entry: TraceEntry) => void;
