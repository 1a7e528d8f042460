import { defineSetting } from '../kernel/system-config/setting';
import { flag } from '../kernel/system-config/value-types';

export const signupsEnabled = defineSetting({
  key: 'signups.enabled',
  doc: 'Whether accounts can be opened, by password or with Google. Who has one signs in either way.',
  type: flag,
  fallback: true,
});
