/** What the vendor's results name a mail by: batch and mail, so that one line tells whose batch it is. */
export function customIdOf(batchId: string, emailId: string): string {
  return (batchId + emailId).replaceAll('-', '');
}

/** The mail that a result is about; undefined when it is not one of this batch. */
export function emailIdOf(batchId: string, customId: string): string | undefined {
  const prefix = batchId.replaceAll('-', '');
  const hex = customId.slice(prefix.length);
  if (!customId.startsWith(prefix) || !/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
