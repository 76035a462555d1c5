import type { RequestHandler } from 'express';
import type { Targets } from '../poll/interfaces';

/** `GET /health`: this process serves requests, whatever its targets do. */
export const healthHandler: RequestHandler = (_request, response) => {
  response.type('text/plain').send('ok\n');
};

/** `GET /ready`: every target has been polled once, with or without success. Once ready, it stays ready. */
export function readyHandler(targets: Targets): RequestHandler {
  let ready = false;
  return (_request, response) => {
    response.type('text/plain');
    const listed = targets.list();
    const waiting = ready ? 0 : listed.filter(({ name }) => targets.status(name)?.state === 'waiting').length;
    ready = waiting === 0;
    if (ready) response.send('ready\n');
    else response.status(503).send(`waiting for the first poll of ${waiting} of ${listed.length} targets\n`);
  };
}
