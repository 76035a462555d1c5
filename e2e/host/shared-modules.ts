import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';
import * as emotion from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as data from '@grafana/data';
import * as runtime from '@grafana/runtime';
import * as ui from '@grafana/ui';
import i18next from 'i18next';
import lodash from 'lodash';
import moment from 'moment';
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import * as jsxRuntime from 'react/jsx-runtime';
import * as rxjs from 'rxjs';

/** What Grafana shares with plugins (public/app/features/plugins/loader/sharedDependencies.ts), as far as it can be wanted here. */
const SHARED: Readonly<Record<string, object>> = {
  '@emotion/css': emotion,
  '@emotion/react': emotionReact,
  '@grafana/data': data,
  '@grafana/runtime': runtime,
  '@grafana/ui': ui,
  i18next: { ...i18next, default: i18next, __useDefault: true },
  lodash: { ...lodash, default: lodash, __useDefault: true },
  moment: { default: moment, __useDefault: true },
  react: { ...React, default: React },
  'react-dom': { ...ReactDOM, default: ReactDOM },
  'react/jsx-runtime': jsxRuntime,
  rxjs,
};

/** Bare names mean shared modules: what is not among them fails to load, as in Grafana. */
export function shareModules(): void {
  for (const [name, module] of Object.entries(SHARED)) System.set(`package:${name}`, module);
  const { prototype } = System.constructor;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its own `this` below
  const resolve = prototype.resolve;
  prototype.resolve = function (id, parent) {
    return id in SHARED ? `package:${id}` : resolve.call(this, id, parent);
  };
}
