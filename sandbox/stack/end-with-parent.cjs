// Loaded before a production process of the sandbox: when whoever started it is gone, even by SIGKILL, it stops too.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Ctrl-C reaches the whole process group; the owner stops its processes in its own order.
process.on('SIGINT', () => undefined);
process.channel?.unref();
