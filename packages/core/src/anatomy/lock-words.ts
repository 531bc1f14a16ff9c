/** Whether a private key file is encrypted, for the end of its title. A file that was cut off before it tells is called neither. */
export function lockWords(isEncrypted: boolean | undefined, isOpened: boolean): string {
  if (isEncrypted === undefined) return '';
  if (!isEncrypted) return ', not encrypted';
  return isOpened ? ', encrypted, opened' : ', encrypted';
}
