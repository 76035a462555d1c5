import type { MetricsPartProps } from './metrics-props';
import { OptionalChoice, withChosen } from './shared/Choice';
import { fieldLabels } from './shared/fields';
import { variableOptions } from './shared/template-variables';

const SHIFTS = [
  { value: '1h', label: '1 hour earlier' },
  { value: '1d', label: '1 day earlier' },
  { value: '7d', label: '1 week earlier' },
  { value: '28d', label: '4 weeks earlier' },
];
/** Units as in Prometheus, or a variable. */
const DURATION = /^(\d+(ms|[smhdwy]))+$|^\$|^\[\[/;

/** How series are named, and from when they are. */
export function SeriesOptions({ query, fields, onChange }: MetricsPartProps) {
  const { legend, timeShift } = query;
  const isWrong = timeShift !== undefined && !DURATION.test(timeShift);
  return (
    <>
      <OptionalChoice
        label="Legend"
        tooltip="Text with labels in {{ }}; {{field}} is the field's title. None: the shortest text that tells series apart."
        placeholder="Automatic"
        width={32}
        createCustomValue
        options={withChosen(legendOptions(fieldLabels(fields), query.fields.length > 1), legend, 'Your own')}
        value={legend}
        onChange={(text) => onChange({ legend: text })}
      />
      <OptionalChoice
        label="Time shift"
        tooltip="Shows the time range that much earlier, drawn over the one that is shown."
        placeholder={query.live ? 'Not while live' : 'None'}
        width={22}
        disabled={query.live === true && timeShift === undefined}
        createCustomValue
        invalid={isWrong}
        error="A duration such as 30m, 1d or 2w"
        options={withChosen([...SHIFTS, ...variableOptions()], timeShift, 'Your own')}
        value={timeShift}
        onChange={(shift) => onChange({ timeShift: shift })}
      />
    </>
  );
}

function legendOptions(labels: readonly string[], hasSeveralFields: boolean) {
  const own = labels.map((label) => `{{${label}}}`).join(' ');
  const texts = ['{{instance}}', ...(own ? [`{{instance}} ${own}`, own] : []), '{{field}}', '{{instance}} {{field}}'];
  return (hasSeveralFields ? texts.toReversed() : texts).map((value) => ({ value, label: value }));
}
