import type { DashboardLink } from '@grafana/schema';
import type { Flavour } from './model';

const PREFIX: Readonly<Record<Flavour, string>> = { vitals: 'redis-vitals', prometheus: 'redis-vitals-prometheus' };

/** Of all dashboards of a flavour: they find one another by it. */
export function tagOf(flavour: Flavour): string {
  return PREFIX[flavour];
}

export function uidOf(name: string, flavour: Flavour): string {
  return `${PREFIX[flavour]}-${name}`;
}

/** To another dashboard, of one instance, with the same data source and time range. */
export function instanceLink(name: string, variable: string, flavour: Flavour): { title: string; url: string } {
  return {
    title: `${name === 'fleet' ? 'Fleet overview' : name.charAt(0).toUpperCase() + name.slice(1)} of \${${variable}}`,
    url: `/d/${uidOf(name, flavour)}?var-instance=\${${variable}:percentencode}&var-datasource=\${datasource}&\${__url_time_range}`,
  };
}

/** The bar of links at the top of each dashboard. */
export function linkBar(flavour: Flavour): readonly DashboardLink[] {
  return [
    {
      title: 'Redis dashboards',
      type: 'dashboards',
      tags: [tagOf(flavour)],
      asDropdown: true,
      includeVars: true,
      keepTime: true,
      targetBlank: false,
      icon: 'external link',
      tooltip: '',
      url: '',
    },
  ];
}
