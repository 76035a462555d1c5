import type { RequestHandler } from 'express';
import { HttpError } from '../errors';
import { Body, sendBody } from './body';
import type { HttpDeps } from './deps';

const LONGEST_HOST = 255;
const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** `GET /sd`: service discovery for Prometheus' `http_sd_configs`; it then asks /scrape for each target. */
export function serviceDiscoveryHandler({ targets }: HttpDeps): RequestHandler {
  return (request, response) => {
    const { host } = request.headers;
    if (host === undefined || host.length > LONGEST_HOST || !HOST.test(host)) {
      throw new HttpError(400, 'bad_data', 'The Host header must be host or host:port: it becomes the scrape address.');
    }
    const scheme = request.secure ? { __scheme__: 'https' } : {};
    const groups = targets.list().map(({ name, labels }) => ({
      targets: [host],
      labels: { ...labels, ...scheme, __metrics_path__: '/scrape', __param_target: name, instance: name },
    }));
    const body = new Body(JSON.stringify(groups), { 'Content-Type': 'application/json', Vary: 'Accept-Encoding' });
    return sendBody(request, response, body);
  };
}
