import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { Alert, Button, Text } from '@grafana/ui';
import { useState, type ComponentType } from 'react';
import type { VitalsOptions, VitalsSecrets } from '../../src/types';
import { createDataSource, type Plugin, type Settings } from './load-plugin';
import { saveSettings } from './settings';

interface Answer {
  readonly status: string;
  readonly message: string;
}

/** Connections > Data sources > Redis Vitals, with its Save & test. */
export function ConfigPage({ plugin, settings }: { plugin: Plugin; settings: Settings }) {
  const [options, setOptions] = useState(settings);
  const [answer, setAnswer] = useState<Answer>();
  const ConfigEditor = plugin.components.ConfigEditor as ComponentType<
    DataSourcePluginOptionsEditorProps<VitalsOptions, VitalsSecrets>
  >;
  const test = async () => {
    setAnswer(undefined);
    const saved = await saveSettings(options);
    setOptions(saved);
    setAnswer(await testDataSource(plugin, saved));
  };
  return (
    <main>
      <Text element="h1">Redis Vitals</Text>
      <ConfigEditor options={options} onOptionsChange={setOptions} />
      {answer && (
        <div data-testid="test-answer" data-status={answer.status} style={{ marginTop: 16 }}>
          <Alert
            severity={answer.status === 'error' ? 'error' : answer.status === 'warning' ? 'warning' : 'success'}
            title={answer.message}
          />
        </div>
      )}
      <Button onClick={() => void test()}>Save &amp; test</Button>
    </main>
  );
}

/** As Grafana's settings page: an instance of its own, and what is thrown is an answer, too. */
async function testDataSource(plugin: Plugin, settings: Settings): Promise<Answer> {
  try {
    return await createDataSource(plugin, settings).testDatasource();
  } catch (error) {
    const { message, statusText, data } = error as {
      message?: string;
      statusText?: string;
      data?: { message?: string };
    };
    return {
      status: 'error',
      message: data?.message ?? message ?? (statusText === undefined ? 'Unknown error' : `HTTP error ${statusText}`),
    };
  }
}
