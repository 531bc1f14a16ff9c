/** Entry `@seashell/core/anatomy`: what every byte of a key file or line is, for people to look at. */
export type { Anatomy, AnatomyBody, AnatomyFault, AnatomyField, AnatomyKind, BodyOrigin, ByteSpan } from './anatomy.ts';
export { describeKeyFile, describeOpenedKeyFile, type DescribedKeyFile, type DescribeOptions } from './describe.ts';
export { readablePublicKey } from './readable-public-key.ts';
