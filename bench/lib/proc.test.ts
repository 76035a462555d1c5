import { parseBusyMs, parseEndedChildrenMs, parseResidentMb, schedstatMs } from './proc';

describe('the texts of /proc', () => {
  it.each([
    ['23500000 1047 15\n', 23.5],
    ['', 0],
  ])('schedstat %j', (text, expected) => {
    expect(schedstatMs(text)).toBe(expected);
  });

  it('tell the memory of a process', () => {
    expect(parseResidentMb('Name:\tnode\nVmHWM:\t  90000 kB\nVmRSS:\t   62500 kB\nRssAnon:\t  1 kB\n')).toBe(64);
    expect(() => parseResidentMb('')).toThrow('it has ended');
  });

  it('tell how busy the machine is: user, nice, system and steal', () => {
    expect(parseBusyMs('cpu  100 2 30 5000 70 8 9 4 0 0\ncpu0 50 1 15 2500 35 4 4 2 0 0\n')).toBe(1360);
  });

  it('tell the time of children that have ended, whatever the process is called', () => {
    const stat = '42 (a) b) S 1 42 42 0 -1 4194560 5 6 7 8 11 12 130 14 20 0 7 0 999 1000 2000';
    expect(parseEndedChildrenMs(stat)).toBe(1440);
  });
});
