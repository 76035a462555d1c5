import type { FamilyDescriptor } from '../model/family';
import { SampleRecorder } from '../model/sample-recorder';
import type { Layout } from '../model/samples';
import { LayoutBook, LayoutReader } from './layout-book';
import type { ToThread } from './protocol';

function family(name: string): FamilyDescriptor {
  return { name, type: 'gauge', unit: 'none', help: '', labelNames: ['label'], source: { command: 'INFO' } };
}

const [a, b] = [family('redis_a'), family('redis_b')];

function layoutOf(...families: readonly FamilyDescriptor[]): Layout {
  const recorder = new SampleRecorder();
  families.forEach((one, index) => recorder.add(one, index, [`${index}`]));
  return recorder.finish().layout;
}

function open() {
  const posted: ToThread[] = [];
  return { posted, book: new LayoutBook((message) => posted.push(message)) };
}

describe('LayoutBook', () => {
  it('tells of a layout once, however many targets use it', () => {
    const { book, posted } = open();
    const layout = layoutOf(a, b);
    const ids = [book.use('one', layout), book.use('one', layout), book.use('other', layout)];
    expect(new Set(ids).size).toBe(1);
    expect(posted).toHaveLength(1);
  });

  it('says when the last target has left a layout', () => {
    const { book, posted } = open();
    const [first, second] = [layoutOf(a), layoutOf(a, b)];
    const id = book.use('one', first);
    book.use('other', first);
    book.use('one', second);
    expect(posted.map(({ type }) => type)).toEqual(['layout', 'layout']);
    book.use('other', second);
    expect(posted.at(-1)).toEqual({ type: 'forget', layout: id });
  });

  it('forgets targets that are gone, and tells of their layout again when one comes back', () => {
    const { book, posted } = open();
    const layout = layoutOf(a);
    const id = book.use('one', layout);
    book.keep(new Set());
    expect(posted.at(-1)).toEqual({ type: 'forget', layout: id });
    expect(book.use('one', layout)).not.toBe(id);
    expect(posted.at(-1)?.type).toBe('layout');
  });
});

describe('LayoutReader', () => {
  /** As a thread gets it: a copy, of which nothing is shared with other messages. */
  function sendTo(reader: LayoutReader, layout: Layout): Layout | undefined {
    const { book, posted } = open();
    const id = book.use('one', layout);
    for (const message of structuredClone(posted)) if (message.type === 'layout') reader.take(message);
    return reader.get(id);
  }

  it('gives back what was told', () => {
    const layout = layoutOf(a, b, a);
    expect(sendTo(new LayoutReader([]), layout)).toEqual(layout);
  });

  it('shares families and series among layouts, and families with those it began with', () => {
    const reader = new LayoutReader([a]);
    const one = sendTo(reader, layoutOf(a, b));
    const other = sendTo(reader, layoutOf(a, b, b));
    expect(one?.series[0]?.family).toBe(a);
    expect(other?.series[1]).toBe(one?.series[1]);
  });

  it('forgets', () => {
    const reader = new LayoutReader([]);
    const { book, posted } = open();
    const id = book.use('one', layoutOf(a));
    for (const message of posted) if (message.type === 'layout') reader.take(message);
    reader.forget(id);
    expect(reader.get(id)).toBeUndefined();
  });
});
