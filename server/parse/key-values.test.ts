import { eachNumber, parseKeyValues } from './key-values';

describe('parseKeyValues', () => {
  it.each([
    ['', []],
    ['keys=2', [['keys', '2']]],
    [
      'keys=2,expires=1,avg_ttl=0',
      [
        ['keys', '2'],
        ['expires', '1'],
        ['avg_ttl', '0'],
      ],
    ],
    [
      'ip=::1,port=6379',
      [
        ['ip', '::1'],
        ['port', '6379'],
      ],
    ],
    ['name=a=b,ok', [['name', 'a=b']]],
    [
      'empty=,last=',
      [
        ['empty', ''],
        ['last', ''],
      ],
    ],
    [
      '=nameless,,x=1,',
      [
        ['', 'nameless'],
        ['x', '1'],
      ],
    ],
    ['10.0.0.2,6379,online', []],
    ['x=1,x=2', [['x', '2']]],
  ])('"%s"', (text, pairs) => {
    expect([...parseKeyValues(text)]).toEqual(pairs);
  });
});

describe('eachNumber', () => {
  it.each([
    [
      'calls=2,usec=15,usec_per_call=7.50',
      [
        ['calls', 2],
        ['usec', 15],
        ['usec_per_call', 7.5],
      ],
    ],
    [
      'p50=1.003,p99=nan',
      [
        ['p50', 1.003],
        ['p99', NaN],
      ],
    ],
    ['ip=10.0.0.1,state=online,lag=-1', [['lag', -1]]],
    ['calls=,usec', []],
    ['', []],
  ])('"%s"', (text, numbers) => {
    const found: [string, number][] = [];
    eachNumber(text, (key, value) => found.push([key, value]));
    expect(found).toEqual(numbers);
  });
});
