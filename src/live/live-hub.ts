import type { CollectorClient } from '../client/collector-client';
import { LiveStream } from './live-stream';
import type { LiveWindow } from './live-window';

/** The streams of a data source: one for each window that panels look at, which is one for most dashboards. */
export class LiveHub {
  private readonly streams = new Map<string, LiveStream>();

  constructor(private readonly client: Pick<CollectorClient, 'stream'>) {}

  of(window: LiveWindow): LiveStream {
    const known = this.streams.get(window.name);
    if (known !== undefined) {
      return known;
    }
    const stream = new LiveStream(this.client, window, () => {
      if (this.streams.get(window.name) === stream) {
        this.streams.delete(window.name);
      }
    });
    this.streams.set(window.name, stream);
    return stream;
  }
}
