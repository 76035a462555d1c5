// ioredis prints every command, AUTH with its password among them, to standard error when DEBUG is set. It reads the
// variable when it is loaded, which is why this is imported before everything else.
delete process.env['DEBUG'];
