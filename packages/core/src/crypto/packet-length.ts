/** The packet_length field in front of a packet, RFC 4253 section 6. */
export const lengthSizeBytes = 4;

/** The uint32 in the first four bytes. */
export function readUint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, lengthSizeBytes).getUint32(0);
}
