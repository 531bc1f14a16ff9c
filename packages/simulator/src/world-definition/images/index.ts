/** The base images by name: one line each. */
import type { BaseImageName } from '../definition.ts';
import type { BaseImage } from './base-image.ts';
import { centosLike } from './centos-like.ts';
import { old } from './old.ts';
import { ubuntuLike } from './ubuntu-like.ts';

export const baseImages: Readonly<Record<BaseImageName, BaseImage>> = {
  'ubuntu-like': ubuntuLike,
  'centos-like': centosLike,
  old,
};
