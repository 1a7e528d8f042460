export * from './audit';
export * from './commands';
export * from './events';
export * from './personal-data';
export * from './queries';
export * from './administration';
