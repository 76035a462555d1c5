import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { CatalogAnswer } from '../../server/api/contract';
import { migrateQuery } from '../migrations';
import recorded from '../testdata/shop/catalog.json';
import { editorSource } from '../testing/editor-source';
import type { VitalsQuery } from '../types';
import { exampleQuery, EXAMPLES } from './examples';
import { QueryHelp } from './QueryHelp';
import { chosenFields, fieldChoices } from './shared/fields';

it('puts an example into the query it was opened for', async () => {
  const onClickExample = jest.fn<void, [VitalsQuery]>();
  const query: VitalsQuery = { refId: 'C', version: 1, queryType: 'topology' };
  render(<QueryHelp datasource={editorSource().datasource} query={query} onClickExample={onClickExample} />);
  await userEvent.click(screen.getByRole('button', { name: 'Slow log' }));
  expect(onClickExample).toHaveBeenCalledWith({ refId: 'C', version: 1, queryType: 'logs', source: 'slowlog' });
});

it.each(EXAMPLES)('asks for what there is: $title', (example) => {
  const query = exampleQuery(example, 'A');
  expect(migrateQuery(query)).toBe(query);
  if (query.queryType === 'metrics') {
    const choices = fieldChoices(recorded as CatalogAnswer, query.section);
    expect(chosenFields(choices, query.fields)).toHaveLength(query.fields.length);
  }
});
