/** Entry `@seashell/core/wire`: the data types of RFC 4251 as codecs, and the encodings of bytes as text. */
export { base64Decode, base64Encode, base64EncodeUnpadded } from './base64.ts';
export {
  bigintFromBytes,
  bigintToBytes,
  bitLength,
  compareBytes,
  concatBytes,
  copyBytes,
  equalBytes,
  equalBytesConstantTime,
  hexDecode,
  hexEncode,
  wipeBytes,
} from './bytes.ts';
export { codec, type Codec, type CodecDefinition, type ValueOf } from './codec.ts';
export {
  checked,
  countedList,
  encodeWith,
  inString,
  list,
  mapped,
  optional,
  struct,
  type Fields,
  type ListLimit,
  type Mapping,
  type StructValue,
} from './composites.ts';
export { DecodeError, withinField, type DecodePosition } from './decode-error.ts';
export {
  boolean,
  byte,
  constant,
  fixed,
  maximumMpintSizeBytes,
  messageNumber,
  mpint,
  mpintBytes,
  name,
  nameList,
  rest,
  string,
  stringOf,
  uint32,
  uint64,
  utf8,
} from './primitives.ts';
export { Reader } from './reader.ts';
export type { Span } from './spans.ts';
export { asciiDecode, utf8Decode, utf8DecodeLossy, utf8Encode } from './text.ts';
export { Writer } from './writer.ts';
