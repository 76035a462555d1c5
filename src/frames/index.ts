export type { FrameContext } from './context';
export { eventsFrame } from './events';
export { eventLogsFrame, slowLogFrame } from './logs';
export { metricsFrames } from './metrics';
export { tableFrame } from './tables';
export { topologyFrames, type TopologySurroundings } from './topology';
export { unitOf } from './units';
