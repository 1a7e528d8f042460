import { defineSetting } from '../kernel/system-config/setting';
import { flag, whole } from '../kernel/system-config/value-types';

export const webhooksEnabled = defineSetting({
  key: 'webhooks.enabled',
  doc: "Whether webhooks are sent to users' systems. false sends none; what is due waits, and loses no attempt.",
  type: flag,
  fallback: true,
});

export const endpointsPerUser = defineSetting({
  key: 'webhooks.endpointsPerUser',
  doc: 'Webhook endpoints one user may have; more that are there already stay.',
  type: whole(1, 100),
  fallback: 10,
});

export const deliveryLogDays = defineSetting({
  key: 'webhooks.logDays',
  doc: 'Days that an ended webhook delivery and its attempts are kept, and can be replayed.',
  type: whole(1, 365),
  fallback: 30,
});
