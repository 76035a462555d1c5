import { findTool } from './tool';

const TOOLS = ['redis-server', 'prometheus', 'promtool', 'prometheus-redis-exporter', 'openssl'];

/** Run once before all tests: a tool that is lacking stops them, it never makes a test be skipped. */
// eslint-disable-next-line no-restricted-syntax -- Jest calls the default export
export default function requireTools(): void {
  TOOLS.forEach(findTool);
}
